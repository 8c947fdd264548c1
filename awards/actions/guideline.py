"""The guideline of a campaign: drafted by Ban Thi đua, put in force by its head."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from awards.datasets.typed import (
    FormFacts,
    GuidelineContent,
    GuidelineFacts,
    PaperAsked,
    QuotaFacts,
)
from awards.models import (
    AwardGuideline,
    GuidelineForm,
    GuidelinePaper,
    GuidelineQuota,
)
from awards.permissions import may_issue_guideline, may_write_guideline
from campaign.models import Campaign

Status = AwardGuideline.Status


DEFAULT_PAPERS = (
    PaperAsked("letter", GuidelinePaper.Scope.DOSSIER),
    PaperAsked("minutes", GuidelinePaper.Scope.DOSSIER),
    PaperAsked("report", GuidelinePaper.Scope.NOMINATION),
)


@transaction.atomic
def start_guideline(campaign: Campaign, *, by: User, at: datetime) -> AwardGuideline:
    """The next version, beginning as a copy of the one in force."""
    require(may_write_guideline(by))
    rows = AwardGuideline.objects.filter(campaign=campaign)
    if draft := rows.filter(status=Status.DRAFT).first():
        return draft
    last = rows.aggregate(last=Max("version"))["last"] or 0
    before = rows.filter(status=Status.ISSUED).first()
    made = AwardGuideline(
        campaign=campaign, version=last + 1, created_at=at, created_by=by,
        issuer="Bộ Chỉ huy Quân sự tỉnh - Sở Nội vụ",
    )  # fmt: skip
    if before is not None:
        for name in GuidelineFacts.__annotations__:
            if name not in {"number", "issued_on", "valid_from"}:
                setattr(made, name, getattr(before, name))
    made.save()
    write_content(made, content_of(before) if before else GuidelineContent(papers=DEFAULT_PAPERS))
    AuditEvent.objects.record(made, "created", by=by, at=at, label="Lập hướng dẫn khen thưởng")
    return made


def content_of(guideline: AwardGuideline) -> GuidelineContent:
    forms = guideline.forms.select_related("form").order_by("form__position")
    quotas = guideline.quotas.select_related("form", "unit", "block").order_by("pk")
    papers = guideline.papers.select_related("form").order_by("pk")
    return GuidelineContent(
        [FormFacts(row.form, row.standards) for row in forms],
        [
            QuotaFacts(row.form, row.recipient, row.scope, row.most, row.unit, row.block)
            for row in quotas
        ],
        [PaperAsked(row.kind, row.scope, row.form, row.note) for row in papers],
    )


def write_content(guideline: AwardGuideline, content: GuidelineContent) -> None:
    for rows in (guideline.forms, guideline.quotas, guideline.papers):
        rows.all().delete()
    GuidelineForm.objects.bulk_create(
        GuidelineForm(guideline=guideline, **vars(one)) for one in content.forms
    )
    GuidelineQuota.objects.bulk_create(
        GuidelineQuota(guideline=guideline, **vars(one)) for one in content.quotas
    )
    GuidelinePaper.objects.bulk_create(
        GuidelinePaper(guideline=guideline, **vars(one)) for one in content.papers
    )


def require_draft(guideline: AwardGuideline) -> None:
    if not guideline.is_draft:
        raise Refused("Hướng dẫn đã ban hành không sửa được; hãy lập bản mới thay thế.")


@transaction.atomic
def change_guideline(
    guideline: AwardGuideline,
    facts: GuidelineFacts,
    content: GuidelineContent,
    *,
    by: User,
    at: datetime,
) -> None:
    require(may_write_guideline(by))
    require_draft(guideline)
    for name, value in vars(facts).items():
        setattr(guideline, name, value)
    guideline.save(update_fields=list(vars(facts)))
    write_content(guideline, content)
    AuditEvent.objects.record(guideline, "changed", by=by, at=at, label="Sửa hướng dẫn")


@transaction.atomic
def issue_guideline(guideline: AwardGuideline, *, by: User, at: datetime) -> None:
    """From its first day on; the version before it ends the day before."""
    require(may_issue_guideline(by))
    if not guideline.forms.exists():
        raise Refused("Hướng dẫn chưa có hình thức khen thưởng nào.")
    before = AwardGuideline.objects.filter(
        campaign=guideline.campaign, status=Status.ISSUED
    ).first()
    if before is not None:
        before.give_way(by=by, at=at, to=guideline)
    guideline.put_in_force(by=by, at=at)
