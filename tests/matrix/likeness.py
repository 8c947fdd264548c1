"""Look-alikes and awards of before in the matrix: of each unit a pair and an award."""

from datetime import UTC, datetime
from typing import Any

from awards.models import Lookalike, Nomination, PastAward
from tests.factories.awards import (
    CandidateFactory,
    DossierFactory,
    NominationFactory,
    PastAwardFactory,
)

NUMBER = 90
AT = datetime(2024, 3, 21, 2, 0, tzinfo=UTC)
DIGEST = "0" * 64
ABOUT_A_UNIT = {"awards:lookalike", "awards:history-holder"}


def furnish(world: Any) -> None:
    for scope, place in world.places.items():
        dossier = DossierFactory(
            campaign=world.campaign, unit=place.unit, number=NUMBER, submitted=True
        )
        nomination = NominationFactory(
            dossier=dossier,
            achievement="",
            achievement_key="",
            candidate=CandidateFactory(unit=place.unit, name=f"Người Được Nêu {scope}"),
        )
        award = PastAwardFactory(unit=place.unit, name=f"Người Đã Khen {scope}")
        Lookalike.objects.create(
            nomination=nomination, past_award=award, score=80, digest=DIGEST,
            found_at=AT, compared_at=AT,
        )  # fmt: skip


def _pair(world: Any, scope: str) -> int:
    nomination = Nomination.objects.get(
        dossier__unit=world.places[scope].unit, dossier__number=NUMBER
    )
    return nomination.lookalikes.get().pk


def _verdict(world: Any, scope: str, principal: str) -> dict[str, Any]:
    return {"verdict": "different", "reason": "Hai người khác nhau", "digest": DIGEST}


BODIES = {"awards:lookalike": _verdict}
VALUES = {
    "awards:lookalike pk": _pair,
    "awards:history-holder pk": lambda world, scope: (
        PastAward.objects.get(unit=world.places[scope].unit).pk
    ),
}
