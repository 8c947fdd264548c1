"""A configuration as JSON, and back into the frozen dataclass it came from.

Strict on purpose: an unknown field, a missing one or a float is refused, so that what lies in
the database is exactly what the formula reads.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Shape = TypeVar("Shape")


class BadConfig(ValueError):
    """A configuration that is no such method; the message names the field."""


def dump(config: Any) -> Any:
    """As JSON: numbers as text, so that no float ever stands between."""
    if is_dataclass(config) and not isinstance(config, type):
        return {field.name: dump(getattr(config, field.name)) for field in fields(config)}
    if isinstance(config, tuple):
        return [dump(part) for part in config]
    if isinstance(config, Decimal):
        return f"{config.normalize():f}"  # 0.70 and 0.7 are one, and no difference
    return config.value if isinstance(config, StrEnum) else config


def load(shape: type[Shape], data: Any, where: str = "") -> Shape:
    if not isinstance(data, Mapping):
        raise BadConfig(f"{where or 'cấu hình'}: phải là một nhóm các mục.")
    hints = get_type_hints(shape)
    known = {field.name: field for field in fields(shape)}  # type: ignore[arg-type]
    if strangers := sorted(set(data) - set(known)):
        raise BadConfig(f"{_at(where, strangers[0])}: không có mục này.")
    values: dict[str, Any] = {}
    for name, field in known.items():
        if name in data:
            values[name] = _value(hints[name], data[name], _at(where, name))
        elif field.default is MISSING and field.default_factory is MISSING:
            raise BadConfig(f"{_at(where, name)}: còn thiếu.")
    return shape(**values)


def _at(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _value(hint: Any, raw: Any, where: str) -> Any:
    if isinstance(hint, UnionType):
        if raw is None:
            return None
        hint = next(part for part in get_args(hint) if part is not NoneType)
    if get_origin(hint) is tuple:
        if not isinstance(raw, list):
            raise BadConfig(f"{where}: phải là một danh sách.")
        part = get_args(hint)[0]
        return tuple(_value(part, one, f"{where}[{place}]") for place, one in enumerate(raw))
    if is_dataclass(hint) and isinstance(hint, type):
        return load(hint, raw, where)
    return _decimal(raw, where) if hint is Decimal else _plain(hint, raw, where)


def _decimal(raw: Any, where: str) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        raise BadConfig(f"{where}: phải là số viết trong dấu nháy.")
    try:
        value = Decimal(raw)
    except InvalidOperation:
        raise BadConfig(f"{where}: không phải là số.") from None
    if not value.is_finite():
        raise BadConfig(f"{where}: không phải là số.")
    return value


def _plain(hint: Any, raw: Any, where: str) -> Any:
    if type(raw) is not hint:
        raise BadConfig(f"{where}: không đúng loại giá trị.")
    return raw
