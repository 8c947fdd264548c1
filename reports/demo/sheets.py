"""Demonstration score sheets: one block on its way through the levels, one ranked and published.

Answers are made up from the formulas themselves, so that every point can be explained; the way of
each sheet is walked by the same actions as a person's.
"""

from datetime import date, datetime, time
from decimal import Decimal
from random import Random

from django.db import transaction

from accounts.models import User
from campaign.models import Campaign
from lib import clock
from scoring.actions import mark, ranking, sheet
from scoring.actions.cross import assign_cross
from scoring.datasets.sheet import criteria_of
from scoring.formula import Basis, Question, Relative, read_answer
from scoring.models import Criterion, Evidence, Level, Mark, ScoreSheet, ScoringScale
from scoring.ranking import DEFAULT_RULES
from units.models import BlockMembership, Membership, Unit

ON_THE_WAY, FINISHED = "K04", "K06"
SCORED_DAY, PUBLISHED_DAY = date(2024, 12, 16), date(2025, 3, 11)
NOT_BEGUN, UNSENT, APPRAISED = "SNNPTNT", "SXD", 3
Role = Membership.Role


def write_sheets(campaign: Campaign, *, now: datetime) -> int:
    """How many sheets were made; none before the end of the year, or where there are some."""
    at = _at(SCORED_DAY)
    if now < at or ScoreSheet.objects.exists():
        return 0
    with transaction.atomic():
        for scale in _scales(campaign, ON_THE_WAY):
            _walk_part_of_the_way(scale, at)
        for scale in _scales(campaign, FINISHED):
            if now >= _at(PUBLISHED_DAY):
                _walk_to_the_end(scale, at)
    return ScoreSheet.objects.count()


def _at(day: date) -> datetime:
    return datetime.combine(day, time(14, 10), clock.LOCAL)


def _scales(campaign: Campaign, code: str) -> list[ScoringScale]:
    rows = ScoringScale.objects.in_force().filter(block__code=code, year=campaign.year)
    return list(rows.select_related("block"))


def person(role: str, unit: Unit | None = None, *, besides: Unit | None = None) -> User:
    rows = Membership.objects.filter(role=role, user__is_demonstration=True)
    if unit:
        rows = rows.filter(unit=unit)
    if besides:
        rows = rows.exclude(user__memberships__unit=besides)
    return rows.select_related("user").order_by("pk")[0].user


def _walk_part_of_the_way(scale: ScoringScale, at: datetime) -> None:
    """Most have sent; one is still writing, one has not begun; the block has appraised a few."""
    members = list(scale.members())
    sent = [
        _scored(scale, row.unit, at, is_sent=row.unit.code != UNSENT)
        for row in members
        if row.unit.code != NOT_BEGUN
    ]
    lead_unit = next(row.unit for row in members if row.role == BlockMembership.Role.LEAD)
    lead = person(Role.BLOCK_LEAD, lead_unit)
    assign_cross(scale, by=lead, at=at)
    waiting = [one for one in sent if one.status == "submitted" and one.unit != lead_unit]
    for one in waiting[:APPRAISED]:
        _appraise_for_block(one, lead, at)


def _walk_to_the_end(scale: ScoringScale, at: datetime) -> None:
    """Everybody through all levels, the sheets locked, the ranking public."""
    members = list(scale.members())
    lead_unit = next(row.unit for row in members if row.role == BlockMembership.Role.LEAD)
    lead, chief = person(Role.BLOCK_LEAD, lead_unit), person(Role.BOARD_HEAD)
    later = _at(PUBLISHED_DAY)
    for row in members:
        one = _scored(scale, row.unit, at)
        reviewer = person(Role.REVIEWER, besides=row.unit)
        if row.unit == lead_unit:
            sheet.finish_block_appraisal(one, by=reviewer, at=later)
        else:
            _appraise_for_block(one, lead, later)
        sheet.accept_rest(one, Level.BOARD, by=reviewer, at=later)
        sheet.finish_board_appraisal(one, by=reviewer, at=later)
        sheet.lock_sheet(one, by=chief, at=later)
    made = ranking.draft_ranking(scale, DEFAULT_RULES, {}, by=lead, at=later)
    if not made.rows.filter(is_open=True).exists():
        ranking.publish_ranking(made, by=chief, at=later)


def _appraise_for_block(one: ScoreSheet, lead: User, at: datetime) -> None:
    criterion = one.scale.criteria.filter(code="B.3").first()
    if criterion:
        reason = "Chưa có văn bản xếp loại của một đoàn thể."
        said = mark.Answer(Level.BLOCK, "scored", {"points": "15"}, reason)
        mark.answer_criterion(one, criterion, said, by=lead, at=at)
    sheet.accept_rest(one, Level.BLOCK, by=lead, at=at)
    sheet.finish_block_appraisal(one, by=lead, at=at)


def _scored(scale: ScoringScale, unit: Unit, at: datetime, *, is_sent: bool = True) -> ScoreSheet:
    head = person(Role.HEAD, unit)
    one = sheet.start_sheet(unit, scale.year, by=head, at=at)
    random = Random(f"{unit.code}-{scale.year}")  # noqa: S311 - repeatable, nothing secret
    criteria = criteria_of(scale)
    asked = [each for each in criteria if not each.is_group and each.formula().questions()]
    answered = asked if is_sent else asked[: len(asked) // 2]
    Mark.objects.bulk_create(_mark(one, each, random, head, at) for each in answered)
    Evidence.objects.bulk_create(
        Evidence(
            sheet=one, criterion=each, link="https://example.vn/minh-chung", added_at=at,
            name=f"{each.evidence_note or 'Minh chứng'} (mẫu)"[:200], added_by=head,
        )
        for each in answered
        if each.evidence_required
    )  # fmt: skip
    if is_sent:
        sheet.submit_sheet(one, by=head, at=at)
    return one


def _mark(one: ScoreSheet, criterion: Criterion, random: Random, head: User, at: datetime) -> Mark:
    formula = criterion.formula()
    typed = {each.name: _typed(each, criterion, random) for each in formula.questions()}
    given = read_answer(formula.questions(), typed)
    peers = (Decimal(1),) if isinstance(formula, Relative) else ()
    outcome = formula.score(given, Basis(criterion.max_points, peers=peers))
    return Mark(
        sheet=one, criterion=criterion, level=Level.SELF, kind=outcome.kind.value,
        inputs={name: str(value) for name, value in given.items()}, points=outcome.points,
        because=outcome.because, by=head, at=at,
    )  # fmt: skip


def _typed(question: Question, criterion: Criterion, random: Random) -> str:
    """A good year, seldom a perfect one."""
    if question.choices:
        best = question.choices[-1] if criterion.method == "review" else question.choices[0]
        return random.choice([best, best, best, question.choices[1]])
    by_name = {
        "total": "20", "total0": "20", "missed": str(random.choice([0, 0, 1])),
        "points": str(int(criterion.max_points) - random.choice([0, 1, 2])),
        "value1": "0", "value0": str(random.choice([92, 96, 99])),
        "share": str(random.choice([90, 95, 98])),
        "count": str(random.choice([0, 0, 1])) if criterion.section == "bonus" else "0",
    }  # fmt: skip
    return by_name.get(question.name) or str(random.choice([17, 18, 19, 20]))
