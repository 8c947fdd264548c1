"""The paper a report becomes (văn bản báo cáo): drafted, edited, approved, numbered, issued.

The figures stay in the report's snapshot; a paper holds words only. Units' paragraphs keep the
text they came with, so that an edit can always be held against its source.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from accounts.workflow import Refused, Workflow
from files.models import StoredFile
from lib.docnumber import format_number
from reports.models.report import Report
from reports.models.template import TEXT_FIELDS, TextTemplate
from units.permissions import sees_province

CODE_PREFIX = "BC"


def numbered(number: int, symbol: str) -> str:
    """Number and symbol as the paper prints them."""
    return f"{format_number(number)}{'-' if '/' in symbol else '/'}{symbol}"


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, user: User) -> PaperQuerySet:
        """Board, council and leadership. Who leads a block or writes for a unit reads what its
        own report says in the files; the wording of papers is the board's."""
        return self if sees_province(user) else self.none()

    def issued(self) -> PaperQuerySet:
        """Those that went out, whether or not a later one took their place."""
        return self.filter(status__in=[Paper.Status.ISSUED, Paper.Status.SUPERSEDED])

    def next_number(self, year: int, symbol: str) -> int:
        """The number after the highest one the portal knows of that year and register."""
        taken = self.filter(year=year, symbol=symbol).aggregate(models.Max("number"))
        return (taken["number__max"] or 0) + 1


PaperManager = models.Manager.from_queryset(PaperQuerySet)


class Paper(Workflow):
    """Văn bản báo cáo, one for each report that was built.

    `edition` counts every save of any part, so that files know whether they still say what the
    text says. Once issued the database refuses every change but being superseded.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Bản thảo"
        PROPOSED = "proposed", "Chờ Trưởng Ban duyệt"
        APPROVED = "approved", "Đã duyệt"
        NUMBERED = "numbered", "Đã cấp số"
        ISSUED = "issued", "Đã ban hành"
        SUPERSEDED = "superseded", "Đã được thay thế"

    MOVES = {
        Status.DRAFT: {Status.PROPOSED},
        Status.PROPOSED: {Status.DRAFT, Status.APPROVED},
        Status.APPROVED: {Status.DRAFT, Status.NUMBERED},
        Status.NUMBERED: {Status.APPROVED, Status.ISSUED},
        Status.ISSUED: {Status.SUPERSEDED},
        Status.SUPERSEDED: set(),
    }

    TEXT_FIELDS = TEXT_FIELDS

    report = models.OneToOneField(Report, models.PROTECT, related_name="paper")
    template = models.ForeignKey(TextTemplate, models.PROTECT, null=True, related_name="+")
    status = models.CharField("trạng thái", max_length=20, choices=Status, default=Status.DRAFT)
    code = models.CharField("mã kiểm tra", max_length=20, unique=True)

    subject = models.TextField("Trích yếu")
    addressees = models.TextField("Kính gửi", blank=True)
    bases = models.TextField("Căn cứ", blank=True)
    opening = models.TextField("Lời mở đầu", blank=True)
    closing = models.TextField("Lời kết", blank=True)
    recipients = models.TextField("Nơi nhận", blank=True)
    authority = models.CharField("Thẩm quyền ký", max_length=200, blank=True)
    position = models.CharField("Chức vụ người ký", max_length=150, blank=True)
    signer = models.CharField("Họ và tên người ký", max_length=100, blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    edition = models.PositiveIntegerField(default=0)

    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField("số", null=True)
    symbol = models.CharField("ký hiệu", max_length=30, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True)
    year = models.PositiveSmallIntegerField(null=True)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    docx = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    xlsx = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    hashes = models.JSONField(default=dict)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="superseded")

    objects = PaperManager()

    class Meta:
        verbose_name = "văn bản báo cáo"
        verbose_name_plural = "văn bản báo cáo"
        constraints = [
            models.UniqueConstraint(
                fields=["year", "symbol", "number"], name="paper_numbered_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["draft", "proposed", "approved"],
                    number=None, symbol="", issued_on=None, year=None,
                )
                | Q(
                    ~Q(symbol=""),
                    status__in=["numbered", "issued", "superseded"],
                    number__gt=0, issued_on__isnull=False, year__isnull=False,
                ),
                name="paper_has_number_symbol_and_day_together",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["issued", "superseded"], issued_at__isnull=False,
                    issued_by__isnull=False, docx__isnull=False, pdf__isnull=False,
                    xlsx__isnull=False,
                )
                | Q(~Q(status__in=["issued", "superseded"]), issued_at=None, issued_by=None),
                name="an_issued_paper_has_its_files",
            ),
            models.CheckConstraint(
                condition=Q(status="superseded", superseded_by__isnull=False)
                | Q(~Q(status="superseded"), superseded_by=None),
                name="a_superseded_paper_names_its_successor",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Báo cáo số {self.full_number}" if self.number else str(self.report)

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.report_id])

    @property
    def full_number(self) -> str:
        """“05/BC-BTĐ”; in the Party's form “05-BC/BTGTU”."""
        return numbered(self.number, self.symbol) if self.number else ""

    @property
    def is_editable(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_issued(self) -> bool:
        return self.status in {self.Status.ISSUED, self.Status.SUPERSEDED}

    def texts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in TEXT_FIELDS}

    # --- editing ---------------------------------------------------------------------------------

    def claim_revision(
        self, revision: int, changes: Mapping[str, Any], *, by: User, at: datetime
    ) -> bool:
        """Keep the fixed texts; False where somebody saved since the page was read."""
        same = Paper.objects.filter(pk=self.pk, revision=revision, status=self.Status.DRAFT)
        kept = {"saved_at": at, "saved_by": by, **changes}
        if not same.update(revision=F("revision") + 1, edition=F("edition") + 1, **kept):
            return False
        for name, value in {"revision": revision + 1, **kept}.items():
            setattr(self, name, value)
        return True

    def count_edition(self) -> bool:
        """A part was saved: files made before no longer say the same. False once it is no draft."""
        draft = Paper.objects.filter(pk=self.pk, status=self.Status.DRAFT)
        return bool(draft.update(edition=F("edition") + 1))

    # --- its life --------------------------------------------------------------------------------

    def propose(self, *, by: User, at: datetime) -> None:
        """Trình Trưởng Ban."""
        self._move(self.Status.PROPOSED, by=by, at=at)

    def hand_back(self, *, by: User, at: datetime, reason: str) -> None:
        self._move(self.Status.DRAFT, by=by, at=at, note=reason, approved_at=None, approved_by=None)

    def approve(self, *, by: User, at: datetime) -> None:
        self._move(self.Status.APPROVED, by=by, at=at, approved_at=at, approved_by=by)

    def give_number(self, number: int, day: date, *, by: User, at: datetime) -> None:
        """Số, ký hiệu, ngày. The files are made anew, for now they carry them."""
        symbol = self.report.symbol
        called = f"Số {numbered(number, symbol)}"
        changes = {"number": number, "symbol": symbol, "issued_on": day, "year": day.year}
        try:
            with transaction.atomic():
                self._move(
                    self.Status.NUMBERED, by=by, at=at, note=called,
                    edition=F("edition") + 1, **changes,
                )  # fmt: skip
        except IntegrityError:
            self.refresh_from_db()
            raise Refused(
                f"{called} của năm {day.year} đã được cấp cho báo cáo khác. Mời chọn số khác."
            ) from None
        self.refresh_from_db(fields=["edition"])

    def take_number_back(self, *, by: User, at: datetime, reason: str) -> None:
        """Thu hồi số, before the paper is issued: a wrong number or day."""
        self._move(
            self.Status.APPROVED, by=by, at=at, note=reason, edition=F("edition") + 1,
            number=None, symbol="", issued_on=None, year=None,
        )  # fmt: skip
        self.refresh_from_db(fields=["edition"])

    def issue(self, files: Mapping[str, StoredFile], *, by: User, at: datetime) -> None:
        """Ban hành: these three files and no others, from now on."""
        hashes = {kind: stored.sha256 for kind, stored in files.items()}
        self._move(
            self.Status.ISSUED, by=by, at=at, note=f"Số {self.full_number}; {hashes['pdf']}",
            issued_at=at, issued_by=by, hashes=hashes, **files,
        )  # fmt: skip

    def supersede(self, successor: Paper, *, by: User, at: datetime) -> None:
        self._move(
            self.Status.SUPERSEDED, by=by, at=at, note=str(successor), superseded_by=successor
        )

    @classmethod
    def new_code(cls, year: int) -> str:
        """Short enough to be read on the telephone, too sparse to be guessed."""
        return f"{CODE_PREFIX}-{year}-{uuid.uuid4().hex[:10].upper()}"


class PaperSection(models.Model):
    """A part of the text (mục): the board's own words, and the paragraphs of units below it."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="sections")
    code = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    text = models.TextField("lời của Ban", blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "code"], name="paper_section_once"),
        ]

    def __str__(self) -> str:
        return f"Mục {self.code}"

    def claim_revision(self, revision: int, *, by: User, at: datetime) -> bool:
        """Count one save of the section; False where somebody saved since the page was read."""
        same = PaperSection.objects.filter(pk=self.pk, revision=revision)
        if not same.update(revision=F("revision") + 1, saved_at=at, saved_by=by):
            return False
        self.revision, self.saved_at, self.saved_by = revision + 1, at, by
        return True


@dataclass(frozen=True)
class PassageData:
    """A unit's paragraph as it is to be printed."""

    text: str
    is_used: bool
    position: int


class Passage(models.Model):
    """What one unit wrote under a section (đoạn), and how the board uses it.

    `source` is the unit's text to the letter; `text` what is printed. `is_new` marks what came
    or changed since the version this paper follows.
    """

    section = models.ForeignKey(PaperSection, models.CASCADE, related_name="passages")
    unit = models.CharField(max_length=255)
    source = models.TextField()
    text = models.TextField()
    is_used = models.BooleanField("đưa vào báo cáo", default=True)
    position = models.PositiveIntegerField("thứ tự")
    is_new = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.unit

    @property
    def is_edited(self) -> bool:
        return self.text != self.source


class PassageEdit(models.Model):
    """What a passage said before somebody changed it (lần sửa); never changed itself."""

    passage = models.ForeignKey(Passage, models.PROTECT, related_name="edits")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    old_text = models.TextField(blank=True)
    was_used = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.passage_id} {self.at:%Y-%m-%d}"
