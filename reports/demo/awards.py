"""Demonstration awards: a guideline marked as illustrative, and dossiers at every step up to the
appraisal, made by the same actions as a person's.

They tell of an award half-way (sơ kết) in May 2024, so that activities and figures of the
campaign are there to stand on. Every nominee is made up and marked “(mẫu)”.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from accounts.job import Job
from accounts.models import Mail, User
from accounts.workflow import Refused
from awards.actions import dossier as dossiers
from awards.actions import guideline as guidelines
from awards.actions import nomination as nominating
from awards.actions import reception
from awards.datasets.achievement import sources_offered
from awards.datasets.typed import (
    CandidateFacts,
    FormFacts,
    GuidelineContent,
    GuidelineFacts,
    LetterFacts,
    Mend,
    NominationFacts,
    PaperAsked,
    QuotaFacts,
)
from awards.models import (
    AwardForm,
    AwardGuideline,
    AwardPaper,
    Candidate,
    Dossier,
    GuidelinePaper,
    GuidelineQuota,
    Nomination,
    Recipient,
)
from campaign.models import Activity, Campaign, Figure
from reports.demo.scenario import moment
from units.models import Unit

ISSUED = date(2024, 5, 2)
DRAFTED, SIGNED, RECEIVED, APPRAISED = (
    moment(date(2024, 5, 6), 9, 0),
    moment(date(2024, 5, 8), 15, 20),
    moment(date(2024, 5, 10), 10, 0),
    moment(date(2024, 5, 14), 14, 30),
)

PERSON, GROUP, HOUSE = Recipient.INDIVIDUAL, Recipient.COLLECTIVE, Recipient.HOUSEHOLD
WORKER, LEADER = Candidate.Rank.DIRECT_WORKER, Candidate.Rank.OTHER_LEADER


@dataclass(frozen=True)
class Nominee:
    recipient: str
    name: str
    position: str = ""
    workplace: str = ""
    gender: str = ""
    rank: str = ""


@dataclass(frozen=True)
class Story:
    """One unit's dossier and how far it has come."""

    code: str
    step: str
    nominees: tuple[Nominee, ...]


STORIES = (
    Story(
        "SYT", "appraised",
        (
            Nominee(PERSON, "Nguyễn Thị Thu Hà (mẫu)", "Bác sĩ", "Trung tâm Y tế", "female", WORKER),
            Nominee(GROUP, "Đoàn khám bệnh quân dân y (mẫu)", workplace="Sở Y tế"),
        ),
    ),
    Story(
        "BQLKKT", "complete",
        (
            Nominee(GROUP, "Phòng Quản lý Doanh nghiệp (mẫu)", workplace="Văn phòng Ban"),
            Nominee(PERSON, "Trần Văn Lâm (mẫu)", "Chuyên viên", "Văn phòng Ban", "male", WORKER),
        ),
    ),
    Story(
        "BHXH", "submitted",
        (
            Nominee(PERSON, "Lê Thị Minh Tâm (mẫu)", "Giám định viên", "Phòng Giám định", "female", WORKER),
            Nominee(PERSON, "Phạm Quốc Toản (mẫu)", "Phó Trưởng phòng", "Phòng Tuyên truyền",
                    "male", LEADER),
        ),
    ),
    Story(
        "HBC", "returned",
        (
            Nominee(HOUSE, "Hộ ông Đặng Văn Sáu (mẫu)", workplace="Xã Long Phước"),
            Nominee(GROUP, "Ban Chỉ huy Quân sự huyện (mẫu)", workplace="Huyện Bến Cầu"),
        ),
    ),
    Story(
        "STC", "awaiting_head",
        (Nominee(PERSON, "Võ Thanh Bình (mẫu)", "Chuyên viên", "Văn phòng", "male", WORKER),),
    ),
    Story(
        "TINHDOAN", "draft",
        (
            Nominee(PERSON, "Huỳnh Thị Ngọc Lan (mẫu)", "Bí thư chi đoàn", "Xã đoàn Hòa Hội", "female", WORKER),
            Nominee(PERSON, "Ngô Văn Đức (mẫu)", "Phó Trưởng ban", "Ban Phong trào", "male", LEADER),
        ),
    ),
)  # fmt: skip


@transaction.atomic
def write_awards(campaign: Campaign, *, now: datetime) -> int:
    """How many nominations were made; none where there are some, or before the guideline."""
    form = AwardForm.objects.in_force(on=ISSUED).filter(code="BK-TINH").first()
    if form is None or Dossier.objects.exists() or moment(ISSUED, 8, 0) > now:
        return 0
    people = {user.username: user for user in User.objects.filter(is_demonstration=True)}
    _write_guideline(campaign, form, people)
    for story in STORIES:
        unit = Unit.objects.filter(code=story.code).first()
        if unit is not None:
            _Play(campaign, form, people, now).play(story, unit)
    Mail.objects.filter(to__is_demonstration=True, state=Job.State.QUEUED).update(
        state=Job.State.CANCELLED
    )
    return Nomination.objects.count()


def _write_guideline(campaign: Campaign, form: AwardForm, people: dict[str, User]) -> None:
    reviewer, head = people["btdkt.chuyenvien1"], people["btdkt.truongban"]
    at = moment(ISSUED, 8, 0)
    made = guidelines.start_guideline(campaign, by=reviewer, at=at - timedelta(days=6))
    facts = GuidelineFacts(
        number="01/HD-BCH-SNV", issued_on=ISSUED, issuer=made.issuer, valid_from=ISSUED,
        due_date=date(2024, 11, 15),
        standards="Số liệu minh họa, chờ hướng dẫn liên ngành chính thức.",
        minimum_direct_share=Decimal(50), max_per_year=2, min_months_between=None,
        needs_block_vote=False, return_days=5, appraisal_days=20,
    )  # fmt: skip
    each = GuidelineQuota.Scope.EACH_UNIT
    letter = AwardForm.objects.in_force(on=ISSUED).filter(code="GK").first()
    content = GuidelineContent(
        forms=[
            FormFacts(form, "Có thành tích xuất sắc, tiêu biểu trong Đợt Thi đua (minh họa)."),
            *([FormFacts(letter, "Chỉ ghi nhận; thủ trưởng đơn vị quyết định.")] if letter else []),
        ],
        quotas=[
            QuotaFacts(form, PERSON, each, 2),
            QuotaFacts(form, GROUP, each, 1),
            QuotaFacts(form, HOUSE, each, 1),
        ],
        papers=[
            PaperAsked("letter", GuidelinePaper.Scope.DOSSIER),
            PaperAsked("minutes", GuidelinePaper.Scope.DOSSIER),
            PaperAsked("report", GuidelinePaper.Scope.NOMINATION),
        ],
    )
    guidelines.change_guideline(made, facts, content, by=reviewer, at=at - timedelta(days=3))
    guidelines.issue_guideline(made, by=head, at=at)
    AwardGuideline.objects.filter(pk=made.pk).update(is_illustrative=True)


class _Play:
    """One dossier through its steps; what would come after `now` does not happen."""

    def __init__(
        self, campaign: Campaign, form: AwardForm, people: dict[str, User], now: datetime
    ) -> None:
        self.campaign, self.form, self.people, self.now = campaign, form, people, now
        # Of another unit than those told of, so that nobody receives their own.
        self.reviewer = people["btdkt.chuyenvien2"]

    def play(self, story: Story, unit: Unit) -> None:
        if self.now < DRAFTED:
            return
        officer = self.people[f"{story.code.lower()}.chuyenvien"]
        head = self.people[f"{story.code.lower()}.thutruong"]
        dossier = dossiers.start_dossier(self.campaign, unit, by=officer, at=DRAFTED)
        for nominee in story.nominees:
            self._nominate(dossier, nominee, officer)
        if story.step == "draft":
            return
        self._letter(dossier, head, officer)
        dossiers.hand_to_head(dossier, by=officer, at=DRAFTED + timedelta(hours=5))
        if story.step == "awaiting_head" or self.now < SIGNED:
            return
        dossiers.sign_dossier(dossier, by=head, at=SIGNED)
        if self.now >= RECEIVED:
            self._receive(dossier, story.step)

    def _nominate(self, dossier: Dossier, nominee: Nominee, officer: User) -> None:
        is_person, is_group = nominee.recipient == PERSON, nominee.recipient == GROUP
        who = CandidateFacts(
            recipient=nominee.recipient, name=nominee.name, position=nominee.position,
            workplace=nominee.workplace, gender=nominee.gender, rank=nominee.rank,
            member_count=12 if is_group else None, women_count=5 if is_group else None,
            birth_date=date(1985, 5, 17) if is_person else None,
        )  # fmt: skip
        what = NominationFacts(
            form=self.form, ground="thematic", achieved_from=date(2024, 3, 15),
            achieved_to=date(2024, 4, 30), integrity=Nomination.Integrity.CLEAN,
        )  # fmt: skip
        made = nominating.add_nomination(dossier, who, what, by=officer, at=DRAFTED)
        Candidate.objects.filter(pk=made.candidate_id).update(is_demonstration=True)
        self._prove(made, dossier, officer)

    def _prove(self, made: Nomination, dossier: Dossier, officer: User) -> None:
        """Tied to activities the unit really has, each nominee to others; else told in words."""
        place = dossier.nominations.count() - 1
        offered = sources_offered(dossier)
        activities = _part(offered.activities, place)
        figures = _part(offered.figures, place)
        if activities or figures:
            nominating.choose_sources(made, activities, figures, by=officer, at=DRAFTED)
            return
        made.achievement = (
            f"{made.candidate} trực tiếp tham gia các hoạt động của {dossier.unit} hưởng ứng Đợt"
            " Thi đua, hoàn thành tốt nhiệm vụ được giao (thành tích mẫu)."
        )
        made.summary = "Tham gia tích cực các hoạt động của Đợt Thi đua (mẫu)"
        made.note_keys()
        made.save()

    def _letter(self, dossier: Dossier, head: User, officer: User) -> None:
        facts = LetterFacts(
            letter_number=f"{20 + dossier.pk}/TTr-{dossier.unit.short_name.replace(' ', '')}",
            letter_date=SIGNED.date(), signer_name=head.full_name,
            signer_position="Thủ trưởng đơn vị",
            reason="", council_met_on=DRAFTED.date(), council_members=9, council_present=8,
            council_chair=head.full_name, council_secretary=officer.full_name,
            council_notes="Hội đồng thảo luận, thống nhất từng trường hợp (mẫu).",
        )  # fmt: skip
        dossiers.change_letter(dossier, facts, by=officer, at=DRAFTED + timedelta(hours=4))

    def _receive(self, dossier: Dossier, step: str) -> None:
        if step == "submitted":
            return
        papers = AwardPaper.objects.current().filter(dossier=dossier)
        if step == "returned":
            mends = [
                Mend("Biên bản chưa có chữ ký của thư ký (mẫu)", "minutes"),
                Mend(
                    "Ghi rõ hơn thành tích của hộ gia đình (mẫu)",
                    nomination=dossier.nominations.first(),
                ),
            ]
            reception.return_dossier(
                dossier, mends, due=date(2024, 5, 24), note="", by=self.reviewer, at=RECEIVED
            )
            return
        for paper in papers.select_related("dossier__unit"):
            reception.tick_paper(paper, accepted=True, note="", by=self.reviewer, at=RECEIVED)
        try:
            reception.declare_complete(dossier, by=self.reviewer, at=RECEIVED)
        except Refused:
            return  # two nominees look alike: here too a person has to decide first
        if step == "appraised" and self.now >= APPRAISED:
            self._appraise(dossier)

    def _appraise(self, dossier: Dossier) -> None:
        for nomination in dossier.nominations.select_related("dossier__unit").order_by("pk"):
            reception.appraise_nomination(
                nomination, Nomination.Opinion.RECOMMENDED, by=self.reviewer, at=APPRAISED,
                reason="Thành tích phù hợp với báo cáo của đơn vị trên Cổng (mẫu).",
            )  # fmt: skip


def _part(rows: Sequence[Activity | Figure], place: int) -> list[int]:
    """Two of them, each nominee other ones."""
    return [row.pk for row in rows[place * 2 : place * 2 + 2]]
