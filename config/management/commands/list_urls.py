"""Every address with its name and methods, for operators and for tests that walk over all of them."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from config.addresses import addresses


class Command(BaseCommand):
    help = "Liệt kê mọi địa chỉ của cổng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="in thành JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = addresses()
        if options["json"]:
            shown = json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1)
        else:
            shown = "\n".join(f"{row.route}\t{row.name}\t{' '.join(row.methods)}" for row in rows)
        self.stdout.write(shown)
