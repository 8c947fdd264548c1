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


VIEW_BODIES = {
    name: lambda world, scope, principal: said()
    for name in ("view-save", "view-change", "view-remove")
}
VIEW_VALUES = {
    f"view-{act} pk": lambda world, scope: SavedView.objects.get().pk
    for act in ("change", "remove")
}
