"""What an inspection left at a unit, for the world of the matrix and for that of the canaries."""

from dataclasses import dataclass
from typing import Any

from campaign.models import FollowUpFile, InspectionRound, Obligation, Visit
from tests.factories import (
    FindingFactory,
    FollowUpAnswerFactory,
    FollowUpFactory,
    InspectionRoundFactory,
    StoredFileFactory,
    VisitFactory,
)
from units.models import Unit


@dataclass
class Inspected:
    """A visit in each state, and what follows: one thing not answered yet, one that waits."""

    planned: Visit
    held: Visit
    unanswered: Obligation
    answered: Obligation
    file: FollowUpFile


def inspect(unit: Unit) -> Inspected:
    answer = FollowUpAnswerFactory(obligation__unit=unit)
    return Inspected(
        planned=VisitFactory(unit=unit, round=a_round("Đợt đầu")),
        held=VisitFactory(unit=unit, round=a_round("Đợt hai"), held=True),
        unanswered=FollowUpFactory(unit=unit, finding__visit__round=a_round("Đợt ba")),
        answered=answer.obligation,
        file=FollowUpFile.objects.create(
            answer=answer, stored=StoredFileFactory(on_disk=True), name="so-theo-doi.pdf"
        ),
    )


def a_round(name: str, **facts: Any) -> InspectionRound:
    return InspectionRoundFactory(name=name, **facts)


def of_inspected(name: str) -> Any:
    return lambda world, scope: getattr(world.places[scope].inspected, name).pk


OF_ROUNDS = {
    "campaign:follow-ups", "campaign:inspections", "campaign:inspection-round",
    "campaign:inspection-round-add", "campaign:inspection-round-edit", "campaign:visits-add",
    "campaign:calendar", "campaign:calendar-month", "campaign:calendar-feed",
    "campaign:calendar-key", "campaign:calendar-key-revoke",
}  # fmt: skip
INSPECTION_VALUES: dict[str, Any] = {
    **{
        f"campaign:{name} pk": lambda world, scope: InspectionRound.objects.get(name="Đợt trống").pk
        for name in ("inspection-round", "inspection-round-edit", "visits-add")
    },
    **{
        f"campaign:visit{act} pk": of_inspected("planned")
        for act in ("", "-edit", "-minutes", "-hold", "-cancel")
    },
    "year": lambda world, scope: 2024,
    "month": lambda world, scope: 5,
    "campaign:visit-close pk": of_inspected("held"),
    "campaign:visit-minutes-file pk": of_inspected("held"),
    "campaign:follow-up pk": of_inspected("unanswered"),
    "campaign:follow-up-answer pk": of_inspected("unanswered"),
    "campaign:follow-up-judge pk": of_inspected("answered"),
    "campaign:follow-up-file pk": of_inspected("answered"),
    "campaign:follow-up-file file_pk": of_inspected("file"),
}


def rows(prefix: str) -> dict[str, str]:
    return {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}


ROUND = {"name": "Đợt mới", "basis": "", "starts_on": "1/6/2024", "ends_on": "28/6/2024"}
INSPECTION_BODIES: dict[str, dict[str, Any]] = {
    "campaign:inspection-round-add": ROUND,
    "campaign:inspection-round-edit": ROUND,
    "campaign:visit-edit": {"revision": "0", "day": "16/5/2024", **rows("doan")},
    "campaign:visit-minutes": {"revision": "0", "course": "Nghe báo cáo.", **rows("noi-dung")},
    "campaign:visit-cancel": {"reason": "Trùng lịch"},
    "campaign:follow-up-answer": {"text": "Đã lập sổ."},
    "campaign:follow-up-judge": {"decision": "chap-nhan"},
}


def to_visit(world: Any, scope: str, principal: str) -> dict[str, Any]:
    return {"units": [world.places["other_block"].unit.pk], "day": "16/5/2024"}


def let_words_in(unit: Unit, campaign: Any, say: Any) -> tuple[list[Visit], list[Obligation]]:
    """Visits and follow-ups whose every text is a word: `say(state, kind, field)`."""
    visits = []
    for state, name in (("visit_planned", "Đợt đầu"), ("visit_held", "Đợt hai")):
        visit = VisitFactory(
            unit=unit, round=a_round(name, campaign=campaign), held=state == "visit_held",
            **{text: say(state, "minutes", text) for text in ("attendance", "course", "conclusion")},
        )  # fmt: skip
        FindingFactory(visit=visit, text=say(state, "minutes", "finding"))
        visits.append(visit)
    owed = FollowUpFactory(
        unit=unit, campaign=campaign, finding__text=say("follow_up", "minutes", "finding"),
        finding__visit__round=a_round("Đợt ba", campaign=campaign),
    )  # fmt: skip
    answer = FollowUpAnswerFactory(
        obligation=owed, accepted=True, verdict="asked_again",
        text=say("follow_up", "minutes", "answer"), verdict_note=say("follow_up", "minutes", "note"),
    )  # fmt: skip
    content = f"%PDF-1.7\n{say('follow_up', 'minutes', 'file')}\n%%EOF\n".encode()
    FollowUpFile.objects.create(
        answer=answer, stored=StoredFileFactory(content=content, on_disk=True), name="so.pdf"
    )
    return visits, [owed]
