"""Two units' dossiers that went as far as the appraisal, for the council of the demonstration to
decide on. Made by the actions of the people who would make them; names marked “(mẫu)”."""

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import User
from awards.actions import dossier as dossiers
from awards.actions import nomination as nominating
from awards.actions import reception
from awards.datasets.typed import CandidateFacts, LetterFacts, NominationFacts
from awards.models import AwardForm, AwardPaper, Candidate, Dossier, Nomination, Recipient
from campaign.models import Campaign
from reports.demo.scenario import moment
from units.models import Unit

DRAFTED, SIGNED = moment(date(2024, 5, 3), 9, 0), moment(date(2024, 5, 6), 15, 0)
RECEIVED, APPRAISED = moment(date(2024, 5, 7), 10, 0), moment(date(2024, 5, 13), 14, 0)
PERSON, GROUP = Recipient.INDIVIDUAL, Recipient.COLLECTIVE
WORKER, LEADER = Candidate.Rank.DIRECT_WORKER, Candidate.Rank.OTHER_LEADER


@dataclass(frozen=True)
class Nominee:
    recipient: str
    name: str
    position: str
    gender: str
    rank: str
    done: str


@dataclass(frozen=True)
class Story:
    code: str
    signs_as: str
    nominees: tuple[Nominee, ...]


STORIES = (
    Story(
        "SNNPTNT", "Giám đốc",
        (
            Nominee(GROUP, "Trạm Khuyến nông liên xã (mẫu)", "", "", "",
                    "Chuyển giao kỹ thuật trồng mía cho 320 hộ ở các xã biên giới"),
            Nominee(PERSON, "Lý Thị Kim Ngân (mẫu)", "Kỹ sư nông nghiệp", "female", WORKER,
                    "Hướng dẫn 85 hộ nghèo chuyển đổi cây trồng, tăng thu nhập"),
            Nominee(PERSON, "Đỗ Hoàng Phúc (mẫu)", "Phó Trưởng phòng", "male", LEADER,
                    "Tham mưu kế hoạch thi đua của ngành, hoàn thành trước hạn"),
        ),
    ),
    Story(
        "BCHQS", "Chỉ huy trưởng",
        (
            Nominee(GROUP, "Đội công tác dân vận (mẫu)", "", "", "",
                    "Sửa 12 nhà tình nghĩa, khám bệnh cho 640 người dân biên giới"),
            Nominee(PERSON, "Trương Minh Khang (mẫu)", "Trợ lý Dân vận", "male", WORKER,
                    "Trực tiếp chỉ huy đội công tác ở 4 xã biên giới suốt đợt thi đua"),
        ),
    ),
)  # fmt: skip
CODES = tuple(story.code for story in STORIES)


def nominate(campaign: Campaign, people: dict[str, User]) -> list[Nomination]:
    """All of them, appraised; none where the catalogue is empty."""
    form = AwardForm.objects.in_force(on=SIGNED.date()).filter(code="BK-TINH").first()
    made: list[Nomination] = []
    for story in STORIES:
        unit = Unit.objects.filter(code=story.code).first()
        if form is not None and unit is not None:
            made += _Play(campaign, form, people, story).play(unit)
    return made


class _Play:
    def __init__(
        self, campaign: Campaign, form: AwardForm, people: dict[str, User], story: Story
    ) -> None:
        self.campaign, self.form, self.story = campaign, form, story
        self.officer = people[f"{story.code.lower()}.chuyenvien"]
        self.head = people[f"{story.code.lower()}.thutruong"]
        self.reviewer = people["btdkt.chuyenvien2"]

    def play(self, unit: Unit) -> list[Nomination]:
        dossier = dossiers.start_dossier(self.campaign, unit, by=self.officer, at=DRAFTED)
        for nominee in self.story.nominees:
            self._nominate(dossier, nominee)
        dossiers.change_letter(dossier, self._letter(), by=self.officer, at=DRAFTED)
        dossiers.hand_to_head(dossier, by=self.officer, at=DRAFTED + timedelta(hours=5))
        dossiers.sign_dossier(dossier, by=self.head, at=SIGNED)
        return self._appraised(dossier)

    def _nominate(self, dossier: Dossier, nominee: Nominee) -> None:
        is_group = nominee.recipient == GROUP
        who = CandidateFacts(
            recipient=nominee.recipient, name=nominee.name, position=nominee.position,
            workplace="", gender=nominee.gender, rank=nominee.rank,
            member_count=10 if is_group else None, women_count=4 if is_group else None,
        )  # fmt: skip
        what = NominationFacts(
            form=self.form, ground="thematic", achieved_from=date(2024, 3, 15),
            achieved_to=date(2024, 4, 30), achievement=f"{nominee.done} (thành tích mẫu).",
            summary=nominee.done, integrity=Nomination.Integrity.CLEAN,
        )  # fmt: skip
        made = nominating.add_nomination(dossier, who, what, by=self.officer, at=DRAFTED)
        Candidate.objects.filter(pk=made.candidate_id).update(is_demonstration=True)

    def _letter(self) -> LetterFacts:
        return LetterFacts(
            letter_number=f"45/TTr-{self.story.code}", letter_date=SIGNED.date(),
            signer_name=self.head.full_name, signer_position=self.story.signs_as, reason="",
            council_met_on=DRAFTED.date(), council_members=9, council_present=8,
            council_chair=self.head.full_name, council_secretary=self.officer.full_name,
            council_notes="Hội đồng thống nhất từng trường hợp (mẫu).",
        )  # fmt: skip

    def _appraised(self, dossier: Dossier) -> list[Nomination]:
        papers = AwardPaper.objects.current().filter(dossier=dossier)
        for paper in papers.select_related("dossier__unit"):
            reception.tick_paper(paper, accepted=True, note="", by=self.reviewer, at=RECEIVED)
        reception.declare_complete(dossier, by=self.reviewer, at=RECEIVED)
        rows = list(dossier.nominations.select_related("dossier__unit").order_by("pk"))
        for nomination in rows:
            reception.appraise_nomination(
                nomination, Nomination.Opinion.RECOMMENDED, by=self.reviewer, at=APPRAISED,
                reason="Thành tích rõ, đúng đối tượng (mẫu).",
            )  # fmt: skip
        return rows
