"""What happens to a scale: begin, amend, edit, ask the members, put in force."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from lib.vietnamese import short_date
from scoring.actions.content import write_content
from scoring.datasets.content import ScaleContent, content_of
from scoring.datasets.scale import Said, all_faults, consents_of
from scoring.models import MemberConsent, PackageUse, ScoringScale
from scoring.permissions import may_consent, may_edit_scale, may_note_consents, may_write_scale
from units.models import Block

Change = Callable[[ScaleContent], ScaleContent]

EMPTY_NOTE = "Trang này đã cũ: có người vừa lưu thang điểm. Mời tải lại trang rồi sửa tiếp."


@transaction.atomic
def start_scale(
    block: Block, year: int, *, by: User, at: datetime, content: ScaleContent, note: str = ""
) -> ScoringScale:
    """The next version of the block's scale, as a draft that says what `content` says."""
    require(may_write_scale(by, block, year))
    known = ScoringScale.objects.of(block, year)
    if known.drafts().exists():
        raise Refused("Khối đang có một bản thang điểm đang soạn. Mời soạn tiếp bản đó.")
    in_force = known.in_force().first()
    if in_force and in_force.is_used():
        raise Refused("Đã có đơn vị chấm điểm theo thang này nên không sửa đổi được nữa trong năm.")
    last = known.aggregate(last=Max("version"))["last"] or 0
    scale = ScoringScale.objects.create(
        block=block, year=year, version=last + 1, based_on=in_force, change_note=note,
        created_at=at, created_by=by,
    )  # fmt: skip
    write_content(scale, content)
    label = f"Bắt đầu soạn thang điểm lần {scale.version}"
    AuditEvent.objects.record(scale, "started", by=by, at=at, label=label, note=note)
    return scale


@transaction.atomic
def amend_scale(scale: ScoringScale, *, by: User, at: datetime, note: str) -> ScoringScale:
    """A draft of the next version, a copy of the one in force to begin with."""
    if scale.status != ScoringScale.Status.IN_FORCE:
        raise Refused("Chỉ sửa đổi được bản thang điểm đang áp dụng.")
    draft = start_scale(scale.block, scale.year, by=by, at=at, content=content_of(scale), note=note)
    for use in scale.package_uses.all():
        PackageUse.objects.create(
            scale=draft, package=use.package, way=use.way, by=use.by, at=use.at
        )
    return draft


@transaction.atomic
def edit_scale(
    scale: ScoringScale,
    change: Change,
    *,
    by: User,
    at: datetime,
    revision: int,
    label: str,
) -> None:
    """Change the criteria of a draft. What members had agreed to is no longer what it says, so
    they are asked again."""
    require(may_edit_scale(by, scale))
    if not scale.is_editable:
        raise Refused("Thang điểm đã áp dụng, không sửa trực tiếp được. Mời lập bản sửa đổi.")
    if not scale.claim_revision(revision):
        raise Refused(EMPTY_NOTE)
    write_content(scale, change(content_of(scale)))
    dropped, _ = scale.consents.all().delete()
    note = "Ý kiến thành viên đã ghi trước đó không còn hiệu lực." if dropped else ""
    AuditEvent.objects.record(scale, "edited", by=by, at=at, label=label, note=note)


@transaction.atomic
def note_change(scale: ScoringScale, *, by: User, at: datetime, note: str) -> None:
    """Why this version differs; part of what members are asked about."""
    require(may_edit_scale(by, scale))
    if not scale.is_editable:
        raise Refused("Thang điểm đã áp dụng, không sửa trực tiếp được.")
    scale.change_note = note
    scale.save(update_fields=["change_note"])
    AuditEvent.objects.record(scale, "explained", by=by, at=at, label="Ghi lý do sửa đổi")


@transaction.atomic
def note_consents(scale: ScoringScale, said: Iterable[Said], *, by: User, at: datetime) -> None:
    """What the members said at the block's meeting, as the khối trưởng notes it."""
    require(may_note_consents(by, scale))
    _require_draft(scale)
    count = 0
    for one in said:
        _put_consent(scale, one, how=MemberConsent.How.MEETING, by=by, at=at)
        count += 1
    label = f"Ghi ý kiến của {count} thành viên tại hội nghị khối"
    AuditEvent.objects.record(scale, "consents_noted", by=by, at=at, label=label)


@transaction.atomic
def give_consent(scale: ScoringScale, said: Said, *, by: User, at: datetime) -> None:
    """The head of a member answers in writing, for the unit."""
    require(may_consent(by, said.unit))
    _require_draft(scale)
    if not scale.members().filter(unit=said.unit).exists():
        raise Refused("Đơn vị không phải là thành viên của khối trong năm này.")
    _put_consent(scale, said, how=MemberConsent.How.WRITING, by=by, at=at)
    word = "đồng ý" if said.agrees else "không đồng ý"
    AuditEvent.objects.record(
        scale, "consented", by=by, at=at, label=f"{said.unit} {word}", note=said.note
    )


def _require_draft(scale: ScoringScale) -> None:
    if not scale.is_editable:
        raise Refused("Thang điểm đã áp dụng, không ghi thêm ý kiến được.")


def _put_consent(scale: ScoringScale, said: Said, *, how: str, by: User, at: datetime) -> None:
    MemberConsent.objects.update_or_create(
        scale=scale,
        unit=said.unit,
        defaults={"agrees": said.agrees, "note": said.note, "how": how, "by": by, "at": at},
    )


@transaction.atomic
def put_in_force(scale: ScoringScale, *, by: User, at: datetime, effective_date: date) -> None:
    """The draft takes effect and the version before it steps back, in one transaction."""
    require(may_edit_scale(by, scale))
    if not scale.is_editable:
        raise Refused("Bản thang điểm này đã được áp dụng.")
    if faults := all_faults(content_of(scale)):
        refusal = Refused("Thang điểm còn chỗ chưa khớp nên chưa áp dụng được.")
        refusal.details = tuple(f"{one.code} {one.message}".strip() for one in faults[:10])
        raise refusal
    consents = consents_of(scale)
    if not consents.is_enough:
        raise Refused(f"Mới có {consents.in_words}; cần quá nửa số thành viên của khối đồng ý.")
    before = ScoringScale.objects.of(scale.block, scale.year).in_force().first()
    if before:
        _step_back(before, effective_date, by=by, at=at)
    scale.put_in_force(by=by, at=at, effective_date=effective_date)


def _step_back(before: ScoringScale, effective: date, *, by: User, at: datetime) -> None:
    if before.is_used():
        raise Refused("Đã có đơn vị chấm điểm theo thang đang áp dụng nên không thay được nữa.")
    if before.effective_date and effective < before.effective_date:
        since = short_date(before.effective_date)
        raise Refused(f"Ngày áp dụng không thể trước ngày áp dụng của bản đang dùng, {since}.")
    before.supersede(by=by, at=at)


@transaction.atomic
def discard_scale(scale: ScoringScale, *, by: User, at: datetime) -> None:
    """A draft nobody needs: it leaves nothing but its trace."""
    require(may_edit_scale(by, scale))
    if not scale.is_editable:
        raise Refused("Chỉ bỏ được bản thang điểm đang soạn.")
    label = f"Bỏ bản thang điểm đang soạn (lần {scale.version})"
    AuditEvent.objects.record(scale, "discarded", by=by, at=at, label=label)
    scale.delete()
