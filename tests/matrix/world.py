"""A province of four units, one person of every kind, and one of everything they could ask for.

Built once for all cells; what a cell does is rolled back. Three units stand for the three
scopes: the principals' own unit, one of the same block, one of another block. A fourth is the
unit where the board, the council and the leadership work.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.models import Mail
from campaign.models import (
    Activity,
    Campaign,
    ChasingLetter,
    Evidence,
    Extension,
    Indicator,
    InternalNote,
    Obligation,
    PlanItem,
    PlannedActivity,
    ProgressReport,
    ReportingPeriod,
    ReviewAssignment,
    SubPlan,
    SubPlanFile,
)
from files.models import StagedFile
from lib import clock
from reports.datasets.snapshot import digest, snapshot
from reports.kinds import PROGRESS
from reports.models import Paper, Report
from tests.factories import (
    ActivityFactory,
    AdministratorFactory,
    BlockFactory,
    BlockLeadFactory,
    BlockMembershipFactory,
    BoardHeadFactory,
    CampaignFactory,
    CouncilMemberFactory,
    DutyFactory,
    EvidenceFactory,
    HeadFactory,
    IndicatorFactory,
    LeadershipFactory,
    MembershipFactory,
    OfficerFactory,
    ParticipationFactory,
    PlanItemFactory,
    PlannedActivityFactory,
    ReportingPeriodFactory,
    ReviewerFactory,
    StoredFileFactory,
    SubPlanFactory,
    SubPlanFileFactory,
    UnitFactory,
    UserFactory,
)
from tests.matrix import block_year, council, keyed, likeness, nominated, papered, readings, scoring
from tests.matrix.inspected import Inspected, a_round, inspect
from tests.matrix.looked import save_view
from tests.matrix.told import Told, tell
from units.models import Block, Membership, Unit

SCOPES = ("own", "same_block", "other_block")
PRINCIPALS = (
    "anonymous", "deactivated", "ex_member", "officer", "unit_head", "block_lead", "reviewer",
    "board_head", "council_member", "leadership", "administrator",
    # beside the eleven: rights that meet in one person
    "officer_and_reviewer", "reviewer_of_own_unit",
)  # fmt: skip
SENT_AT = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)
NEVER_SENT = {"draft", "awaiting_head"}
Status = SubPlan.Status


@dataclass
class Place:
    """What one unit has."""

    unit: Unit
    owed: Obligation
    earlier: SubPlan
    version: SubPlan
    file: SubPlanFile
    activity: PlannedActivity
    followed: Activity
    evidence: Evidence
    told: Told
    inspected: Inspected

    @property
    def report(self) -> ProgressReport:
        return self.told.report


@dataclass
class World:
    campaign: Campaign
    places: dict[str, Place]
    people: dict[str, Any]
    item: PlanItem
    duty: PlanItem
    reports: dict[str, Report]
    indicator: Indicator
    periods: dict[str, ReportingPeriod]
    letter: ChasingLetter
    failed_mail: Mail
    staged: dict[str, StagedFile] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)

    def put(self, scope: str, state: str) -> None:
        """Set the open version of a unit to a state, as if it had come there by its moves."""
        place, sender = self.places[scope], self.people["unit_head"]
        sent: dict[str, Any] = {"submitted_at": None, "submitted_by": None, "receipt_code": None}
        if state not in NEVER_SENT:
            sent = {
                "submitted_at": SENT_AT,
                "submitted_by": sender,
                "receipt_code": f"2024-M{place.version.pk:09X}",
            }
        held = self.people["reviewer"] if state in {"under_review", "returned"} else None
        SubPlan.objects.filter(pk=place.version.pk).update(status=state, reviewer=held, **sent)
        place.told.put(state, sender=sender, reviewer=self.people["reviewer"])


def build() -> World:
    campaign = CampaignFactory()
    home, elsewhere = BlockFactory(), BlockFactory()
    units = {
        "own": UnitFactory(name="Sở Của mình"),
        "same_block": UnitFactory(name="Sở Cùng khối"),
        "other_block": UnitFactory(name="Sở Khác khối"),
    }
    for scope, unit in units.items():
        BlockMembershipFactory(unit=unit, block=elsewhere if scope == "other_block" else home)
    item = PlanItemFactory(code="II.1", content=True)
    duty = DutyFactory(item__code="IV.3.1").item
    indicator, periods = IndicatorFactory(), _periods(units.values())
    places = {scope: _place(unit, item, indicator) for scope, unit in units.items()}
    people = _people(units["own"])
    world = World(
        campaign, places, people, item, duty, {}, indicator, periods,
        _letter(campaign, places, people), _failed_mail(people["officer"]),
    )  # fmt: skip
    save_view(people["officer"])
    for name, person in people.items():
        if person is not None:
            world.staged[name] = _stage(person)
    for scope in SCOPES:
        world.put(scope, "submitted")
        world.reports = world.reports or _reports(campaign)
        world.put(scope, "draft")
    scoring.furnish(world)
    block_year.furnish(world)
    nominated.furnish(world)
    world.papers = papered.furnish(world)
    likeness.furnish(world)
    council.furnish(world)
    keyed.furnish(world)
    a_round("Đợt trống")
    _for_the_administration(world)
    return world


def _for_the_administration(world: World) -> None:
    """One row of every list an administrator may open."""
    at, owed = clock.now(), world.places["other_block"].owed
    head, reviewer = world.people["board_head"], world.people["reviewer"]
    readings.hand_in()
    Mail.objects.post(to=head, subject="Thư", body="", at=at)
    Extension.objects.create(
        obligation=owed, due_date=owed.due_date, reason="Lý do", document_number="1/B",
        by=head, at=at,
    )  # fmt: skip
    ReviewAssignment.objects.create(block=Block.objects.first(), year=2024, reviewer=reviewer)
    for person in filter(None, world.people.values()):
        person.password = make_password("mat-khau-thu-nghiem", hasher="md5")
        person.save(update_fields=["password"])


def _periods(units: Iterable[Unit]) -> dict[str, ReportingPeriod]:
    planned = ReportingPeriodFactory(month=6, planned=True)
    planned.owing_units.set(units)
    return {
        "planned": planned,
        "open": ReportingPeriodFactory(month=4, owing=list(units)),
        "locked": ReportingPeriodFactory(month=5, locked=True, owing=list(units)),
    }


def _place(unit: Unit, item: PlanItem, indicator: Indicator) -> Place:
    earlier = SubPlanFactory(returned=True, unit=unit)
    version = SubPlanFactory(
        unit=unit, version=2, signed_file=False, document_number="12/KH-STN", purpose="Mục đích."
    )
    file = SubPlanFileFactory(sub_plan=version, stored=StoredFileFactory(on_disk=True))
    activity = PlannedActivityFactory(sub_plan=version, plan_items=[item])
    InternalNote.objects.create(
        sub_plan=version, text="Ghi chú", by=earlier.decided_by, at=earlier.decided_at
    )
    followed = ActivityFactory(lead_unit=unit, place=unit.name, plan_items=[item])
    ParticipationFactory(activity=followed, unit=UnitFactory(name=f"Nơi phối hợp với {unit.name}"))
    evidence = EvidenceFactory(
        activity=followed, stored=StoredFileFactory(on_disk=True),
        thumbnail=StoredFileFactory(on_disk=True),
    )  # fmt: skip
    told = tell(unit, indicator)
    return Place(
        unit, earlier.obligation(), earlier, version, file, activity, followed, evidence, told,
        inspect(unit),
    )  # fmt: skip


def _people(own: Unit) -> dict[str, Any]:
    board = UnitFactory(name="Ban Thi đua - Khen thưởng")
    BlockMembershipFactory(unit=board)
    former = UserFactory()
    MembershipFactory(user=former, unit=own, over=True)
    both = OfficerFactory(own)
    MembershipFactory(user=both, unit=board, role=Membership.Role.REVIEWER)
    return {
        "anonymous": None,
        "deactivated": OfficerFactory(own),
        "ex_member": former,
        "officer": OfficerFactory(own),
        "unit_head": HeadFactory(own),
        "block_lead": BlockLeadFactory(unit=own),
        "reviewer": ReviewerFactory(board),
        "board_head": BoardHeadFactory(board),
        "council_member": CouncilMemberFactory(board),
        "leadership": LeadershipFactory(board),
        "administrator": AdministratorFactory(board),
        "officer_and_reviewer": both,
        "reviewer_of_own_unit": ReviewerFactory(own),
    }


def _stage(owner: Any) -> StagedFile:
    at = clock.now()
    return StagedFile.objects.create(
        owner=owner, stored=StoredFileFactory(on_disk=True), name="ban-quet.pdf",
        created_at=at, expires_at=at + timedelta(hours=48),
    )  # fmt: skip


def _letter(campaign: Campaign, places: dict[str, Place], people: dict[str, Any]) -> ChasingLetter:
    letter = ChasingLetter.objects.create(
        campaign=campaign, kind=ChasingLetter.Kind.URGE, new_due_date=campaign.ends_on,
        docx=StoredFileFactory(on_disk=True), pdf=StoredFileFactory(on_disk=True),
        by=people["reviewer"], at=SENT_AT,
    )  # fmt: skip
    letter.obligations.set(place.owed for place in places.values())
    return letter


def _failed_mail(person: Any) -> Mail:
    mail = Mail.objects.post(to=person, subject="Nhắc việc", body="", at=SENT_AT)
    Mail.objects.filter(pk=mail.pk).update(state=Mail.State.FAILED, finished_at=SENT_AT)
    return mail


def _reports(campaign: Campaign) -> dict[str, Report]:
    at, asker = clock.now(), UserFactory()
    made = {
        state: Report.objects.ask(campaign, as_of=at, by=asker, at=at)
        for state in ("queued", "failed", "done")
    }
    figures = snapshot(campaign, at, None, PROGRESS)
    papers = {kind: StoredFileFactory(on_disk=True) for kind in ("docx", "pdf", "xlsx")}
    Report.objects.filter(pk=made["failed"].pk).update(state="failed", finished_at=at)
    Report.objects.filter(pk=made["done"].pk).update(
        state="done",
        kind=PROGRESS.code,
        finished_at=at,
        snapshot=figures,
        digest=digest(figures),
        **papers,
    )
    return made
