"""The scoring in the matrix: two versions of a scale per block, and how its addresses are asked.

A scale belongs to a block, so the scopes "own" and "same_block" mean the same one.
"""

from typing import Any

from scoring.models import ScoringScale
from tests.factories import (
    CampaignPackageFactory,
    CriterionFactory,
    PackageCriterionFactory,
    ScoringScaleFactory,
)
from units.models import Block

SCALE_PAGES = (
    "scale", "scale-compare", "scale-export", "scale-enforce", "scale-discard", "scale-consent",
    "scale-consents", "scale-edit", "scale-note", "scale-import", "criterion-add",
    "criterion-edit", "criterion-remove", "scale-package",
)  # fmt: skip
ABOUT_A_BLOCK = {f"scoring:{name}" for name in (*SCALE_PAGES, "scale-amend", "scale-start")}


def furnish(world: Any) -> None:
    """In each block a scale in force and a draft of the next version."""
    PackageCriterionFactory(package=CampaignPackageFactory(campaign=world.campaign))
    for block in {_block(world, scope) for scope in world.places}:
        ScoringScaleFactory(block=block, in_force=True)
        draft = ScoringScaleFactory(block=block, version=2)
        CriterionFactory(scale=draft, code="F", section="deduction", group=True, max_points=0)


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
    "scoring:coverage-day": _says(**{"han-day": "30/5/2024"}),
}

VALUES = {
    **{
        f"scoring:{name} pk": lambda world, scope: _version(world, scope, 2).pk
        for name in SCALE_PAGES
    },
    "scoring:scale-amend pk": lambda world, scope: _version(world, scope, 1).pk,
    "scoring:scale-compare other_pk": lambda world, scope: _version(world, scope, 1).pk,
    "scoring:criterion-edit code": lambda world, scope: "A",
    "scoring:criterion-remove code": lambda world, scope: "A",
    "scoring:scale-start code": lambda world, scope: _block(world, scope).code,
    "scoring:scale-start year": lambda world, scope: 2024,
}
