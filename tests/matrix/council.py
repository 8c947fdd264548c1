"""The council in the matrix: meetings, ballots, letters and decisions in the states they are asked in.

They belong to no unit: the nominations are of a unit nobody of the matrix works for.
"""

from typing import Any

from awards.actions.council_ballot import close_ballot
from awards.models import (
    Attendance,
    Consultation,
    CouncilBallot,
    Decision,
    Grant,
    Meeting,
    Nomination,
    PaperSlips,
    Proposal,
)
from lib import clock
from tests.factories.accounts import UserFactory
from tests.factories.awards import (
    AwardFormFactory,
    DecisionFactory,
    DossierFactory,
    GrantFactory,
    MeetingFactory,
    NominationFactory,
    PastAwardFactory,
)
from tests.factories.council import MET_AT, ConsultationFactory, open_meeting, running_ballot
from tests.factories.files import StoredFileFactory
from tests.factories.units import UnitFactory

PLANNED, OPEN, CLOSED = "Đang chuẩn bị", "Đang họp", "Đã kết thúc"
DRAFTED, SIGNED, PUBLISHED = "Dự thảo", "Đã ký", "Đã công bố"


def furnish(world: Any) -> None:
    made = _Maker(world)
    form = AwardFormFactory(code="BK-MA-TRAN")
    made.consult(form)
    made.meet(form)
    made.propose(form)
    PastAwardFactory(year=2024, ground="thematic")


class _Maker:
    def __init__(self, world: Any) -> None:
        self.world, self.unit = world, UnitFactory(name="Sở Ngoài ma trận")

    def nominated(self, form: Any, status: str, **given: Any) -> Nomination:
        dossier = DossierFactory(campaign=self.world.campaign, unit=self.unit, complete=True)
        return NominationFactory(**{status: True}, dossier=dossier, form=form, **given)

    def consult(self, form: Any) -> None:
        asked = ConsultationFactory(
            campaign=self.world.campaign, answer_file=StoredFileFactory(on_disk=True),
            answer_file_name="tra-loi.pdf",
        )  # fmt: skip
        asked.opinions.create(nomination=self.nominated(form, "consulting"))
        self.nominated(form, "appraised")

    def meet(self, form: Any) -> None:
        campaign, member = self.world.campaign, self.world.people["council_member"]
        planned = MeetingFactory(campaign=campaign, title=PLANNED)
        planned.agenda.create(nomination=self.nominated(form, "with_council"))
        Attendance.objects.create(meeting=planned, member=member)
        held = open_meeting(present=3, campaign=campaign, title=OPEN)
        Attendance.objects.create(meeting=held, member=member, state="present")
        running_ballot(held, [self.nominated(form, "with_council")])
        held.agenda.create(nomination=self.nominated(form, "with_council"))
        over = open_meeting(present=3, campaign=campaign, title=CLOSED)
        counted = running_ballot(over, [self.nominated(form, "with_council")])
        close_ballot(
            counted, PaperSlips((), {}), by=self.world.people["board_head"], at=clock.now()
        )
        over.agenda.create(nomination=self.nominated(form, "with_council"), agreed=True)
        Meeting.objects.filter(pk=over.pk).update(status="closed", closed_at=MET_AT)

    def propose(self, form: Any) -> None:
        by, campaign = UserFactory(), self.world.campaign
        for number in ("1/TTr-SNV", "2/TTr-SNV"):
            letter = Proposal.objects.create(
                campaign=campaign, number=number, created_at=MET_AT, created_by=by
            )
            self.nominated(form, "proposed", proposal=letter)
        DecisionFactory(campaign=campaign, proposal=letter, subject=DRAFTED)
        copy = {"document": StoredFileFactory(on_disk=True), "document_name": "qd.pdf"}
        for trait, subject in (("signed", SIGNED), ("published", PUBLISHED)):
            decision = DecisionFactory(campaign=campaign, subject=subject, **{trait: True}, **copy)
            granted = self.nominated(form, "granted")
            GrantFactory(decision=decision, nomination=granted, order=1, golden_book_number="01")


def _meeting(title: str) -> Any:
    return lambda world, scope: Meeting.objects.get(title=title).pk


def _decision(subject: str) -> Any:
    return lambda world, scope: Decision.objects.get(subject=subject).pk


def _letter(number: str) -> Any:
    return lambda world, scope: Proposal.objects.get(number=number).pk


def _running(world: Any, scope: str) -> int:
    return CouncilBallot.objects.running().get().pk


def _form(world: Any, scope: str) -> int:
    return Nomination.objects.filter(form__code="BK-MA-TRAN").first().form_id


def _says(**typed: Any) -> Any:
    return lambda world, scope, principal: dict(typed)


def _answer(world: Any, scope: str, principal: str) -> dict[str, Any]:
    return {
        "answered_on": "18/11/2024",
        f"y-kien-{Consultation.objects.get().opinions.get().pk}": "agrees",
    }


def _ask(world: Any, scope: str, principal: str) -> dict[str, Any]:
    return {
        "body": "Công an tỉnh", "asked_on": "13/11/2024", "due_date": "20/11/2024",
        "nominations": Nomination.objects.filter(status="appraised").latest("pk").pk,
    }  # fmt: skip


def _present(world: Any, scope: str, principal: str) -> dict[str, Any]:
    rows = Meeting.objects.get(title=PLANNED).attendances.all()
    return {f"trang-thai-{row.pk}": "present" for row in rows}


def _rest(world: Any, scope: str, principal: str) -> dict[str, Any]:
    taken = CouncilBallot.objects.running().get().choices.values("nomination")
    row = Meeting.objects.get(title=OPEN).agenda.exclude(nomination__in=taken).get()
    return {"threshold": "50", "nominations": row.nomination_id}


def _slip(world: Any, scope: str, principal: str) -> dict[str, Any]:
    choice = CouncilBallot.objects.running().get().choices.get()
    return {f"secret-{choice.nomination_id}": "1"}


def _proposed(world: Any, scope: str, principal: str) -> dict[str, Any]:
    ready = Nomination.objects.filter(
        status="with_council", agenda_items__agreed=True, agenda_items__meeting__title=CLOSED
    )
    return {"nominations": ready.get().pk}


def _granted(world: Any, scope: str, principal: str) -> dict[str, Any]:
    grant = Grant.objects.get(decision__subject=SIGNED)
    return {"on": "20/12/2024", "grants": grant.pk}


MEETING = {"body": "council", "title": "Họp", "day": "25/11/2024", "hour": "8:00"}
PLACES = ("recipient", "position", "reason", "place_date", "signer_position", "signer_name",
          "decision", "golden_book")  # fmt: skip
LAYOUT = {"width": "420", "height": "297", "shift_x": "0", "shift_y": "0"} | {
    f"{name}-{what}": value
    for name in PLACES
    for what, value in (("x", "10"), ("y", "10"), ("width", "50"), ("size", "12"),
                        ("align", "left"))
}  # fmt: skip

BODIES = {
    "awards:consultation-ask": _ask,
    "awards:consultation": _answer,
    "awards:meeting-new": _says(**MEETING),
    "awards:meeting-edit": _says(**MEETING),
    "awards:meeting-agenda": _says(),
    "awards:meeting-attendance": _present,
    "awards:meeting-outcomes": _says(minutes="Nhất trí"),
    "awards:meeting-move": _says(move="moi"),
    "awards:council-ballot-open": _rest,
    "awards:council-ballot-vote": _slip,
    "awards:council-ballot-close": _says(),
    "awards:council-ballot-cancel": _says(reason="Nhầm"),
    "awards:proposal-new": _proposed,
    "awards:proposal": _says(number="9/TTr-SNV", dated_on="2/12/2024", signer_name="A",
                             signer_position="GIÁM ĐỐC"),
    "awards:proposal-take-out": _says(reason="Xem lại"),
    "awards:decision-draft": _says(subject="Về việc khen thưởng"),
    "awards:decision-sign": _says(number="9/QĐ-UBND", decided_on="10/12/2024", signer_name="A",
                                  signer_position="CHỦ TỊCH"),
    "awards:decision-hand-over": _granted,
    "awards:grant-revoke": _says(on="5/1/2025", under="12/QĐ-UBND", reason="Kê khai sai"),
    "awards:certificate-layout": _says(**LAYOUT),
}  # fmt: skip

OF_PLANNED = ("meeting-edit", "meeting-agenda", "meeting-attendance", "meeting-move")
OF_RUNNING = (
    "council-ballot",
    "council-ballot-vote",
    "council-ballot-close",
    "council-ballot-cancel",
)
OF_SIGNED = ("decision", "decision-publish", "decision-hand-over", "decision-file", "decision-copy",
             "certificates", "certificate-batch")  # fmt: skip
VALUES: dict[str, Any] = {
    **{f"awards:{name} pk": _meeting(PLANNED) for name in OF_PLANNED},
    **{f"awards:{name} pk": _meeting(OPEN)
       for name in ("meeting", "meeting-outcomes", "meeting-file", "council-ballot-open")},
    **{f"awards:{name} pk": _running for name in OF_RUNNING},
    "awards:council-ballot-record pk": lambda world, scope: (
        CouncilBallot.objects.get(slips__isnull=False).pk
    ),
    **{f"awards:{name} pk": lambda world, scope: Consultation.objects.get().pk
       for name in ("consultation", "consultation-letter", "consultation-answer")},
    **{f"awards:{name} pk": _letter("1/TTr-SNV")
       for name in ("proposal", "proposal-take-out", "proposal-file", "proposal-whole",
                    "decision-draft")},
    "awards:proposal-take-out nomination_pk": lambda world, scope: (
        Proposal.objects.get(number="1/TTr-SNV").nominations.get().pk
    ),
    "awards:decision-sign pk": _decision(DRAFTED),
    **{f"awards:{name} pk": _decision(SIGNED) for name in OF_SIGNED},
    "awards:grant-revoke pk": lambda world, scope: Grant.objects.get(decision__subject=SIGNED).pk,
    "awards:published-decision pk": _decision(PUBLISHED),
    **{f"awards:{name} form_pk": _form
       for name in ("council-ballot-open", "certificate-batch", "certificate-layout",
                    "certificate-test")},
    "awards:meeting-file name": lambda world, scope: "giay-moi",
    **{f"awards:{name} kind": lambda world, scope: "docx"
       for name in ("consultation-letter", "meeting-file", "council-ballot-record",
                    "proposal-file", "decision-file")},
}  # fmt: skip
