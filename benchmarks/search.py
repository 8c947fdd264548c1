"""How long a search takes at growing numbers of units, activities and files that were read.

Run by hand: `.venv/bin/python benchmarks/search.py [UNITSxACTIVITIES ...]` (105x2000 and
5000x100000 by default), on PostgreSQL with `scripts/pgtmp.sh` before it. Every unit has sent a
sub-plan with one file of about 8,000 letters. It makes a data folder of its own and removes it.
"""

import atexit
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

FOLDER = tempfile.mkdtemp()
atexit.register(shutil.rmtree, FOLDER)
os.environ |= {"DATA": FOLDER, "DJANGO_SETTINGS_MODULE": "config.settings"}
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from campaign.models import Activity, Campaign, SubPlan, SubPlanFile
from files.models import FileText, StoredFile
from lib.search import pairs_of
from lib.vietnamese import fold
from reports.datasets.search.found import found, quoting
from units.models import Membership, Unit

AT = datetime(2024, 5, 16, 2, 0, tzinfo=UTC)
SIZES = ["105x2000", "5000x100000"]
TYPED = (
    "SVHTTDL",
    "sở",
    "hoà thành",
    "trồng cây",
    "IV.3.6",
    "thi đua yêu nước",
    "mẫu số 12",
    "không có gì",
)
WORDS = (
    "thi đua yêu nước trồng cây hiến máu biên giới tuyên truyền kỷ niệm hòa thành tân biên nhà tình nghĩa "
    "công trình phần việc thanh niên phụ nữ nông dân khen thưởng gương mẫu tổ chức hội nghị văn nghệ "
    "thể thao học tập làm theo đạo đức phong cách gia đình chính sách đỡ đầu xã đồn biên phòng"
)
SYLLABLES = WORDS.split()
BATCH = 2000
TIMES = 5


def quietly(command: str, **options: Any) -> None:
    with Path(os.devnull).open("w") as nowhere:
        call_command(command, stdout=nowhere, **options)


def at_once(*statements: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def sentence(chance: Random, length: int) -> str:
    return " ".join(chance.choices(SYLLABLES, k=length))


def grow(campaign: Campaign, author: User, units: int, activities: int, chance: Random) -> None:
    have = Unit.objects.count()
    order = 1_000_000 + have
    fresh = Unit.objects.bulk_create(
        (
            Unit(
                code=f"DEMO{number:05d}", name=f"Đơn vị mẫu số {number}", short_name="ĐVM",
                search_key=fold(f"Đơn vị mẫu số {number} ĐVM DEMO{number:05d}"),
                group=Unit.Group.ENTERPRISE, sort_order=order + number,
            )
            for number in range(have, units)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    hand_in(campaign, author, fresh, chance)
    ids = list(Unit.objects.values_list("pk", flat=True))
    missing = activities - Activity.objects.count()
    Activity.objects.bulk_create(
        (
            Activity(
                campaign=campaign, lead_unit_id=unit, registered_by_id=unit, title=title,
                title_key=fold(title), added_at=AT, added_by=author,
            )
            for unit, title in (
                (ids[number % len(ids)], sentence(chance, 12).capitalize())
                for number in range(missing)
            )
        ),
        batch_size=BATCH,
    )  # fmt: skip


def hand_in(campaign: Campaign, author: User, units: list[Unit], chance: Random) -> None:
    """A sub-plan of each unit, with one file whose words are known."""
    plans = SubPlan.objects.bulk_create(
        (
            SubPlan(
                campaign=campaign, unit=unit, status=SubPlan.Status.SUBMITTED, created_at=AT,
                created_by=author, submitted_at=AT, submitted_by=author, receipt_code=f"B-{unit.pk}",
            )
            for unit in units
        ),
        batch_size=BATCH,
    )  # fmt: skip
    for plan in plans:
        text = sentence(chance, 1_500)
        stored = StoredFile.objects.create(
            sha256=sha256(f"{plan.pk}".encode()).hexdigest(), size=1, kind="pdf", created_at=AT
        )
        FileText.objects.create(
            stored=stored,
            state="done",
            asked_at=AT,
            finished_at=AT,
            text=text,
            pairs=pairs_of(text),
        )
        SubPlanFile.objects.create(
            sub_plan=plan, stored=stored, name="ke-hoach.pdf", added_at=AT, added_by=author
        )


def measured(leader: User, typed: str) -> tuple[float, float, int, int]:
    """The best of a few, as it is while somebody types: milliseconds in all, and of our own
    process without the database's; queries; things found."""
    best, ours, queries, count = float("inf"), float("inf"), 0, 0
    for _ in range(TIMES):
        person = User.objects.get(pk=leader.pk)
        with CaptureQueriesContext(connection) as counted:
            start, busy = time.perf_counter(), time.process_time()
            count = quoting(found(person, typed, at=AT, most=3)).count
            ours = min(ours, time.process_time() - busy)
            best = min(best, time.perf_counter() - start)
        queries = len(counted)
    return best * 1000, ours * 1000, queries, count


def lines(leader: User) -> Iterator[str]:
    for typed in TYPED:
        best, ours, queries, count = measured(leader, typed)
        yield f"{typed:>20} {best:>8.0f} {ours:>8.0f} {queries:>8} {count:>8}"


def main() -> None:
    for command in ("migrate", "load_units", "load_campaign"):
        quietly(command, verbosity=0)
    campaign = Campaign.objects.get(code="2024")
    leader = User.objects.create_user("lanhdao", "lanhdao@example.vn", full_name="Lãnh đạo (mẫu)")
    Membership.objects.create(
        user=leader, unit=Unit.objects.in_protocol_order()[0], role=Membership.Role.LEADERSHIP,
        valid_from=date(2020, 1, 1),
    )  # fmt: skip
    chance = Random(2024)  # noqa: S311  # the same text each time
    for size in sys.argv[1:] or SIZES:
        units, activities = map(int, size.split("x"))
        at_once("SET session_replication_role = replica")  # tallies are not what is measured
        grow(campaign, leader, units, activities, chance)
        at_once("SET session_replication_role = origin", "VACUUM ANALYZE")
        print(f"{connection.vendor} {size:>9} {'ms':>8} {'ours':>8} {'queries':>8} {'found':>8}")
        print("\n".join(lines(leader)))


if __name__ == "__main__":
    main()
