"""`manage.py find_duplicates [--campaign CODE] [--json] [--threshold N]`: pairs with their scores.

Compares everything anew and writes nothing. Names stand in the output and personal numbers do not.
"""

import json
from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from awards import likeness
from awards.datasets.likeness import candidates, compared_nominations, key_of
from awards.models import Lookalike, Nomination
from campaign.models import Campaign


class Command(BaseCommand):
    help = "Tìm các đề nghị và khen thưởng có thể cùng một thành tích; không ghi gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--campaign", help="Mã đợt: chỉ các cặp có đề nghị của đợt này")
        parser.add_argument("--json", action="store_true", help="In dạng JSON, mỗi cặp một dòng")
        parser.add_argument(
            "--threshold", type=int, default=likeness.DEFAULT_RULES.threshold,
            help="Mức giống nhau tối thiểu, từ 0 đến 100 (mặc định %(default)s)",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        everybody = candidates()
        rules = replace(likeness.DEFAULT_RULES, threshold=options["threshold"])
        wanted = [key_of(row) for row in _nominations(options["campaign"])]
        names = {row.key: row.name for row in everybody}
        decided = _verdicts()
        for pair in likeness.pairs_of(wanted, everybody, rules):
            row = {
                "score": pair.score, "who": pair.who, "what": pair.what,
                "one": {"key": pair.one, "name": names[pair.one]},
                "other": {"key": pair.other, "name": names[pair.other]},
                "reasons": [reason.text for reason in pair.reasons],
                "verdict": decided.get(frozenset((pair.one, pair.other)), ""),
            }  # fmt: skip
            self.stdout.write(
                json.dumps(row, ensure_ascii=False) if options["json"] else _line(row)
            )


def _nominations(code: str | None) -> list[Nomination]:
    rows = compared_nominations()
    if code:
        campaign = Campaign.objects.filter(code=code).first()
        if campaign is None:
            raise CommandError(f"Không có đợt thi đua mã “{code}”.")
        rows = rows.of_campaign(campaign)
    return list(rows.only("pk"))


def _verdicts() -> dict[frozenset[str], str]:
    pairs = Lookalike.objects.exclude(verdict=None).with_sides()
    return {
        frozenset(key_of(side) for side in (pair.nomination, pair.other, pair.past_award) if side):
        pair.verdict.verdict
        for pair in pairs
        if pair.verdict
    }  # fmt: skip


def _line(row: dict[str, Any]) -> str:
    return f"{row['score']:>3}  {row['one']['name']} – {row['other']['name']}: {'; '.join(row['reasons'])}"
