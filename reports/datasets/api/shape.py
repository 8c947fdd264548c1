"""The vocabulary of the API's answers, and how a value becomes JSON."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import TextChoices

from lib import clock
from lib.vietnamese import nfc
from units.models import Block, Unit


def told(text: str, example: Any = None, *, words: Any = None) -> Any:
    """A field of the contract: what it means, an example, and the codes a `Word` may have."""
    return field(metadata={"description": text, "example": example, "words": words})


@dataclass(frozen=True)
class Word:
    """Một giá trị trong danh mục: mã để máy đọc, lời để người đọc."""

    code: str = told("Mã, không đổi")
    label: str = told("Lời tiếng Việt như trên màn hình")


@dataclass(frozen=True)
class UnitRef:
    """Đơn vị, đọc đủ ở /don-vi."""

    code: str = told("Mã đơn vị", "SNV")
    name: str = told("Tên đơn vị", "Sở Nội vụ")


@dataclass(frozen=True)
class BlockRef:
    """Khối thi đua."""

    code: str = told("Mã khối", "K03")
    name: str = told("Tên khối", "Khối Tham mưu - Tổng hợp")


def word(choices: type[TextChoices], value: str) -> Word:
    return Word(value, str(choices(value).label))


def unit_ref(unit: Unit) -> UnitRef:
    return UnitRef(unit.code, unit.name)


def block_ref(block: Block) -> BlockRef:
    return BlockRef(block.code, str(block))


def page_of(path: str) -> str:
    """A page of the portal as a whole address."""
    return f"{settings.SITE_URL}{path}"


def to_json(value: Any) -> Any:
    """Decimals as strings, so that none is rounded on the way; moments in the time of the
    province, with their offset; text in NFC."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: to_json(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, list | tuple):
        return [to_json(each) for each in value]
    write = _WRITTEN.get(type(value))
    return write(value) if write else value


_WRITTEN: Mapping[type, Callable[[Any], str]] = {
    datetime: lambda moment: moment.astimezone(clock.LOCAL).isoformat(),
    date: date.isoformat,
    Decimal: lambda number: format(number, "f"),
    str: nfc,
}
