"""A province in which every text of every sub-plan is one word that stands nowhere else.

Units of each scope have one sub-plan in each state; who belongs to "own" belongs to all of
those. A word that is read where it should not be is a leak, whatever page carried it.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any
from zipfile import ZipFile, is_zipfile

from accounts.models import AuditEvent, Mail
from awards.models import Nomination
from campaign.models import (
    Activity,
    ChecklistMark,
    Evidence,
    Exclusion,
    InternalNote,
    Obligation,
    ProgressReport,
    ReturnReason,
    SubPlan,
    Visit,
)
from files.models import StoredFile
from files.store import path_of
from lib import clock
from reports.models import Paper
from scoring.models import BlockYear, ScoreSheet
from tests.factories import (
    ActivityFactory,
    AdministratorFactory,
    BlockFactory,
    BlockMembershipFactory,
    BoardHeadFactory,
    CampaignFactory,
    CouncilMemberFactory,
    EvidenceFactory,
    FileTextFactory,
    LeadershipFactory,
    MembershipFactory,
    PlanItemFactory,
    PlannedActivityFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReviewerFactory,
    StoredFileFactory,
    SubPlanFactory,
    SubPlanFileFactory,
    UnitFactory,
    UserFactory,
)
from tests.matrix.block_year import let_words_into_year
from tests.matrix.inspected import let_words_in
from tests.matrix.nominated import sing_awards
from tests.matrix.passages import let_paper_sing
from tests.matrix.scoring import let_sheet_sing
from tests.matrix.told import sing
from units.models import BlockMembership, Membership

SCOPES = ("own", "same_block", "other_block")
CODE = "2024-HC"
STATES = (
    "draft", "awaiting_head", "submitted", "under_review", "returned", "void", "accepted",
    "withdrawn",
)  # fmt: skip
TEXTS = (
    "signer_name", "signer_position", "legal_basis", "purpose", "theme",
    "organisation", "commendation", "ho_chi_minh_link",
)  # fmt: skip
ACTIVITY = (
    "title", "lead_text", "participants_text", "place", "quantity_unit", "cost_source", "product",
    "person_responsible",
)  # fmt: skip

FOLLOWED = ("beneficiary", "result", "status_reason")
WORD = re.compile(rb"HC[0-9a-f]{12}")


@dataclass(frozen=True)
class Canary:
    """`kind`: title and content (what the unit sends), drafting (how it came to be), reason, internal;
    proof (evidence), words and writing (of a report, how it came to be), in
    the states activity, report_draft and report_sent; minutes (of inspections), in the states
    visit_planned, visit_held and follow_up; marks (of a score sheet) and scoring (how it came to be
    in the unit), in the states sheet_draft and sheet_sent; block (the year of a block), in the state
    block_year; passage (of a report's paper), in the state paper_draft."""

    scope: str
    state: str
    kind: str
    field: str

    @property
    def word(self) -> str:
        return "HC" + hashlib.sha256(repr(self).encode()).hexdigest()[:12]


class Aviary:
    """The province, its canaries by word, and the addresses where they might be heard."""

    def __init__(self) -> None:
        self.canaries: dict[str, Canary] = {}
        self.sub_plans: dict[tuple[str, str], SubPlan] = {}
        self.evidence: list[Evidence] = []
        self.reports: list[ProgressReport] = []
        self.followed: list[Activity] = []
        self.visits, self.nominations = list[Visit](), list[Nomination]()
        self.follow_ups: list[Obligation] = []
        self.sheets, self.years = list[ScoreSheet](), list[BlockYear]()
        self.campaign = CampaignFactory(code=CODE)  # the newest, and so the current one
        self.item, self.solution = (
            PlanItemFactory(code="II.1", content=True, campaign=self.campaign),
            PlanItemFactory(solution=True, campaign=self.campaign),
        )
        home, elsewhere = BlockFactory(), BlockFactory()
        for scope in SCOPES:
            block = elsewhere if scope == "other_block" else home
            for state in STATES:
                self.sub_plans[scope, state] = self._hatch(block, scope, state)
            self._prove(scope, self.sub_plans[scope, "draft"].unit)
            self._inspect(scope, self.sub_plans[scope, "draft"].unit)
            self._nominate(scope, self.sub_plans[scope, "draft"].unit)
            self._score(scope, block)
            if scope != "same_block":  # the block of "own" is that of "same_block"
                say = partial(self.word, scope, "block_year", "block")
                unit = self.sub_plans[scope, "draft"].unit
                self.years.append(let_words_into_year(block, unit, say))
        self.papers = [self._report(scope) for scope in ("own", "other_block")]
        self.people = self._people()
        subject = self.word("own", "", "letter", "subject")
        Mail.objects.post(to=self.people["officer"], subject=subject, body="", at=clock.now())

    def word(self, scope: str, state: str, kind: str, field: str) -> str:
        canary = Canary(scope, state, kind, field)
        self.canaries[canary.word] = canary
        return canary.word

    def _hatch(self, block: Any, scope: str, state: str) -> SubPlan:
        def say(kind: str, field: str) -> str:
            return self.word(scope, state, kind, field)

        unit = UnitFactory()
        BlockMembershipFactory(unit=unit, block=block)
        texts = {name: say("content", name) for name in TEXTS}
        texts["document_number"] = say("title", "document_number")
        trait = {} if state == "draft" else {state: True}
        made = SubPlanFactory(
            campaign=self.campaign, unit=unit, signed_file=False, **trait, **texts
        )  # fmt: skip
        content = f"%PDF-1.7\n{say('content', 'file')}\n%%EOF\n".encode()
        SubPlanFileFactory(
            sub_plan=made, name=f"{say('content', 'file name')}.pdf",
            stored=StoredFileFactory(content=content, on_disk=True),
        )  # fmt: skip
        said = {name: say("content", name) for name in ACTIVITY}
        PlannedActivityFactory(sub_plan=made, plan_items=[self.item], **said)
        Exclusion.objects.create(
            sub_plan=made, plan_item=self.solution, reason=say("content", "exclusion")
        )
        self._talk(made, say)
        if state == "accepted":
            self.followed.append(self._follow(unit, say))
        return made

    def _inspect(self, scope: str, unit: Any) -> None:
        """Minutes before and after the visit was held, and what followed from one."""
        visits, owed = let_words_in(unit, self.campaign, partial(self.word, scope))
        self.visits += visits
        self.follow_ups += owed

    def _nominate(self, scope: str, unit: Any) -> None:
        """A dossier for an award that is being drafted, and one that was sent."""
        self.nominations += sing_awards(unit, self.campaign, partial(self.word, scope))

    def _prove(self, scope: str, unit: Any) -> None:
        """Evidence of an activity, of a report being written and of one that was sent."""
        periods = [ReportingPeriodFactory(campaign=self.campaign, month=month) for month in (4, 5)]
        subjects = {
            "activity": {"activity": ActivityFactory(campaign=self.campaign, lead_unit=unit)},
            "report_draft": {"report": ProgressReportFactory(unit=unit, period=periods[1])},
            "report_sent": {
                "report": ProgressReportFactory(unit=unit, period=periods[0], submitted=True)
            },
        }
        for state in ("report_draft", "report_sent"):
            self.reports.append(subjects[state]["report"])
            sing(self.reports[-1], partial(self.word, scope, state))
        for state, subject in subjects.items():
            content = f"%PDF-1.7\n{self.word(scope, state, 'proof', 'file')}\n%%EOF\n".encode()
            piece = EvidenceFactory(
                **{"activity": None, **subject},
                caption=self.word(scope, state, "proof", "caption"),
                stored=StoredFileFactory(content=content, on_disk=True),
            )
            self.evidence.append(piece)

    def _score(self, scope: str, block: Any) -> None:
        """A sheet that is being written and one that was sent, of two units of the scope."""
        for state, of in (("sheet_draft", "draft"), ("sheet_sent", "submitted")):
            unit = self.sub_plans[scope, of].unit
            self.sheets.append(let_sheet_sing(unit, block, state, partial(self.word, scope, state)))

    def _report(self, scope: str) -> Paper:
        """The paper of a unit's own report while the board words it."""
        unit = self.sub_plans[scope, "draft"].unit
        return let_paper_sing(unit, self.campaign, partial(self.word, scope))

    def _follow(self, unit: Any, say: Any) -> Activity:
        """What goes on is heard by those who hear what was accepted."""
        said = {name: say("content", f"followed {name}") for name in (*ACTIVITY, *FOLLOWED)}
        return ActivityFactory(
            campaign=self.campaign, lead_unit=unit, plan_items=[self.item], quantity=1, done=True,
            kind="sponsorship", **said,
        )  # fmt: skip

    def _talk(self, made: SubPlan, say: Any) -> None:
        """What was said about it: inside the unit, to the unit, inside the board."""
        officer = made.created_by
        for number, verb in enumerate(("handed back", "file_detached", "activity_removed")):
            AuditEvent.objects.record(
                made, verb, by=officer, at=made.created_at, label=f"Việc {number}",
                note=say("drafting", verb),
            )  # fmt: skip
        if made.submitted_at is None:
            return
        by, at = UserFactory(), clock.now()
        InternalNote.objects.create(sub_plan=made, text=say("internal", "note"), by=by, at=at)
        ChecklistMark.objects.create(
            sub_plan=made, line="form", is_good=False, reason=say("internal", "mark"), by=by, at=at
        )
        if made.status == SubPlan.Status.RETURNED:
            ReturnReason.objects.create(sub_plan=made, line="form", text=say("reason", "reason"))

    def _people(self) -> dict[str, Any]:
        """As in the matrix; those of a unit belong to every unit of the scope "own"."""
        board, role = UnitFactory(), Membership.Role
        people = {
            "ex_member": UserFactory(),
            "reviewer": ReviewerFactory(board),
            "board_head": BoardHeadFactory(board),
            "council_member": CouncilMemberFactory(board),
            "leadership": LeadershipFactory(board),
            "administrator": AdministratorFactory(board),
        }
        of_unit = {
            "officer": role.OFFICER, "unit_head": role.HEAD, "block_lead": role.BLOCK_LEAD,
            "reviewer_of_own_unit": role.REVIEWER,
        }  # fmt: skip
        own = [plan.unit for (scope, _), plan in self.sub_plans.items() if scope == "own"]
        for name, held in of_unit.items():
            people[name] = UserFactory()
            for unit in own:
                MembershipFactory(user=people[name], unit=unit, role=held)
        MembershipFactory(user=people["ex_member"], unit=own[0], over=True)
        BlockMembership.objects.filter(unit=own[0]).update(role=BlockMembership.Role.LEAD)
        return people


def let_files_be_read() -> None:
    """As a worker would have read them: what stands in a file can be searched for."""
    for stored in StoredFile.objects.all():
        if path_of(stored.sha256).exists():
            found = WORD.findall(path_of(stored.sha256).read_bytes())
            FileTextFactory(stored=stored, text=" ".join(word.decode() for word in found))


def words_in(answer: Any) -> set[str]:
    """Every canary in an answer; a workbook is opened first."""
    return {found.decode() for part in _parts(answer.whole) for found in WORD.findall(part)}


def _parts(content: bytes) -> Iterator[bytes]:
    yield content
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as packed:
            for name in packed.namelist():
                yield packed.read(name)
