"""Plays the months after the sub-plans through the real actions: periods, activities, reports.

April and May 2024: most units report, some late, some sent back, some with nothing to report; a
few activities are joint, confirmed or contested; in May somebody corrects April. Nothing that
would come after `now` has happened.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction
from django.db.models import QuerySet

from accounts.job import Job
from accounts.models import Mail, User
from campaign.actions import activity_moves, correction, joint_activity, submission
from campaign.actions import period as periods
from campaign.actions import report as reporting
from campaign.actions import report_review as reviewing
from campaign.models import (
    Activity,
    Campaign,
    Figure,
    Indicator,
    Participation,
    ProgressReport,
    ReportingPeriod,
    ReportSection,
    SubPlan,
)
from lib import clock
from lib.windows import month
from reports.demo.report_stories import Fate, ReportStory, report_stories
from reports.demo.scenario import moment
from reports.demo.texts import person, report_texts
from units.models import Unit

YEAR = 2024
MONTHS = (4, 5)
OWING = 24  # the first whose sub-plan was accepted; more would make the first start slow
JOINT = 6
EXPLAINED = "Đã đối chiếu với báo cáo của các bộ phận (mẫu)"


@transaction.atomic
def write_progress(campaign: Campaign, *, now: datetime) -> int:
    """All reports of the demonstration; 0 where there is a period already, or none has come."""
    if ReportingPeriod.objects.filter(campaign=campaign).exists():
        return 0
    play = _Months(campaign, now)
    if not play.units:
        return 0
    for number in MONTHS:
        play.month(number)
    # Nobody reads letters at these addresses, and hundreds of wake-ups help nobody.
    Mail.objects.filter(to__is_demonstration=True, state=Job.State.QUEUED).update(
        state=Job.State.CANCELLED
    )
    transaction.get_connection().run_on_commit.clear()
    return ProgressReport.objects.filter(period__campaign=campaign).count()


class _Months:
    """The people and the units that report, read once."""

    def __init__(self, campaign: Campaign, now: datetime) -> None:
        self.campaign, self.now = campaign, now
        accepted = SubPlan.objects.filter(campaign=campaign, status=SubPlan.Status.ACCEPTED)
        rows = Unit.objects.filter(pk__in=accepted.values("unit")).exclude(code__startswith="DEMO")
        self.units = list(rows.in_protocol_order()[:OWING])
        self.people = {user.username: user for user in User.objects.filter(is_demonstration=True)}
        self.head = self.people["btdkt.truongban"]

    def happens(self, at: datetime) -> bool:
        return at <= self.now

    def month(self, number: int) -> None:
        first_day = moment(date(YEAR, number, 1), 9, 0)
        if not self.happens(first_day):
            return
        period = self._plan(number, at=first_day)
        if number == MONTHS[0]:
            self._join(at=first_day + timedelta(hours=2))
        self._finish(period)
        opened = moment(period.opens_on, 8, 0)
        if not self.happens(opened):
            return
        periods.open_period(period, by=self.head, at=opened)
        for story in report_stories([unit.code for unit in self.units], period):
            self._report(period, story)

    def _plan(self, number: int, *, at: datetime) -> ReportingPeriod:
        window = month(YEAR, number)
        data = periods.PeriodData(
            kind=ReportingPeriod.Kind.MONTH,
            name=f"tháng {number}/{YEAR}",
            data_from=window.first,
            data_to=window.last,
            opens_on=window.last - timedelta(days=4),
            due_date=window.last + timedelta(days=3),
            asks_figures=True,
            basis=f"Công văn số {40 + number}/BTĐKT (mẫu)",
        )
        owing = Unit.objects.filter(pk__in=[unit.pk for unit in self.units])
        return periods.plan_period(self.campaign, data, owing, by=self.head, at=at)

    # --- activities ------------------------------------------------------------------------------

    def _join(self, *, at: datetime) -> None:
        """A few leads ask their neighbours; a neighbour here and there sees it otherwise."""
        trios = zip(self.units[::4], self.units[1::4], self.units[2::4], strict=False)
        for place, (lead, one, other) in enumerate(list(trios)[:JOINT]):
            activity = self._led(lead).order_by("pk").first()
            if activity is None or not self.happens(at):
                continue
            joint_activity.ask_to_take_part(activity, [one, other], by=self._officer(lead), at=at)
            against = other if place % 3 == 1 else None
            self._answer(activity, against, at=at + timedelta(days=1))

    def _answer(self, activity: Activity, against: Unit | None, *, at: datetime) -> None:
        if not self.happens(at):
            return
        asked = Participation.objects.filter(activity=activity).select_related("unit", "activity")
        for row in asked.order_by("pk"):
            by = self._head(row.unit)
            if row.unit == against:
                joint_activity.contest_participation(
                    row, by=by, at=at, reason="Đơn vị chỉ cử người dự, không phối hợp (mẫu)"
                )
            else:
                joint_activity.confirm_participation(row, by=by, at=at)

    def _finish(self, period: ReportingPeriod) -> None:
        """Half of what should have ended in the window is done on its day, the rest goes on."""
        for unit in self.units:
            rows = self._led(unit).filter(
                ends_on__range=(period.data_from, period.data_to),
                status__in=Activity.UNDER_WAY,
            )
            for activity in rows.order_by("pk")[:2]:
                at = moment(activity.ends_on or period.data_to, 16, 0)
                if self.happens(at):
                    outcome = activity_moves.Outcome(
                        on=clock.local_day(at), result="Đã tổ chức theo kế hoạch (mẫu)",
                        quantity_done=activity.quantity, cost_spent=activity.cost,
                    )  # fmt: skip
                    activity_moves.complete_activity(
                        activity, outcome, by=self._officer(unit), at=at
                    )

    def _led(self, unit: Unit) -> QuerySet[Activity]:
        known = Activity.objects.filter(campaign=self.campaign, same_as=None)
        return known.led_by(unit)

    # --- reports ---------------------------------------------------------------------------------

    def _report(self, period: ReportingPeriod, story: ReportStory) -> None:
        unit = next(unit for unit in self.units if unit.code == story.code)
        if story.fate is Fate.SILENT or not self.happens(story.begun_at):
            return
        draft = reporting.start_report(period, unit, by=self._officer(unit), at=story.begun_at)
        self._write(draft, story)
        if story.fate is Fate.CORRECTING:
            self._correct(draft, at=story.begun_at)
        if story.fate is not Fate.DRAFT and self.happens(story.sent_at):
            self._send(draft, at=story.sent_at)
            self._review(draft, story)

    def _write(self, draft: ProgressReport, story: ReportStory) -> None:
        by, at = self._officer(draft.unit), story.begun_at
        random = Random(f"{story.code}/{draft.period_id}")  # noqa: S311 - repeatable, nothing secret
        if story.fate is Fate.NOTHING:
            typed = reporting.Typed(self._document(draft, random), {}, {})
        else:
            typed = reporting.Typed(
                self._document(draft, random), self._sections(draft, random),
                self._figures(draft, random),
            )  # fmt: skip
        reporting.save_report(draft, typed, by=by, at=at, revision=draft.revision)
        reporting.report_nothing(draft, by=by, at=at)
        if story.names_somebody:
            fields = {
                "kind": "individual", "name": person(random), "position": "Viên chức (mẫu)",
                "achievement": "Tận tụy với công tác đền ơn đáp nghĩa, được đồng nghiệp tin yêu (mẫu)",
            }  # fmt: skip
            reporting.add_exemplar(draft, fields, by=by, at=at)

    def _document(self, draft: ProgressReport, random: Random) -> dict[str, object]:
        return {
            "document_number": f"{random.randint(20, 300)}/BC-{draft.unit.short_name}",
            "document_date": draft.period.data_to,
            "signer_name": self._head(draft.unit).full_name,
            "signer_position": "Thủ trưởng đơn vị",
        }

    def _sections(self, draft: ProgressReport, random: Random) -> dict[str, reporting.SectionData]:
        """Words where the portal filled in none from the activities."""
        written = ReportSection.Answer.TEXT
        filled = set(draft.sections.exclude(text="").values_list("code", flat=True))
        return {
            code: reporting.SectionData(written, text)
            for code, text in report_texts(random).items()
            if code not in filled
        }

    def _figures(self, draft: ProgressReport, random: Random) -> dict[int, reporting.FigureData]:
        """Parts that add up to their whole, money where there are houses, the rest as it falls."""
        rows = list(draft.figures.select_related("indicator", "indicator__parent"))
        own = {row.indicator.code: row for row in rows if row.activity_id is None}
        values = {code: Decimal(_drawn(row.indicator, random)) for code, row in own.items()}
        for code, row in own.items():
            if row.indicator.relation == Indicator.Relation.PART and row.indicator.parent:
                whole = row.indicator.parent.code
                parts = [c for c in own if c.startswith(f"{whole}.")]
                values[whole] = sum((values[part] for part in parts), Decimal(0))
            if row.indicator.relation == Indicator.Relation.SUBSET and row.indicator.parent:
                values[code] = values[row.indicator.parent.code] // 2
        said = {row.pk: _figure(values[code]) for code, row in own.items()}
        for row in rows:
            if row.activity_id is not None and row.answer == Figure.Answer.UNANSWERED:
                said[row.pk] = _figure(Decimal(1))
        return said

    def _correct(self, draft: ProgressReport, *, at: datetime) -> None:
        """One more event than April's report counted."""
        earlier = ProgressReport.objects.filter(unit=draft.unit).exclude(period=draft.period)
        figures = Figure.objects.filter(
            report__in=earlier.counted().values("pk"), activity=None, indicator__code="CT02",
            answer=Figure.Answer.VALUE,
        )  # fmt: skip
        figure = figures.select_related("report__period").first()
        if figure is None or figure.value is None:
            return
        wanted = correction.Correction(
            figure.pk, figure.value + 1, "Đếm sót một cuộc của chi đoàn (mẫu)"
        )
        correction.correct_figures(
            draft, figure.report.period, [wanted], by=self._officer(draft.unit), at=at
        )

    def _send(self, draft: ProgressReport, *, at: datetime) -> None:
        draft.refresh_from_db()
        head = self._head(draft.unit)
        try:
            with transaction.atomic():
                reporting.submit_report(draft, by=head, at=at)
        except reporting.Inconsistent as doubt:
            about = [finding.about for finding in doubt.findings]
            draft.refresh_from_db()
            draft.figures.filter(indicator__code__in=about).update(note=EXPLAINED)
            reporting.submit_report(draft, by=head, at=at)

    def _review(self, sent: ProgressReport, story: ReportStory) -> None:
        taken = story.sent_at + timedelta(days=1)
        if story.fate is Fate.WAITING or not self.happens(taken):
            return
        reviewer = self._reviewer(sent.unit)
        submission.take(sent, by=reviewer, at=taken)
        decided = taken + timedelta(hours=4)
        if not self.happens(decided):
            return
        if story.fate is Fate.RETURNED:
            reviewing.return_report(
                sent, by=reviewer, at=decided, due=submission.default_return_date(decided),
                reasons={"II.1": "Chưa nêu số lượt người dự; đề nghị bổ sung (mẫu)."},
            )  # fmt: skip
        else:
            reviewing.accept_report(sent, by=reviewer, at=decided)

    def _officer(self, unit: Unit) -> User:
        return self.people[f"{unit.code.lower()}.chuyenvien"]

    def _head(self, unit: Unit) -> User:
        return self.people[f"{unit.code.lower()}.thutruong"]

    def _reviewer(self, unit: Unit) -> User:
        """Someone who does not belong to the unit."""
        if unit.code == "SNV":
            return self.people["btdkt.bietphai"]
        return self.people[f"btdkt.chuyenvien{1 + unit.sort_order % 2}"]


def _drawn(indicator: Indicator, random: Random) -> int:
    """Most units do something of every third kind in a month."""
    if random.random() < 0.6:  # noqa: PLR2004
        return 0
    many = indicator.measure in {"lượt người", "người", "suất", "triệu đồng"}
    return random.randint(20, 200) if many else random.randint(1, 6)


def _figure(value: Decimal) -> reporting.FigureData:
    return reporting.FigureData(Figure.Answer.VALUE, value, "")
