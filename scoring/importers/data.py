"""From the data files of `scoring/data`: the campaign's package, and a sample scale to begin with.

One folder per campaign, like `campaign/data`. `package.json` holds the criteria every block is
to take in (`C.2`), each tied to rows of the plan; `scale.json` a whole scale of 1,000 points in
which a line may stand for the package. Files are read strictly: a fault names file and line.
"""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from campaign.models import Campaign, PlanItem
from lib.datafile import BadDataFile
from lib.vietnamese import nfc
from scoring.datasets.content import CriterionContent, ScaleContent
from scoring.formula import BadConfig, MethodName
from scoring.models import CampaignPackage, PackageCriterion
from units.importers import Tally, put

FOLDER = Path(__file__).parent.parent / "data"
PACKAGE, SCALE = "package.json", "scale.json"


def has_package(code: str, folder: Path = FOLDER) -> bool:
    return (folder / code / PACKAGE).exists()


def has_sample(code: str, folder: Path = FOLDER) -> bool:
    return (folder / code / SCALE).exists()


def _read(path: Path) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads(nfc(path.read_text(encoding="utf-8")))
    except ValueError as problem:
        raise BadDataFile(f"{path.name}: không đọc được ({problem}).") from problem
    return said


def _criteria(path: Path, rows: list[dict[str, Any]]) -> list[CriterionContent]:
    return [_criterion(path, row) for row in rows]


def _criterion(path: Path, row: dict[str, Any]) -> CriterionContent:
    values = {
        **row,
        "max_points": Decimal(row["max_points"]),
        "plan_codes": tuple(row.get("plan_codes", ())),
    }
    try:
        return CriterionContent(**values).completed()
    except (TypeError, BadConfig) as problem:
        raise BadDataFile(f"{path.name}, tiêu chí {row.get('code')}: {problem}") from problem


def sample_scale(code: str, folder: Path = FOLDER) -> ScaleContent:
    """The sample scale of a campaign's year, with the package in its place."""
    said = _read(folder / code / SCALE)
    package = _read(folder / code / PACKAGE)
    lines: list[CriterionContent] = []
    for row in said["criteria"]:
        if row.get("package") == package["code"]:
            lines.extend(_package_lines(folder / code / PACKAGE, package, row))
        else:
            lines.append(_criterion(folder / code / SCALE, row))
    return ScaleContent(
        Decimal(said["total"]),
        Decimal(said["bonus_cap"]),
        Decimal(said["honesty_percent"]),
        tuple(lines),
    )


def _package_lines(
    path: Path, package: dict[str, Any], row: dict[str, Any]
) -> list[CriterionContent]:
    leaves = _criteria(path, package["criteria"])
    group = CriterionContent(
        row["code"],
        package["name"],
        sum((leaf.max_points for leaf in leaves), Decimal(0)),
        MethodName.GROUP.value,
        parent=row["parent"],
    )
    return [
        group,
        *(replace(leaf, parent=row["code"], package_code=leaf.code) for leaf in leaves),
    ]


@transaction.atomic
def load_package(code: str, folder: Path = FOLDER) -> list[Tally]:
    """The package of a campaign and its criteria; a second run changes nothing."""
    path = folder / code / PACKAGE
    said = _read(path)
    campaign = Campaign.objects.get(code=code)
    packages, criteria = Tally("Bộ tiêu chí của Đợt thi đua"), Tally("Tiêu chí của Đợt thi đua")
    # The day is the board's to move; a second load leaves it alone.
    known = CampaignPackage.objects.filter(campaign=campaign, code=said["code"]).first()
    day = known.amend_by if known else date.fromisoformat(said["amend_by"])
    package = put(
        CampaignPackage,
        {"campaign": campaign, "code": said["code"]},
        {"name": said["name"], "amend_by": day},
        packages,
    )
    items = {item.code: item for item in PlanItem.objects.filter(campaign=campaign)}
    for position, content in enumerate(_criteria(path, said["criteria"]), start=1):
        _put_criterion(package, position, content, criteria, items)
    return [packages, criteria]


def _put_criterion(
    package: CampaignPackage,
    position: int,
    content: CriterionContent,
    tally: Tally,
    items: dict[str, PlanItem],
) -> None:
    names = (
        "name", "max_points", "method", "config", "wording", "evidence_required",
        "evidence_note", "verifier",
    )  # fmt: skip
    values = {name: getattr(content, name) for name in names}
    row: PackageCriterion = put(
        PackageCriterion,
        {"package": package, "code": content.code},
        {"position": position, **values},
        tally,
    )
    strangers = [code for code in content.plan_codes if code not in items]
    if strangers:
        raise BadDataFile(
            f"{PACKAGE}, tiêu chí {content.code}: Kế hoạch không có mục {', '.join(strangers)}."
        )
    row.plan_items.set([items[code] for code in content.plan_codes])
