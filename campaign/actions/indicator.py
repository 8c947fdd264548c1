"""What the head of Ban Thi đua does with the catalogue of indicators (danh mục chỉ tiêu).

An indicator is never deleted: retired, it is asked no more and keeps what was reported. Once
numbers were given for it, how it counts is frozen; its name may still be put better.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from campaign.catalogue import earlier, groups, later
from campaign.datasets.indicators import is_counted_with
from campaign.models import Campaign, Indicator, PlanItem
from campaign.permissions import may_edit_indicators
from units.models import Unit

HOW_IT_COUNTS = ("measure", "aggregate", "parent", "relation")


@dataclass(frozen=True)
class IndicatorData:
    """What the form says of one indicator."""

    fields: dict[str, Any]
    plan_items: Sequence[PlanItem]
    only_units: Sequence[Unit]


@transaction.atomic
def add_indicator(
    campaign: Campaign, code: str, data: IndicatorData, *, by: User, at: datetime
) -> Indicator:
    """At the end of the list, or of those that stand under the same parent."""
    require(may_edit_indicators(by))
    rows = _rows(campaign)
    if any(row.code == code for row in rows):
        raise Refused(f"Danh mục đã có chỉ tiêu mã “{code}”.")
    last = max((row.position for row in rows), default=0)
    added = Indicator.objects.create(campaign=campaign, code=code, position=last + 1, **data.fields)
    added.plan_items.set(data.plan_items)
    added.only_units.set(data.only_units)
    if added.is_under_parent:
        _put_in_order(_under_its_parent(rows, added))
    _record(added, "added", "Thêm chỉ tiêu", by=by, at=at)
    return added


def _under_its_parent(rows: list[Indicator], added: Indicator) -> list[Indicator]:
    grouped = groups(rows)
    for group in grouped:
        if added.parent in group:
            group.append(added)
    return [row for group in grouped for row in group]


@transaction.atomic
def change_indicator(indicator: Indicator, data: IndicatorData, *, by: User, at: datetime) -> None:
    require(may_edit_indicators(by))
    if is_counted_with(indicator):
        _refuse_another_meaning(indicator, data)
    for name, value in data.fields.items():
        setattr(indicator, name, value)
    indicator.save(update_fields=list(data.fields))
    indicator.plan_items.set(data.plan_items)
    indicator.only_units.set(data.only_units)
    _record(indicator, "changed", "Sửa chỉ tiêu", by=by, at=at)


def _refuse_another_meaning(indicator: Indicator, data: IndicatorData) -> None:
    differs = any(getattr(indicator, name) != data.fields[name] for name in HOW_IT_COUNTS)
    if differs or data.fields["decimals"] < indicator.decimals:
        raise Refused(
            "Chỉ tiêu đã có số liệu nên không đổi được đơn vị tính, cách tổng hợp và chỉ tiêu "
            "chính. Mời thêm chỉ tiêu mới và ngừng dùng chỉ tiêu này."
        )


@transaction.atomic
def raise_indicator(indicator: Indicator, *, by: User) -> None:
    """One place up, with those under it. An order is no fact to keep a trace of."""
    _reorder(indicator, earlier, by=by)


@transaction.atomic
def lower_indicator(indicator: Indicator, *, by: User) -> None:
    _reorder(indicator, later, by=by)


def _reorder(
    indicator: Indicator,
    move: Callable[[Sequence[Indicator], Indicator], list[Indicator]],
    *,
    by: User,
) -> None:
    require(may_edit_indicators(by))
    _put_in_order(move(_rows(indicator.campaign), indicator))


@transaction.atomic
def retire_indicator(indicator: Indicator, *, by: User, at: datetime) -> None:
    require(may_edit_indicators(by))
    if not indicator.is_active:
        raise Refused("Chỉ tiêu này đã ngừng dùng.")
    _set_active(indicator, is_active=False)
    _record(indicator, "retired", "Ngừng dùng chỉ tiêu", by=by, at=at)


@transaction.atomic
def restore_indicator(indicator: Indicator, *, by: User, at: datetime) -> None:
    require(may_edit_indicators(by))
    if indicator.is_active:
        raise Refused("Chỉ tiêu này đang được dùng.")
    _set_active(indicator, is_active=True)
    _record(indicator, "restored", "Dùng lại chỉ tiêu", by=by, at=at)


def _set_active(indicator: Indicator, *, is_active: bool) -> None:
    indicator.is_active = is_active
    indicator.save(update_fields=["is_active"])


def _rows(campaign: Campaign) -> list[Indicator]:
    """All of them, held until the end of the transaction: two orders do not mix."""
    known = Indicator.objects.select_for_update(of=("self",)).filter(campaign=campaign)
    return list(known.in_order().select_related("parent"))


def _put_in_order(rows: list[Indicator]) -> None:
    for position, row in enumerate(rows, start=1):
        row.position = position
    Indicator.objects.bulk_update(rows, ["position"])


def _record(indicator: Indicator, verb: str, label: str, *, by: User, at: datetime) -> None:
    AuditEvent.objects.record(indicator, verb, by=by, at=at, label=label, note=str(indicator))
