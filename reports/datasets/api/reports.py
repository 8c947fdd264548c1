"""Báo cáo: the consolidated reports that were issued, with their files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from files.models import StoredFile
from reports.datasets.api.asked import After, Asked, Page, first_of, keyset
from reports.datasets.api.campaigns import code_of
from reports.datasets.api.shape import (
    BlockRef,
    UnitRef,
    Word,
    block_ref,
    page_of,
    told,
    unit_ref,
)
from reports.kinds import BY_CODE, KINDS
from reports.models import Paper, Report

KIND_WORDS = tuple((kind.code, kind.label) for kind in KINDS)
FILE_KINDS = ("docx", "pdf", "xlsx")


@dataclass(frozen=True)
class FileTold:
    """Một tệp của báo cáo, tải bằng chính khóa này."""

    kind: str = told("Loại tệp", "pdf")
    url: str = told("Địa chỉ tải về")
    size: int = told("Số byte", 181_204)
    sha256: str = told("SHA-256 của nội dung")


@dataclass(frozen=True)
class ReportTold:
    """Một báo cáo tổng hợp đã ban hành."""

    id: str = told("Mã kiểm tra in trên báo cáo", "BC-7F3K-9QXM")
    kind: Word = told("Loại báo cáo", words=KIND_WORDS)
    number: str = told("Số, ký hiệu", "05/BC-BTĐ")
    issued_on: date = told("Ngày ban hành", "2024-07-02")
    subject: str = told("Trích yếu")
    campaign: str = told("Mã đợt thi đua", "2024")
    period: str | None = told("Mã kỳ báo cáo, với báo cáo kỳ", "thang-4-2024")
    block: BlockRef | None = told("Khối, khi là báo cáo của một khối")
    unit: UnitRef | None = told("Đơn vị, khi là báo cáo của một đơn vị")
    plan_item: str | None = told("Mã mục Kế hoạch, khi là báo cáo chuyên đề", "III.1")
    as_of: datetime = told("Chốt số liệu lúc", "2024-06-30T23:59:00+07:00")
    digest: str = told("Mã số liệu (SHA-256) của các con số trong báo cáo")
    replaced_by: str | None = told("Mã kiểm tra của báo cáo đã thay thế nó")
    files: tuple[FileTold, ...] = told("Các tệp đã ban hành")
    page: str = told("Trang trên cổng")


def issued_reports(asked: Asked, after: After, size: int) -> Page[ReportTold]:
    said = asked.said
    rows = _issued(asked).filter(report__campaign=asked.campaign())
    rows = rows.filter(**{
        path: said[name]
        for path, name in (
            ("report__kind", "loai"), ("report__block__code", "khoi"),
            ("report__unit__code", "don_vi"), ("issued_at__gte", "thay_doi_tu"),
        )
        if said[name]
    })  # fmt: skip
    return keyset(rows, after, size, _tell)


def issued_report(asked: Asked, code: str) -> ReportTold | None:
    return first_of(_issued(asked).filter(code=code), _tell)


def file_of(asked: Asked, code: str, kind: str) -> tuple[StoredFile, str] | None:
    """A file of an issued report and the name to save it under."""
    paper = _issued(asked).filter(code=code).first()
    stored = getattr(paper, kind) if paper and kind in FILE_KINDS else None
    return (stored, f"{paper.code}.{kind}") if paper and stored else None


def _issued(asked: Asked) -> QuerySet[Paper]:
    """Of the reports the person may read and take the files of; what an issued one says on its
    head, its public page of verification says to everybody."""
    seen = Report.objects.visible_to(asked.user).without_figures().values("pk")
    rows = Paper.objects.issued().filter(report__in=seen)
    return rows.select_related(
        "report__campaign", "report__period", "report__block", "report__unit", "report__item",
        "superseded_by", "docx", "pdf", "xlsx",
    ).defer("report__snapshot")  # fmt: skip


def _tell(rows: list[Paper]) -> Sequence[ReportTold]:
    return [_one(row, row.report, row.issued_on) for row in rows if row.issued_on]


def _one(paper: Paper, report: Report, issued_on: date) -> ReportTold:
    return ReportTold(
        id=paper.code,
        kind=Word(report.kind, BY_CODE[report.kind].label),
        number=paper.full_number,
        issued_on=issued_on,
        subject=paper.subject,
        campaign=report.campaign.code,
        period=code_of(report.period) if report.period else None,
        block=block_ref(report.block) if report.block else None,
        unit=unit_ref(report.unit) if report.unit else None,
        plan_item=report.item.code if report.item else None,
        as_of=report.as_of,
        digest=report.digest,
        replaced_by=paper.superseded_by.code if paper.superseded_by else None,
        files=tuple(_file(paper, kind) for kind in FILE_KINDS),
        page=page_of(report.get_absolute_url()),
    )


def _file(paper: Paper, kind: str) -> FileTold:
    stored: Any = getattr(paper, kind)
    path = reverse("reports:api-report-file", args=[paper.code, kind])
    return FileTold(kind, page_of(path), stored.size, stored.sha256)
