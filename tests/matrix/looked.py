"""How the addresses of saved views are asked: one view there is, and it is the officer's."""

from typing import Any

from django.core import signing

from accounts.lists import SALT
from accounts.models import SavedView


def said(**typed: str) -> dict[str, Any]:
    """What a list says of itself, and what the person types."""
    looked = {"list": "don-vi", "path": "/don-vi/", "query": "nhom=district"}
    return {"token": signing.dumps(looked, salt=SALT), "name": "Cấp huyện", **typed}


def save_view(person: Any) -> SavedView:
    return SavedView.objects.create(user=person, listing="don-vi", name="Của chuyên viên")


def activity(world: Any, scope: str, principal: str) -> dict[str, Any]:
    """Yes to an act on one activity ticked in the list."""
    typed = {"hoan-reason": "Mưa", "xong-on": "1/4/2024", "xong-result": "Tốt"}
    return {"chon": str(world.places["own"].followed.pk), "dong_y": "1", **typed}


def obligation(world: Any, scope: str, principal: str) -> dict[str, Any]:
    """Yes to an act on one obligation ticked in the ledger, and what it takes."""
    typed = {"gia-han-due": "29/3/2030", "gia-han-reason": "Lý do", "mien-reason": "Mới lập"}
    document = {"gia-han-document_number": "21/B"}
    return {"chon": str(world.places["own"].owed.pk), "dong_y": "1", **typed, **document}


ON_ACTIVITIES = {"campaign:activities-complete", "campaign:activities-postpone"}
ON_OBLIGATIONS = {"campaign:obligations-extend", "campaign:obligations-exempt"}
OF_SEVERAL = ON_ACTIVITIES | ON_OBLIGATIONS
VIEW_BODIES = {
    name: lambda world, scope, principal: said()
    for name in ("view-save", "view-change", "view-remove")
}
VIEW_BODIES |= dict.fromkeys(ON_ACTIVITIES, activity) | dict.fromkeys(ON_OBLIGATIONS, obligation)
VIEW_VALUES = {
    f"view-{act} pk": lambda world, scope: SavedView.objects.get().pk
    for act in ("change", "remove")
}
