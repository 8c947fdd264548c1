"""Extensions and exemptions: acts of the head of Ban Thi đua, for one unit or for several at once."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from accounts.permissions import require
from campaign import emails
from campaign.models import Extension, Obligation
from campaign.permissions import may_change_obligation


def _locked(obligation: Obligation) -> Obligation:
    """The row as it is now, held until the end of the transaction: two changes come in turn."""
    return Obligation.objects.select_for_update().get(pk=obligation.pk)


@transaction.atomic
def extend_obligation(
    obligation: Obligation,
    *,
    by: User,
    at: datetime,
    due: date,
    reason: str,
    document_number: str,
) -> None:
    require(may_change_obligation(by, obligation))
    locked = _locked(obligation)
    locked.extend(
        Extension(
            obligation=locked,
            due_date=due,
            reason=reason,
            document_number=document_number,
            by=by,
            at=at,
        )
    )
    emails.obligation_extended(locked, at=at, reason=reason)


@transaction.atomic
def exempt_obligation(obligation: Obligation, *, by: User, at: datetime, reason: str) -> None:
    require(may_change_obligation(by, obligation))
    _locked(obligation).exempt(by=by, at=at, reason=reason)


@transaction.atomic
def encourage_obligation(obligation: Obligation, *, by: User, at: datetime, reason: str) -> None:
    require(may_change_obligation(by, obligation))
    _locked(obligation).encourage(by=by, at=at, reason=reason)


@transaction.atomic
def require_obligation(obligation: Obligation, *, by: User, at: datetime, reason: str) -> None:
    require(may_change_obligation(by, obligation))
    _locked(obligation).require_again(by=by, at=at, reason=reason)


# --- Several at once: all of them or none -------------------------------------------------------

OWN_UNIT = "Đơn vị của ông/bà nên người khác quyết định."


def why_not_extended(obligation: Obligation, *, by: User) -> str:
    """Why a due day is not moved, in a sentence; nothing where it can be."""
    if not may_change_obligation(by, obligation):
        return OWN_UNIT
    if not obligation.is_owed:
        return "Đơn vị được miễn nên không có hạn để gia hạn."
    return "Đã gửi nên không cần gia hạn." if obligation.met_at else ""


def why_not_exempted(obligation: Obligation, *, by: User) -> str:
    if not may_change_obligation(by, obligation):
        return OWN_UNIT
    if not obligation.is_owed:
        return "Đơn vị đã được miễn."
    return "Đã gửi nên không cần miễn." if obligation.met_at else ""


@transaction.atomic
def extend_several(
    obligations: Iterable[Obligation],
    *,
    by: User,
    at: datetime,
    due: date,
    reason: str,
    document_number: str,
) -> None:
    for obligation in obligations:
        extend_obligation(
            obligation, by=by, at=at, due=due, reason=reason, document_number=document_number
        )


@transaction.atomic
def exempt_several(
    obligations: Iterable[Obligation], *, by: User, at: datetime, reason: str
) -> None:
    for obligation in obligations:
        exempt_obligation(obligation, by=by, at=at, reason=reason)
