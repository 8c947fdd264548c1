"""Every address of the portal: name, route and the methods it answers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import getclosurevars
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# The admin of Django declares none: its pages are read and posted to.
UNDECLARED = ("GET", "HEAD", "POST")


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    methods: tuple[str, ...]


def patterns(
    resolver: URLResolver | None = None, space: str = "", route: str = ""
) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Name, route and view of every address, however deep it is included."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from patterns(pattern, inner, here)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or ''}", here, pattern.callback


def addresses() -> list[Address]:
    found = [Address(name, route, methods_of(view)) for name, route, view in patterns()]
    return sorted(found, key=lambda address: address.route)


def methods_of(view: Callable[..., Any]) -> tuple[str, ...]:
    """What the view declares; ours by `accounts.http.methods`, others by Django's own ways."""
    declared = declared_methods(view)
    return UNDECLARED if declared is None else tuple(sorted(declared))


def declared_methods(view: Callable[..., Any]) -> set[str] | None:
    view_class = getattr(view, "view_class", None)
    if view_class is not None:
        names = {name for name in view_class.http_method_names if hasattr(view_class, name)}
        return {name.upper() for name in names | ({"head"} if "get" in names else set())}
    layer: Callable[..., Any] | None = view
    while layer is not None:
        if hasattr(layer, "allowed_methods"):
            return set(layer.allowed_methods)
        if hasattr(layer, "__code__"):
            listed = getclosurevars(layer).nonlocals.get("request_method_list")
            if listed is not None:
                return set(listed)
        layer = getattr(layer, "__wrapped__", None)
    return None
