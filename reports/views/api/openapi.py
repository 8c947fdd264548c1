"""The description of the API (OpenAPI 3.1), drawn from the forms it takes and the dataclasses it
tells: what is not in them cannot be asked or answered, so the description cannot fall behind."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from django.conf import settings

from accounts.models import ApiToken
from lib.vietnamese import nfc
from reports.datasets.api.reports import FILE_KINDS
from reports.datasets.api.shape import Word
from reports.forms import api as forms
from reports.http import API_ROOT, PROBLEM_TYPE, PROBLEMS
from reports.views.api.door import REQUESTS_A_MINUTE
from reports.views.api.resources import RESOURCES, Resource

VERSION = "1.0"
ABOUT = (
    "Đọc số liệu của Cổng Thi đua tỉnh Tây Ninh bằng chương trình. Mỗi yêu cầu gửi kèm một khóa, do "
    "người dùng tạo ở trang “Khóa truy cập API”; chương trình đọc được đúng những gì người đó thấy "
    "trên màn hình lúc ấy, trong phạm vi của khóa.\n\n"
    "Chỉ để đọc: chỉ trả lời GET và HEAD. Danh sách trả về từng trang theo con trỏ: đọc tiếp bằng "
    "địa chỉ ở “next” đến khi là null; mục được thêm trong lúc đọc nằm ở cuối, không làm sót hay lặp "
    "mục nào. Mỗi câu trả lời có ETag; gửi lại bằng If-None-Match sẽ nhận 304 khi chưa có gì đổi. "
    "Ngày theo ISO 8601, thời điểm kèm múi giờ +07:00, số thập phân là chuỗi, chữ Việt theo NFC. "
    f"Mỗi khóa đọc tối đa {REQUESTS_A_MINUTE} lần trong một phút."
)
_SIMPLE: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    Decimal: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}
# What may go wrong with a list, and with one thing.
REFUSALS = (400, 401, 403, 422, 429, 503)


def describe() -> dict[str, Any]:
    said: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "API đọc của Cổng Thi đua tỉnh Tây Ninh", "version": VERSION,
            "description": ABOUT,
        },
        "servers": [{"url": f"{settings.SITE_URL}{API_ROOT.rstrip('/')}"}],
        "security": [{"khoa": []}],
        "tags": [{"name": one.title, "description": one.about} for one in RESOURCES],
        "paths": dict(_paths()),
        "components": {
            "securitySchemes": {
                "khoa": {
                    "type": "http", "scheme": "bearer",
                    "description": "Khóa tạo ở trang “Khóa truy cập API”, bắt đầu bằng “ctd_”.",
                },
            },
            "schemas": dict(_schemas()),
            "responses": {f"Problem{status}": _refusal(status) for status in (*REFUSALS, 404)},
        },
    }  # fmt: skip
    found: dict[str, Any] = _composed(said)
    return found


def _composed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _composed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_composed(each) for each in value]
    return nfc(value) if isinstance(value, str) else value


# --- addresses ------------------------------------------------------------------------------------


def _paths() -> Iterable[tuple[str, Any]]:
    for one in RESOURCES:
        yield f"/{one.slug}", {"get": _list(one)}
        yield f"/{one.slug}/{{code}}", {"get": _single(one)}
    yield "/bao-cao/{code}/tep/{kind}", {"get": _file()}


def _list(one: Resource) -> dict[str, Any]:
    shown = {
        "type": "object", "required": ["items", "next"], "additionalProperties": False,
        "properties": {
            "items": {"type": "array", "items": _ref(one.shape)},
            "next": {
                "type": ["string", "null"], "description": "Địa chỉ trang sau; null: đã hết",
            },
        },
    }  # fmt: skip
    return {
        "operationId": f"list-{one.slug}",
        "tags": [one.title],
        "summary": f"{one.title}: danh sách",
        "description": f"{one.about} {_needs(one.scope)}",
        "parameters": [*_parameters(one), KNOWN],
        "responses": {"200": _answer("Một trang của danh sách", shown), **_others()},
    }


def _single(one: Resource) -> dict[str, Any]:
    identity = _identity(one)
    return {
        "operationId": f"get-{one.slug}",
        "tags": [one.title],
        "summary": f"{one.title}: một mục",
        "description": f"Một mục theo “id”. {_needs(one.scope)}",
        "parameters": [_in_path("code", identity["description"], identity.get("example")), KNOWN],
        "responses": {
            "200": _answer("Mục được hỏi", _ref(one.shape)), **_others(), "404": _problem_ref(404),
        },
    }  # fmt: skip


def _file() -> dict[str, Any]:
    kind = _in_path("kind", "Loại tệp", "pdf")
    kind["schema"] = {"type": "string", "enum": list(FILE_KINDS)}
    content = {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}
    types = (
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    return {
        "operationId": "get-bao-cao-tep",
        "tags": ["Báo cáo đã ban hành"],
        "summary": "Báo cáo đã ban hành: một tệp",
        "description": f"Nội dung của tệp đã ban hành. {_needs(ApiToken.Scope.REPORTS)}",
        "parameters": [_in_path("code", "Mã kiểm tra của báo cáo", "BC-7F3K-9QXM"), kind],
        "responses": {
            "200": {"description": "Tệp", "content": dict.fromkeys(types, content)},
            **_without_304(), "404": _problem_ref(404),
        },
    }  # fmt: skip


def _needs(scope: ApiToken.Scope) -> str:
    return f"Khóa cần phạm vi “{scope.value}”."


def _identity(one: Resource) -> dict[str, Any]:
    return _property(get_type_hints(one.shape)["id"], fields(one.shape)[0].metadata)


def _in_path(name: str, text: str, example: Any) -> dict[str, Any]:
    said = {
        "name": name, "in": "path", "required": True, "description": text,
        "schema": {"type": "string", "pattern": "^[0-9A-Za-zĐđ._:-]+$"},
    }  # fmt: skip
    return said if example is None else {**said, "example": example}


KNOWN = {
    "name": "If-None-Match", "in": "header",
    "description": "ETag của lần đọc trước; chưa có gì đổi thì nhận 304, không có nội dung",
    "schema": {"type": "string"},
}  # fmt: skip


def _parameters(one: Resource) -> list[dict[str, Any]]:
    declared: Mapping[str, Any] = one.form.base_fields
    common = ("so_dong", "con_tro")
    return [
        {
            "name": name,
            "in": "query",
            "description": str(declared[name].label),
            "schema": _taken(declared[name], one),
        }
        for name in (*(name for name in declared if name not in common), *common)
    ]


def _taken(field: Any, one: Resource) -> dict[str, Any]:
    said: dict[str, Any] = field.schema()
    # A cursor is good for its own list only.
    return (
        {**said, "format": f"con-tro-{one.slug}"} if isinstance(field, forms.CursorField) else said
    )


# --- answers --------------------------------------------------------------------------------------


def _answer(text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": text,
        "headers": {
            "ETag": {"description": "Dấu của nội dung", "schema": {"type": "string"}},
        },
        "content": {"application/json": {"schema": schema}},
    }


def _without_304() -> dict[str, Any]:
    return {str(status): _problem_ref(status) for status in REFUSALS}


def _others() -> dict[str, Any]:
    return {"304": {"description": "Chưa có gì đổi từ lần đọc trước"}, **_without_304()}


def _problem_ref(status: int) -> dict[str, str]:
    return {"$ref": f"#/components/responses/Problem{status}"}


def _refusal(status: int) -> dict[str, Any]:
    title, detail = PROBLEMS[status]
    said: dict[str, Any] = {
        "description": title,
        "content": {
            PROBLEM_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "example": {"title": title, "status": status, "detail": detail},
            },
        },
    }
    if status in {429, 503}:
        text = "Số giây cần chờ"
        said["headers"] = {"Retry-After": {"description": text, "schema": {"type": "string"}}}
    return said


_PROBLEM = {
    "type": "object",
    "description": "Lý do không trả lời được, cùng một dạng cho mọi trường hợp (RFC 9457).",
    "required": ["title", "status", "detail"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "string", "description": "Loại trường hợp"},
        "status": {"type": "integer", "description": "Mã trạng thái HTTP"},
        "detail": {"type": "string", "description": "Một câu nói rõ, để người đọc"},
        "errors": {
            "type": "object",
            "description": "Tham số nào sai, sai ở đâu",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "incident": {"type": "string", "description": "Mã để báo quản trị"},
    },
}


# --- shapes ---------------------------------------------------------------------------------------


def _schemas() -> Iterable[tuple[str, Any]]:
    yield "Problem", _PROBLEM
    for shape in shapes():
        yield name_of(shape), _object(shape)


def shapes() -> list[type]:
    """Every dataclass told, those inside others after them, each once; words are written out."""
    found: dict[type, None] = {}
    waiting = [one.shape for one in RESOURCES]
    while waiting:
        shape = waiting.pop(0)
        if shape not in found:
            found[shape] = None
            waiting += [inner for inner in _inside(shape) if inner is not Word]
    return list(found)


def _inside(shape: type) -> Iterable[type]:
    for hint in get_type_hints(shape).values():
        for each in (hint, *get_args(hint)):
            if isinstance(each, type) and is_dataclass(each):
                yield each


def name_of(shape: type) -> str:
    return shape.__name__.removesuffix("Told")


def _ref(shape: type) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name_of(shape)}"}


def _object(shape: type) -> dict[str, Any]:
    hints = get_type_hints(shape)
    return {
        "type": "object",
        "description": shape.__doc__,
        "required": [each.name for each in fields(shape)],
        "additionalProperties": False,
        "properties": {
            each.name: _property(hints[each.name], each.metadata) for each in fields(shape)
        },
    }


def _property(hint: Any, metadata: Any) -> dict[str, Any]:
    said = {**_schema(hint, metadata.get("words")), "description": metadata["description"]}
    if metadata.get("example") is not None:
        said["example"] = metadata["example"]
    return said


def _schema(hint: Any, words: Any) -> dict[str, Any]:
    if isinstance(hint, UnionType):
        return _or_null(
            _schema(next(each for each in get_args(hint) if each is not NoneType), words)
        )
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _schema(get_args(hint)[0], words)}
    if isinstance(hint, type) and is_dataclass(hint):
        return _word(words) if hint is Word else _ref(hint)
    return dict(_SIMPLE[hint])


def _or_null(said: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in said or "properties" in said:
        return {"anyOf": [said, {"type": "null"}]}
    return {**said, "type": [said["type"], "null"]}


def _word(words: Any) -> dict[str, Any]:
    pairs = getattr(words, "choices", words)
    explained = "; ".join(f"{code}: {label}" for code, label in pairs)
    said = _object(Word)
    said["properties"]["code"]["enum"] = [str(code) for code, _ in pairs]
    said["properties"]["code"]["description"] = explained
    del said["description"]
    return said
