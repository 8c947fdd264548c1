"""Demonstration of the council's part: opinions asked, one meeting held with a secret vote, one
decision published with certificates, one line of it revoked. Made by the same actions as a
person's; every name is made up and marked “(mẫu)”.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from accounts.job import Job
from accounts.models import Mail, User
from awards.actions import consultation, council_ballot, decision, meeting, proposal
from awards.datasets.facts import (
    BallotFacts,
    LetterFacts,
    MeetingFacts,
    Outcome,
    Question,
    Reply,
    Revocation,
    Signed,
)
from awards.datasets.listed import official_order
from awards.models import (
    Attendance,
    ConsultationOpinion,
    Decision,
    Meeting,
    Nomination,
    PaperSlips,
)
from campaign.models import Campaign
from reports.demo.nominated import nominate
from reports.demo.scenario import moment

ASKED, DUE, ANSWERED = date(2024, 5, 14), date(2024, 5, 15), date(2024, 5, 15)
MET = moment(date(2024, 5, 15), 9, 0)
SIGNED, PUBLISHED = moment(date(2024, 5, 15), 16, 0), moment(date(2024, 5, 16), 8, 0)
END = PUBLISHED + timedelta(minutes=20)
LEAST = Decimal(70)
CHAIRMAN, SECRETARY = "Phạm Văn Chủ Tịch (mẫu)", "Lê Thị Thư Ký (mẫu)"


@transaction.atomic
def write_council(campaign: Campaign, *, now: datetime) -> int:
    """How many awards were decided; none where a meeting was held, or before that day."""
    if now < END or Meeting.objects.exists():
        return 0
    people = {user.username: user for user in User.objects.filter(is_demonstration=True)}
    made = nominate(campaign, people)
    if not made:
        return 0
    play = _Play(campaign, people["btdkt.chuyenvien1"], people["btdkt.truongban"])
    nominations = official_order(Nomination.objects.filter(pk__in=[one.pk for one in made]))
    play.ask(nominations)
    play.meet(nominations)
    decided = play.decide()
    Mail.objects.filter(to__is_demonstration=True, state=Job.State.QUEUED).update(
        state=Job.State.CANCELLED
    )
    return decided


class _Play:
    def __init__(self, campaign: Campaign, reviewer: User, head: User) -> None:
        self.campaign, self.reviewer, self.head = campaign, reviewer, head

    def ask(self, nominations: list[Nomination]) -> None:
        """One body answered; the other let its day go by."""
        at = moment(ASKED, 15, 0)
        asked = [
            consultation.ask_opinion(
                self.campaign, nominations, Question(body, ASKED, DUE, number), by=self.reviewer,
                at=at,
            )
            for body, number in (("Công an tỉnh", "112/BTĐKT"), ("Thanh tra tỉnh", "113/BTĐKT"))
        ]  # fmt: skip
        agrees = (ConsultationOpinion.Answer.AGREES, "")
        said = {one.pk: agrees for one in asked[0].opinions.all()}
        reply = Reply(ANSWERED, said, number="845/CAT-PX05")
        consultation.note_answer(asked[0], reply, by=self.reviewer, at=MET - timedelta(hours=1))

    def meet(self, nominations: list[Nomination]) -> None:
        facts = MeetingFacts(
            Meeting.Body.COUNCIL, "Xét khen thưởng sơ kết Đợt Thi đua (mẫu)", MET,
            place="Phòng họp A, UBND tỉnh", chair=CHAIRMAN, secretary=SECRETARY, quorum="2/3",
        )  # fmt: skip
        made = meeting.plan_meeting(
            self.campaign, facts, by=self.reviewer, at=MET - timedelta(days=1)
        )
        fresh = list(Nomination.objects.filter(pk__in=[one.pk for one in nominations]))
        order = [one.pk for one in nominations]
        fresh.sort(key=lambda one: order.index(one.pk))
        meeting.set_agenda(made, fresh, by=self.reviewer, at=MET - timedelta(hours=18))
        meeting.call_meeting(made, by=self.reviewer, at=MET - timedelta(hours=17))
        self._attend(made)
        meeting.open_meeting(made, by=self.head, at=MET)
        self._vote(made, fresh)
        notes = {item.pk: Outcome(item.agreed, item.note) for item in made.agenda.all()}
        meeting.note_outcomes(
            made, notes, minutes="Các thành viên nhất trí với báo cáo thẩm định (mẫu).",
            by=self.reviewer, at=MET + timedelta(minutes=80),
        )  # fmt: skip
        meeting.close_meeting(made, by=self.head, at=MET + timedelta(minutes=90))

    def _attend(self, made: Meeting) -> None:
        """All in the room but the last two: one is asked in writing, one is away."""
        rows = list(made.attendances.in_order())
        for row in rows:
            row.state = Attendance.State.PRESENT
        rows[-1].state = Attendance.State.ABSENT
        rows[-2].state = Attendance.State.WRITTEN
        rows[0].position = "Phó Chủ tịch Hội đồng"
        meeting.note_attendance(made, rows, by=self.reviewer, at=MET)

    def _vote(self, made: Meeting, nominations: list[Nomination]) -> None:
        """Two in the portal, the others on paper; the last on the list falls short."""
        form = nominations[0].form
        facts = BallotFacts(form, form.ballot_threshold or LEAST, "Ban kiểm phiếu (mẫu)")
        ballot = council_ballot.open_ballot(
            made, facts, nominations, by=self.reviewer, at=MET + timedelta(minutes=30)
        )
        seats = list(made.attendances.who_may_vote().in_order())
        for seat in seats[:2]:
            slip = [str(one.pk) for one in nominations[:-1]]
            council_ballot.cast_vote(ballot, slip, by=seat.member)
        paper = seats[2:]
        votes = {str(one.pk): len(paper) for one in nominations}
        votes[str(nominations[-1].pk)] = len(paper) // 2
        council_ballot.close_ballot(
            ballot, PaperSlips(paper, votes), by=self.reviewer, at=MET + timedelta(minutes=70)
        )

    def decide(self) -> int:
        agreed = official_order(proposal.agreed_on(self.campaign))
        letter = proposal.make_proposal(
            self.campaign, agreed, by=self.reviewer, at=MET + timedelta(hours=4)
        )
        facts = LetterFacts("312/TTr-SNV", MET.date(), "Trần Văn Giám Đốc (mẫu)", "GIÁM ĐỐC")
        proposal.number_proposal(letter, facts, by=self.reviewer, at=MET + timedelta(hours=5))
        made = decision.draft_decision(
            letter, subject="Về việc tặng Bằng khen của Chủ tịch UBND tỉnh (mẫu)",
            by=self.reviewer, at=MET + timedelta(hours=5),
        )  # fmt: skip
        signed = Signed("998/QĐ-UBND", SIGNED.date(), CHAIRMAN, "KT. CHỦ TỊCH, PHÓ CHỦ TỊCH", {})
        decision.sign_decision(made, signed, by=self.head, at=SIGNED)
        decision.publish_decision(made, by=self.head, at=PUBLISHED)
        self._end(made)
        return made.grants.count()

    def _end(self, made: Decision) -> None:
        *others, last = made.grants.select_related("nomination", "decision").in_order()
        decision.hand_over(
            others, on=PUBLISHED.date(), note="Hội nghị sơ kết (mẫu)", by=self.head, at=PUBLISHED
        )
        said = Revocation(PUBLISHED.date(), "1002/QĐ-UBND", "Kê khai thành tích không đúng (mẫu)")
        decision.revoke(last, said, by=self.head, at=END)
