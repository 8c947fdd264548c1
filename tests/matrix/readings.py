"""Documents of plans in the world of the matrix: pages of the board, of no unit."""

from typing import Any

from campaign.models import PlanReading
from tests.factories.reading import FACTS, ROWS, PlanReadingFactory, draft_json

OPEN, FAILED = "mo.docx", "hong.docx"
ACTS = (
    "", "-progress", "-file", "-discard", "-keep-all", "-facts", "-facts-autosave", "-names",
    "-launch", "-row", "-act", "-row-autosave", "-row-add",
)  # fmt: skip
OF_THE_BOARD = {"campaign:readings", "campaign:reading-again", "campaign:reading-copy"} | {
    f"campaign:reading{act}" for act in ACTS
}


def hand_in() -> None:
    """One that could become a campaign this moment, one that was not read."""
    settled = draft_json(ROWS[:2], kept=True)
    PlanReadingFactory(name=OPEN, draft=settled)
    PlanReadingFactory(name=FAILED, failed=True)


def _pk(name: str) -> Any:
    return lambda world, scope: PlanReading.objects.get(name=name).pk


VALUES: dict[str, Any] = {
    **{f"campaign:reading{act} pk": _pk(OPEN) for act in ACTS},
    "campaign:reading-again pk": _pk(FAILED),
    "campaign:reading-copy code": lambda world, scope: world.campaign.code,
    "number": lambda world, scope: 2,
}
ROW = {"revision": "0", "code": "II.1", "kind": "assignment_heading", "text": "1. Sở Nội vụ"}
BODIES: dict[str, dict[str, str]] = {
    "campaign:reading-act": {"act": "giu", "revision": "0"},
    "campaign:reading-row": ROW,
    "campaign:reading-row-autosave": ROW,
    "campaign:reading-row-add": {**ROW, "code": "II.9"},
    "campaign:reading-facts": {"revision": "0", **FACTS},
    "campaign:reading-facts-autosave": {"revision": "0", **FACTS},
    "campaign:reading-names": {"act": "ngoai-het"},
}
