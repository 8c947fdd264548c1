"""What the people of a unit do with their report of a period (báo cáo kỳ)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from campaign import consistency, emails
from campaign.actions import submission
from campaign.datasets import report_prefill as prefill
from campaign.datasets.report_content import content_of
from campaign.models import (
    Exemplar,
    Figure,
    Obligation,
    ProgressReport,
    ReportingPeriod,
    ReportSection,
)
from campaign.permissions import may_draft
from units.models import Unit

Written, Said = Figure.Answer, ReportSection.Answer
COPIED = ("sections", "figures", "adjustments", "exemplars", "evidence")


class Inconsistent(Refused):
    """The checks have something that blocks; `findings` says what and where."""

    def __init__(self, findings: list[consistency.Finding]) -> None:
        super().__init__("Báo cáo còn nội dung phải sửa hoặc giải trình trước khi gửi.")
        self.findings = findings
        self.details = tuple(finding.message for finding in findings)


# --- Beginning ----------------------------------------------------------------------------------


@transaction.atomic
def start_report(period: ReportingPeriod, unit: Unit, *, by: User, at: datetime) -> ProgressReport:
    """The unit's open version; else a copy of its last one; else one filled from its activities.

    The last version may be paper that the board registered, without words and figures: then those
    come from the last one the unit wrote here, number, signer and scans from the paper.
    """
    require(may_draft(by, unit))
    versions = ProgressReport.objects.filter(period=period, unit=unit)
    if open_version := versions.open().first():
        return open_version
    refuse_not_owed(period, unit)
    refuse_closed(period)
    last = versions.order_by("-version").first()
    on_portal = versions.filter(channel=ProgressReport.Channel.PORTAL)
    written = on_portal.order_by("-version").first() or last
    document = {name: getattr(last, name) for name in ProgressReport.TEXT_FIELDS} if last else {}
    report, is_new = submission.begin(
        ProgressReport(period=period, unit=unit, **document), by=by, at=at
    )
    if not is_new:
        return report
    if last and written:
        _copy_content(written, report)
        if written != last:
            _copy_rows(last, report, "evidence")
    _fill(report)
    AuditEvent.objects.record(report, "started", by=by, at=at, label="Bắt đầu soạn")
    return report


def refuse_not_owed(period: ReportingPeriod, unit: Unit) -> None:
    if not Obligation.objects.filter(period=period, unit=unit).exists():
        raise Refused(
            f"{unit} không có trong danh sách gửi báo cáo {period}. "
            "Mời liên hệ Ban Thi đua - Khen thưởng."
        )


def refuse_closed(period: ReportingPeriod) -> None:
    """A period takes reports only while it is open; being late is no reason (R41)."""
    if period.status == ReportingPeriod.Status.PLANNED:
        raise Refused(f"Kỳ {period} chưa mở nhận báo cáo.")
    if period.status == ReportingPeriod.Status.LOCKED:
        raise Refused(
            f"Kỳ {period} đã khóa số liệu nên Cổng không nhận báo cáo nữa. Cần gửi hoặc gửi lại, "
            "mời liên hệ Ban Thi đua - Khen thưởng để mở lại kỳ."
        )


def _copy_content(last: ProgressReport, fresh: ProgressReport) -> None:
    for name in COPIED:
        _copy_rows(last, fresh, name)


def _copy_rows(last: ProgressReport, fresh: ProgressReport, name: str) -> None:
    for row in getattr(last, name).order_by("pk"):
        row.pk, row.report = None, fresh
        row.save(force_insert=True)


def _fill(report: ProgressReport) -> tuple[int, int]:
    """Add what is not there yet: lines about activities, rows of figures. Nothing typed changes."""
    activities = prefill.activities_in_window(report)
    return _add_lines(report, activities), _add_figures(report, activities)


def _add_lines(report: ProgressReport, activities: list[Any]) -> int:
    known = {row.code: row for row in report.sections.all()}
    kept = prefill.kept_from_last_period(report)
    named = prefill.is_named(report)
    told = prefill.told_by_section(activities, unit=report.unit, is_named=named)
    changed = 0
    for part in prefill.parts_of(report):
        row = known.get(part.code) or ReportSection(
            report=report, code=part.code, text=kept.get(part.code, "")
        )
        if row.answer == Said.NOTHING:
            continue
        text = prefill.added_to(row.text, told.get(part.code, ()))
        if row.pk and text == row.text:
            continue
        changed += bool(text)
        row.text, row.answer = text, Said.TEXT if text else Said.UNANSWERED
        row.save()
    return changed


def _add_figures(report: ProgressReport, activities: list[Any]) -> int:
    wanted = {row.key: row for row in prefill.wanted_figures(report, activities)}
    known = {(row.indicator_id, row.activity_id): row for row in _figures(report)}
    gone = [row.pk for key, row in known.items() if row.indicator.is_computed and key not in wanted]
    Figure.objects.filter(pk__in=gone).delete()
    added = Figure.objects.bulk_create(
        Figure(
            report=report, indicator=row.indicator, activity=row.activity, value=row.value,
            answer=Written.UNANSWERED if row.value is None else Written.VALUE,
        )
        for key, row in wanted.items()
        if key not in known
    )  # fmt: skip
    return len(added) + len(gone)


def _figures(report: ProgressReport) -> Iterable[Figure]:
    return report.figures.select_related("indicator")


@transaction.atomic
def refresh_report(report: ProgressReport, *, by: User, at: datetime) -> bool:
    """Take in what happened since it was begun; whether there was anything."""
    locked = submission.lock_draft(report, by=by)
    lines, figures = _fill(locked)
    if not lines and not figures:
        return False
    _touch(locked, by=by, at=at)
    AuditEvent.objects.record(
        locked, "refreshed", by=by, at=at, label="Cập nhật từ hoạt động",
        note=f"{lines} mục, {figures} dòng số liệu",
    )  # fmt: skip
    return True


def _touch(report: ProgressReport, *, by: User, at: datetime) -> None:
    """A page read before must not be saved over this."""
    submission.claim(report, report.revision, by=by, at=at)


# --- Writing ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FigureData:
    answer: str
    value: Decimal | None
    note: str


@dataclass(frozen=True)
class SectionData:
    answer: str
    text: str


@dataclass(frozen=True)
class Typed:
    """A whole draft as typed: fields of the document, parts by code, figures by their row."""

    document: Mapping[str, Any]
    sections: Mapping[str, SectionData]
    figures: Mapping[int, FigureData]


@transaction.atomic
def save_report(
    report: ProgressReport, typed: Typed, *, by: User, at: datetime, revision: int
) -> None:
    """Save what changed; refuses to overwrite a colleague."""
    require(may_draft(by, report.unit))
    submission.claim(report, revision, by=by, at=at)
    labels = [
        *_save_document(report, typed.document),
        *_save_sections(report, typed.sections),
        *_save_figures(report, typed.figures),
    ]
    if labels:
        submission.record_edit(report, labels, by=by, at=at)


def _save_document(report: ProgressReport, values: Mapping[str, Any]) -> list[str]:
    changed = [name for name, value in values.items() if getattr(report, name) != value]
    for name in changed:
        setattr(report, name, values[name])
    if changed:
        report.save(update_fields=changed)
    return [str(ProgressReport._meta.get_field(name).verbose_name) for name in changed]  # type: ignore[union-attr]


def _save_sections(report: ProgressReport, typed: Mapping[str, SectionData]) -> list[str]:
    labels = []
    for row in report.sections.filter(code__in=typed).order_by("pk"):
        said = typed[row.code]
        if (row.answer, row.text) == (said.answer, said.text):
            continue
        row.answer, row.text = said.answer, said.text
        row.save(update_fields=["answer", "text"])
        labels.append(f"Mục {row.code}")
    return labels


def _save_figures(report: ProgressReport, typed: Mapping[int, FigureData]) -> list[str]:
    changed = []
    for row in _figures(report):
        said = typed.get(row.pk)
        if said is None or row.indicator.is_computed:
            continue
        if (row.answer, row.value, row.note) == (said.answer, said.value, said.note):
            continue
        row.answer, row.value, row.note = said.answer, said.value, said.note
        changed.append(row)
    Figure.objects.bulk_update(changed, ["answer", "value", "note"])
    return list(dict.fromkeys(row.indicator.code for row in changed))


@transaction.atomic
def fill_with_zero(report: ProgressReport, *, by: User, at: datetime) -> int:
    """Every figure that has no answer yet is 0; how many were."""
    locked = submission.lock_draft(report, by=by)
    filled = _fill_with_zero(locked)
    if filled:
        _touch(locked, by=by, at=at)
        AuditEvent.objects.record(
            locked, "zeros", by=by, at=at, label=f"Ghi 0 vào {filled} ô chưa trả lời"
        )
    return filled


def _fill_with_zero(report: ProgressReport) -> int:
    return report.figures.filter(answer=Written.UNANSWERED).update(
        answer=Written.VALUE, value=Decimal(0)
    )


@transaction.atomic
def report_nothing(report: ProgressReport, *, by: User, at: datetime) -> None:
    """Không phát sinh: every part and figure without an answer says so; what is typed stays."""
    locked = submission.lock_draft(report, by=by)
    locked.sections.filter(answer=Said.UNANSWERED).update(answer=Said.NOTHING)
    _fill_with_zero(locked)
    _touch(locked, by=by, at=at)
    AuditEvent.objects.record(
        locked, "nothing", by=by, at=at, label="Ghi “không phát sinh” vào các phần chưa trả lời"
    )


@transaction.atomic
def add_exemplar(
    report: ProgressReport, fields: Mapping[str, str], *, by: User, at: datetime
) -> Exemplar:
    locked = submission.lock_draft(report, by=by)
    exemplar = Exemplar.objects.create(report=locked, **fields)
    AuditEvent.objects.record(
        locked, "exemplar_added", by=by, at=at, label="Thêm điển hình", note=exemplar.name
    )
    return exemplar


@transaction.atomic
def remove_exemplar(exemplar: Exemplar, *, by: User, at: datetime) -> None:
    locked = submission.lock_draft(exemplar.report, by=by)
    AuditEvent.objects.record(
        locked, "exemplar_removed", by=by, at=at, label="Bỏ điển hình", note=exemplar.name
    )
    exemplar.delete()


# --- Sending ------------------------------------------------------------------------------------


def _refuse_unfit(report: ProgressReport, at: datetime) -> None:
    refuse_closed(ReportingPeriod.objects.select_for_update().get(pk=report.period_id))
    if wrong := consistency.blocking(consistency.check(content_of(report))):
        raise Inconsistent(wrong)


@transaction.atomic
def hand_report_to_head(report: ProgressReport, *, by: User, at: datetime) -> None:
    submission.hand_to_head(report, by=by, at=at, check=_refuse_unfit)
    emails.report_awaits_head(report, at=at)


@transaction.atomic
def hand_report_back(report: ProgressReport, *, by: User, at: datetime, reason: str) -> None:
    submission.hand_back(report, by=by, at=at, reason=reason)
    emails.report_handed_back(report, at=at, reason=reason)


@transaction.atomic
def submit_report(report: ProgressReport, *, by: User, at: datetime) -> None:
    submission.submit(report, by=by, at=at, check=_refuse_unfit)
    emails.report_submitted(report, at=at)


@transaction.atomic
def withdraw_report(report: ProgressReport, *, by: User, at: datetime, reason: str) -> None:
    submission.withdraw(report, by=by, at=at, reason=reason)
