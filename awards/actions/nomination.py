"""What a unit does with the nominations of a dossier it may still change."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from awards.actions.dossier import require_editable
from awards.datasets.achievement import drafted, sources_of, sources_offered
from awards.datasets.rules import Judged, judge, nominations_of
from awards.datasets.typed import CandidateFacts, NominationFacts
from awards.models import (
    AchievementSource,
    AwardForm,
    Candidate,
    Dossier,
    Nomination,
    PersonalData,
    Recipient,
    RuleReason,
)
from awards.permissions import may_edit_dossier

Origin = Nomination.Origin


@transaction.atomic
def add_nomination(
    dossier: Dossier,
    who: CandidateFacts,
    what: NominationFacts,
    *,
    by: User,
    at: datetime,
    origin: str = Origin.TYPED,
) -> Nomination:
    """The candidate is the unit's known one of that name and kind, or a new one."""
    require(may_edit_dossier(by, dossier))
    require_editable(dossier)
    candidate = _known(dossier, who) or Candidate(
        unit=dossier.unit, created_at=at, created_by=by, recipient=who.recipient
    )
    _write_candidate(candidate, who)
    _require_new(dossier, candidate, what.form)
    last = dossier.nominations.aggregate(last=Max("position"))["last"] or 0
    made = Nomination(
        dossier=dossier, candidate=candidate, position=last + 1, origin=origin,
        created_at=at, created_by=by, **vars(what),
    )  # fmt: skip
    made.note_keys()
    made.save()
    _tell(made, "created", "Thêm đề nghị", by=by, at=at)
    return made


def _known(dossier: Dossier, who: CandidateFacts) -> Candidate | None:
    """Never of another position: of two people with one name each has a row."""
    rows = Candidate.objects.of_unit(dossier.unit).named(who.name)
    return rows.filter(recipient=who.recipient, position=who.position).order_by("pk").first()


def _require_new(dossier: Dossier, candidate: Candidate, form: AwardForm) -> None:
    same = dossier.nominations.filter(candidate=candidate, form=form)
    if same.exclude(status=Nomination.Status.WITHDRAWN).exists():
        raise Refused(f"{candidate} đã có trong hồ sơ này với {form.name}.")


def _write_candidate(candidate: Candidate, who: CandidateFacts) -> None:
    for name, value in who.of_candidate().items():
        setattr(candidate, name, value)
    candidate.note_key()
    candidate.save()
    if who.recipient == Recipient.INDIVIDUAL and (who.birth_date or who.id_number):
        _write_personal_data(candidate, who)


def _write_personal_data(candidate: Candidate, who: CandidateFacts) -> None:
    """What the form left empty stays as it was: the form never shows what is there."""
    data, _ = PersonalData.objects.get_or_create(candidate=candidate)
    data.birth_date = who.birth_date or data.birth_date
    data.id_number = who.id_number or data.id_number
    data.save()


@transaction.atomic
def change_nomination(
    nomination: Nomination, who: CandidateFacts, what: NominationFacts, *, by: User, at: datetime
) -> None:
    require(may_edit_dossier(by, nomination.dossier))
    require_editable(nomination.dossier)
    if nomination.form_id != what.form.pk:
        _require_new(nomination.dossier, nomination.candidate, what.form)
    _write_candidate(nomination.candidate, who)
    for name, value in vars(what).items():
        setattr(nomination, name, value)
    nomination.is_drafted = False
    nomination.note_keys()
    nomination.save(
        update_fields=[*_columns(what), "is_drafted", "achievement_key", "initiative_key"]
    )
    _tell(nomination, "changed", "Sửa đề nghị", by=by, at=at)


def _columns(what: NominationFacts) -> list[str]:
    return list(vars(what))


def judge_as_typed(
    dossier: Dossier,
    nomination: Nomination | None,
    who: CandidateFacts,
    what: NominationFacts,
    *,
    by: User,
    at: datetime,
) -> Judged:
    """What the rules would say once this was saved: it is saved, judged and taken back, so that
    what is shown while typing and what holds afterwards cannot differ."""
    with transaction.atomic():
        if nomination is None:
            nomination = add_nomination(dossier, who, what, by=by, at=at)
        else:
            change_nomination(nomination, who, what, by=by, at=at)
        judged = judge(dossier, nominations_of(dossier), at=at)
        transaction.set_rollback(True)
    return next(one for one in judged if one.nomination.pk == nomination.pk)


@transaction.atomic
def add_list(
    dossier: Dossier,
    rows: Iterable[tuple[CandidateFacts, NominationFacts]],
    *,
    by: User,
    at: datetime,
) -> None:
    """A list from a sheet: all of it or nothing."""
    for who, what in rows:
        add_nomination(dossier, who, what, by=by, at=at, origin=Origin.SHEET)


@transaction.atomic
def remove_nomination(nomination: Nomination, *, by: User, at: datetime) -> None:
    """Out of the dossier; the record stays, as withdrawn."""
    require(may_edit_dossier(by, nomination.dossier))
    require_editable(nomination.dossier)
    nomination.withdraw(by=by, at=at, reason="Đơn vị bỏ khỏi hồ sơ")
    nomination.papers.current().update(removed_at=at, removed_by=by)


@transaction.atomic
def choose_sources(
    nomination: Nomination,
    activities: Collection[int],
    figures: Collection[int],
    *,
    by: User,
    at: datetime,
) -> None:
    """Tie the achievement to what is in the portal; the text is drafted from it where nobody has
    written one yet."""
    dossier = nomination.dossier
    require(may_edit_dossier(by, dossier))
    require_editable(dossier)
    offered = sources_offered(dossier)
    chosen: list[AchievementSource] = [
        AchievementSource(nomination=nomination, activity=one)
        for one in offered.activities
        if one.pk in activities
    ]
    chosen += [
        AchievementSource(nomination=nomination, figure=one)
        for one in offered.figures
        if one.pk in figures
    ]
    nomination.sources.all().delete()
    for position, source in enumerate(chosen, start=1):
        source.position = position
    AchievementSource.objects.bulk_create(chosen)
    if nomination.is_drafted or not nomination.achievement.strip():
        draft_achievement(nomination)
    label = f"Gắn thành tích với {len(chosen)} hoạt động, số liệu"
    _tell(nomination, "sources", label, by=by, at=at)


def draft_achievement(nomination: Nomination) -> None:
    text, summary = drafted(nomination.dossier, sources_of(nomination))
    nomination.achievement, nomination.is_drafted = text, bool(text)
    nomination.summary = summary
    nomination.note_keys()
    nomination.save(
        update_fields=["achievement", "summary", "is_drafted", "achievement_key", "initiative_key"]
    )


@transaction.atomic
def give_reason(
    nomination: Nomination, rule_code: str, reason: str, *, by: User, at: datetime
) -> None:
    """The unit's word on a warning; said again, it takes the place of what was said."""
    require(may_edit_dossier(by, nomination.dossier))
    require_editable(nomination.dossier)
    RuleReason.objects.update_or_create(
        nomination=nomination, rule_code=rule_code,
        defaults={"reason": reason, "by": by, "at": at},
    )  # fmt: skip
    _tell(nomination, "reason", f"Nêu lý do cho điều kiện {rule_code}", by=by, at=at, note=reason)


def _tell(
    nomination: Nomination, verb: str, label: str, *, by: User, at: datetime, note: str = ""
) -> None:
    whole = f"{label}: {nomination.candidate}"
    AuditEvent.objects.record(nomination, verb, by=by, at=at, label=whole[:200], note=note)
