"""The description of the API: for programs as OpenAPI, for people as a page without a script."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from accounts.http import UserRequest, methods
from reports.http import API_ROOT, PROBLEMS
from reports.views.api.door import FAILURES, REQUESTS_A_MINUTE
from reports.views.api.openapi import describe, name_of
from reports.views.api.resources import RESOURCES


@cache
def _written() -> bytes:
    """Drawn once in a process: nothing in it changes while it runs."""
    return json.dumps(describe(), ensure_ascii=False, indent=1).encode()


@login_not_required
@methods("GET")
def openapi(request: UserRequest) -> HttpResponse:
    """To be read before there is a key: it tells the shape of things and no thing."""
    response = HttpResponse(_written(), content_type="application/json; charset=utf-8")
    response["ETag"] = f'"{hashlib.sha256(_written()).hexdigest()}"'
    response["Cache-Control"] = "no-cache"
    known = get_conditional_response(request, etag=response["ETag"], response=response)
    return known if isinstance(known, HttpResponse) else response


# --- the page -------------------------------------------------------------------------------------

_TYPES = {
    "string": "chuỗi", "integer": "số nguyên", "boolean": "đúng/sai", "array": "danh sách",
    "object": "mục", "date": "ngày", "date-time": "thời điểm",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One parameter, or one field of an answer."""

    name: str
    kind: str
    text: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A resource as the page shows it."""

    slug: str
    title: str
    about: str
    scope: str
    parameters: tuple[Line, ...]
    fields: tuple[Line, ...]
    example: str


@methods("GET")
def api(request: UserRequest) -> HttpResponse:
    context = {
        "parts": _parts(),
        "root": f"{settings.SITE_URL}{API_ROOT}",
        "problems": _problems(),
        "requests_a_minute": REQUESTS_A_MINUTE,
        "failures": FAILURES,
    }
    return render(request, "reports/api.html", context)


@cache
def _parts() -> tuple[Part, ...]:
    said = describe()
    schemas = said["components"]["schemas"]
    return tuple(
        Part(
            slug=one.slug,
            title=one.title,
            about=one.about,
            scope=one.scope.value,
            parameters=tuple(
                _parameter(each)
                for each in said["paths"][f"/{one.slug}"]["get"]["parameters"]
                if each["in"] == "query"
            ),
            fields=tuple(_fields(schemas[name_of(one.shape)], schemas)),
            example=json.dumps(
                _example(schemas[name_of(one.shape)], schemas),
                ensure_ascii=False, indent=2,
            ),
        )
        for one in RESOURCES
    )  # fmt: skip


def _problems() -> list[tuple[int, str, str]]:
    return [(status, *PROBLEMS[status]) for status in (400, 401, 403, 404, 405, 422, 429, 503)]


def _fields(schema: Any, schemas: Any, above: str = "") -> Iterable[Line]:
    """Fields one under another; those of what lies inside behind a dot."""
    for name, field in schema["properties"].items():
        yield _line(f"{above}{name}", field)
        inner = _inner(field, schemas)
        if inner is not None and "label" not in inner["properties"]:
            brackets = "[]" if field.get("type") == "array" else ""
            yield from _fields(inner, schemas, f"{above}{name}{brackets}.")


def _inner(field: Any, schemas: Any) -> Any:
    """The object a field holds, one or many; None for a plain value."""
    inner = field.get("items", field)
    inner = inner["anyOf"][0] if "anyOf" in inner else inner
    if "$ref" in inner:
        return schemas[inner["$ref"].rpartition("/")[2]]
    return inner if "properties" in inner else None


def _parameter(said: Any) -> Line:
    schema = said["schema"]
    codes = schema["description"].split("; ") if "enum" in schema else ()
    return Line(said["name"], _kind(schema), said["description"], tuple(codes))


def _line(name: str, field: Any) -> Line:
    return Line(name, _kind(field), field["description"], tuple(_codes(field)))


def _codes(field: Any) -> list[str]:
    """The codes of a word, each with what it says."""
    inner = field.get("items", field)
    inner = inner["anyOf"][0] if "anyOf" in inner else inner
    if "label" not in inner.get("properties", {}):
        return []
    return str(inner["properties"]["code"]["description"]).split("; ")


def _kind(field: Any) -> str:
    if _codes(field):
        many = field.get("type") == "array"
        return "danh sách {code, label}" if many else "{code, label}"
    said = field.get("type") or "object"
    plain = next(each for each in said if each != "null") if isinstance(said, list) else said
    word = _TYPES.get(field.get("format", ""), _TYPES[plain])
    if "minimum" in field:
        word = f"{word}, {field['minimum']}–{field['maximum']}"
    is_open = isinstance(said, list) or "anyOf" in field
    return f"{word} hoặc null" if is_open else word


def _example(schema: Any, schemas: Any) -> Any:
    return {name: _value(field, schemas) for name, field in schema["properties"].items()}


def _value(field: Any, schemas: Any) -> Any:
    if "example" in field:
        return field["example"]
    if field.get("type") == "array":
        return [_value(field["items"], schemas)]
    inner = _inner(field, schemas)
    if inner is None:
        return None if isinstance(field.get("type"), list) else "…"
    return _first_word(inner) if "label" in inner["properties"] else _example(inner, schemas)


def _first_word(word: Any) -> dict[str, str]:
    first = word["properties"]["code"]["description"].partition("; ")[0]
    code, _, label = first.partition(": ")
    return {"code": code, "label": label}
