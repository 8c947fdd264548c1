"""The scoring in the matrix: two versions of a scale per block, and how its addresses are asked.

A scale belongs to a block, so the scopes "own" and "same_block" mean the same one.
"""

from typing import Any

from accounts.models import AuditEvent
from scoring.models import ScoreSheet, ScoringScale
from tests.factories import (
    CampaignPackageFactory,
    CriterionFactory,
    CrossAssignmentFactory,
    MarkFactory,
    PackageCriterionFactory,
    RankingFactory,
    RankingRowFactory,
    ScoreEvidenceFactory,
    ScoreSheetFactory,
    ScoringScaleFactory,
    StoredFileFactory,
)
from units.models import Block, Unit

SCALE_PAGES = (
    "scale", "scale-compare", "scale-export", "scale-enforce", "scale-discard", "scale-consent",
    "scale-consents", "scale-edit", "scale-note", "scale-import", "criterion-add",
    "criterion-edit", "criterion-remove", "scale-package",
)  # fmt: skip
SHEET_PAGES = (
    "sheet", "sheet-export", "sheet-move", "sheet-mark", "sheet-why", "evidence-add",
    "evidence-file", "evidence-remove", "sheet-workbook", "sheet-return", "sheet-cell",
)  # fmt: skip
RANKING_PAGES = ("ranking", "ranking-publish", "ranking-export", "ranking-minutes")
BLOCK_PAGES = (
    "scale-start",
    "block-sheets",
    "block-grid",
    "sheet-start",
    "cross-assign",
    "ranking-draft",
)
ABOUT_A_BLOCK = {
    f"scoring:{name}"
    for name in (*SCALE_PAGES, "scale-amend", *SHEET_PAGES, *RANKING_PAGES, *BLOCK_PAGES)
}


def furnish(world: Any) -> None:
    """In each block a scale in force and a draft of the next version; a sheet of every unit that
    has been sent, with a piece of evidence, and a ranking nobody has published."""
    PackageCriterionFactory(package=CampaignPackageFactory(campaign=world.campaign))
    for block in {_block(world, scope) for scope in world.places}:
        ScoringScaleFactory(block=block, in_force=True)
        draft = ScoringScaleFactory(block=block, version=2)
        CriterionFactory(scale=draft, code="F", section="deduction", group=True, max_points=0)
        RankingFactory(scale=ScoringScale.objects.get(block=block, version=1))
    for scope, place in world.places.items():
        scale = _version(world, scope, 1)
        sheet = ScoreSheetFactory(unit=place.unit, scale=scale, submitted=True)
        ScoreEvidenceFactory(sheet=sheet, stored=StoredFileFactory(on_disk=True))
        RankingRowFactory(ranking=scale.rankings.get(), unit=place.unit, sheet=sheet)
    CrossAssignmentFactory()  # between two units that are nobody's here: for the administration


def let_sheet_sing(unit: Unit, block: Block, state: str, say: Any) -> ScoreSheet:
    """A canary in each place where a score sheet holds words; `say(kind, field)` makes one."""
    scale = ScoringScale.objects.filter(block=block).first() or ScoringScaleFactory(
        block=block, in_force=True
    )
    sheet = ScoreSheetFactory(unit=unit, scale=scale, submitted=state == "sheet_sent")
    levels = ("self", "block", "board") if state == "sheet_sent" else ("self",)
    for level in levels:
        reason, because = (say("marks", f"{level} {field}") for field in ("reason", "because"))
        MarkFactory(sheet=sheet, level=level, reason=reason, because=because)
    content = f"%PDF-1.7\n{say('marks', 'file')}\n%%EOF\n".encode()
    ScoreEvidenceFactory(
        sheet=sheet, name=say("marks", "evidence"),
        stored=StoredFileFactory(content=content, on_disk=True),
    )  # fmt: skip
    by, at = sheet.created_by, sheet.created_at
    notes = {"draft": say("scoring", "handed back")}
    if state == "sheet_sent":
        notes["returned"] = say("marks", "returned")
    for verb, note in notes.items():
        AuditEvent.objects.record(sheet, verb, by=by, at=at, label="Việc", note=note)
    return sheet


def _sheet(world: Any, scope: str) -> ScoreSheet:
    return ScoreSheet.objects.get(unit=world.places[scope].unit)


def _block(world: Any, scope: str) -> Block:
    return world.places[scope].unit.block_memberships.get().block


def _version(world: Any, scope: str, version: int) -> ScoringScale:
    return ScoringScale.objects.get(block=_block(world, scope), version=version)


def _lines(world: Any, scope: str, principal: str) -> dict[str, Any]:
    typed = {"revision": "0", "total": "1000", "bonus_cap": "50", "honesty_percent": "5"}
    for place, points in enumerate((600, 400, 10, 0)):
        typed |= {f"name-{place}": "Tiêu chí", f"points-{place}": str(points)}
    return typed


def _criterion(code: str) -> Any:
    def body(world: Any, scope: str, principal: str) -> dict[str, Any]:
        return {
            "revision": "0", "code": code, "name": "Tiêu chí", "section": "content",
            "max_points": "10", "method": "review",
        }  # fmt: skip

    return body


def _consents(world: Any, scope: str, principal: str) -> dict[str, Any]:
    members = _version(world, scope, 2).members()
    return {f"hoi-nghi-answer-{row.unit_id}": "dong-y" for row in members}


def _ranking(world: Any, scope: str, principal: str) -> dict[str, Any]:
    return {"flags": "1", "flag_points": "900", "merits": "2", "merit_points": "800"}


def _says(**typed: Any) -> Any:
    return lambda world, scope, principal: dict(typed)


BODIES = {
    "scoring:scale-start": _says(source="trong"),
    "scoring:scale-amend": _says(note="Đưa nội dung Đợt vào"),
    "scoring:scale-enforce": _says(**{"ap-dung-effective_date": "12/4/2024"}),
    "scoring:scale-consent": _says(**{"y-kien-answer": "dong-y"}),
    "scoring:scale-consents": _consents,
    "scoring:scale-edit": _lines,
    "scoring:scale-note": _says(note="Lý do"),
    "scoring:criterion-add": _criterion("G"),
    "scoring:criterion-edit": _criterion("A"),
    "scoring:criterion-remove": _says(revision="0"),
    "scoring:scale-package": _says(revision="0", way="bonus"),
    "scoring:sheet-move": _says(move="nop"),
    "scoring:sheet-mark": _says(level="self", points="10"),
    "scoring:evidence-add": _says(link="https://tayninh.gov.vn/a"),
    "scoring:ranking-draft": _ranking,
    "scoring:coverage-day": _says(**{"han-day": "30/5/2024"}),
}

VALUES = {
    **{
        f"scoring:{name} pk": lambda world, scope: _version(world, scope, 2).pk
        for name in SCALE_PAGES
    },
    **{f"scoring:{name} pk": lambda world, scope: _sheet(world, scope).pk for name in SHEET_PAGES},
    **{
        f"scoring:{name} pk": lambda world, scope: _version(world, scope, 1).rankings.get().pk
        for name in RANKING_PAGES
    },
    **{
        f"scoring:{name} code": lambda world, scope: _block(world, scope).code
        for name in BLOCK_PAGES
    },
    **{f"scoring:{name} year": lambda world, scope: 2024 for name in BLOCK_PAGES},
    **{
        f"scoring:{name} code": lambda world, scope: "A"
        for name in ("sheet-mark", "sheet-why", "sheet-cell", "evidence-add")
    },
    **{
        f"scoring:{name} file_pk": lambda world, scope: _sheet(world, scope).evidence.get().pk
        for name in ("evidence-file", "evidence-remove")
    },
    "scoring:ranking-minutes kind": lambda world, scope: "docx",
    "scoring:scale-amend pk": lambda world, scope: _version(world, scope, 1).pk,
    "scoring:scale-compare other_pk": lambda world, scope: _version(world, scope, 1).pk,
    "scoring:criterion-edit code": lambda world, scope: "A",
    "scoring:criterion-remove code": lambda world, scope: "A",
}
