"""Cách xem đã lưu: what a person does with the own views of lists."""

from django.db import transaction

from accounts.models import SavedView, User
from accounts.permissions import require
from accounts.workflow import Refused

MOST_VIEWS = 12
LONGEST_QUERY = SavedView._meta.get_field("query").max_length


@transaction.atomic
def save_view(listing: str, query: str, *, by: User, name: str, is_default: bool) -> SavedView:
    """Keep a view under a name; the same name again is the same view, looked at anew."""
    _require_short(query)
    mine = SavedView.objects.of(by, listing)
    view = mine.filter(name=name).first() or SavedView(user=by, listing=listing, name=name)
    if view.pk is None and mine.count() >= MOST_VIEWS:
        raise Refused(
            f"Mỗi danh sách giữ được {MOST_VIEWS} cách xem. Mời xóa một cách xem không dùng nữa."
        )
    view.query = query
    _keep(view, is_default=is_default)
    return view


@transaction.atomic
def change_view(
    view: SavedView, *, by: User, name: str, is_default: bool, query: str | None
) -> None:
    """`query` is what the view shall show from now on; none leaves it as it is."""
    require(view.user_id == by.pk)
    others = SavedView.objects.of(by, view.listing).exclude(pk=view.pk)
    if others.filter(name=name).exists():
        raise Refused(f"Đã có cách xem tên “{name}”. Mời đặt tên khác.")
    view.name = name
    if query is not None:
        _require_short(query)
        view.query = query
    _keep(view, is_default=is_default)


@transaction.atomic
def remove_view(view: SavedView, *, by: User) -> None:
    require(view.user_id == by.pk)
    view.delete()


def _keep(view: SavedView, *, is_default: bool) -> None:
    """At most one view opens first."""
    if is_default:
        others = SavedView.objects.of(view.user, view.listing).exclude(pk=view.pk)
        others.update(is_default=False)
    view.is_default = is_default
    view.save()


def _require_short(query: str) -> None:
    if len(query) > (LONGEST_QUERY or 0):
        raise Refused("Cách xem này có quá nhiều điều kiện để lưu. Mời bỏ bớt điều kiện lọc.")
