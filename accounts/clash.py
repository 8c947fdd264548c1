"""Two people in one draft: what the second is told, the same for every draft (R14).

A save names the revision its page was read at. Where somebody saved meanwhile nothing is written
over; the page shows both texts, and a script is given what is stored to set beside what was typed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.forms import BoundField
from django.http import JsonResponse

from accounts.workflow import Conflict, Refused
from lib import clock


class Draft(Protocol):
    """Whatever is written by several people and counts its saves."""

    @property
    def revision(self) -> int: ...
    @property
    def saved_at(self) -> datetime | None: ...
    @property
    def saved_by(self) -> Any: ...


@dataclass(frozen=True)
class Clash:
    """A text two people wrote: what is stored now, beside what was typed."""

    label: str
    anchor: str
    stored: str


def clashes(typed: Iterable[BoundField], stored: Mapping[str, str]) -> list[Clash]:
    """Where what was typed differs from what is stored, by the names of the fields."""
    return [
        Clash(str(field.label), field.id_for_label, stored[field.html_name])
        for field in typed
        if _words(field.value()) != _words(stored[field.html_name])
    ]


def _words(text: object) -> list[str]:
    return str(text or "").split()


def answer_autosave(
    save: Callable[[], None],
    draft: Draft,
    *,
    stored: Callable[[], tuple[Draft, Mapping[str, str]]],
    more: Callable[[], Mapping[str, Any]] = dict,
) -> JsonResponse:
    """Save and say how it went; `stored` reads the draft anew, `more` adds to a good answer."""
    try:
        save()
    except Conflict as conflict:
        return _clash(conflict, *stored())
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=409)
    return JsonResponse({"revision": draft.revision, "saved_at": _time(draft), **more()})


def _clash(conflict: Conflict, draft: Draft, values: Mapping[str, str]) -> JsonResponse:
    return JsonResponse(
        {
            "message": str(conflict),
            "revision": draft.revision,
            "saved_by": str(draft.saved_by),
            "saved_at": _time(draft),
            "values": dict(values),
        },
        status=409,
    )


def _time(draft: Draft) -> str:
    return f"{draft.saved_at.astimezone(clock.LOCAL):%H:%M}" if draft.saved_at else ""
