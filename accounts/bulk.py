"""One act on several rows of a list: first shown, with the rows it leaves alone and why, then done.

The rows come ticked, or are all that the filters of the address give. What was shown comes back
as one field, so the act does what the person said yes to, whatever has come into the list since.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from accounts.http import UserRequest
from accounts.lists import MANY
from lib.listing import MOST_AT_ONCE, Sorted
from lib.vietnamese import number

T = TypeVar("T", bound=Model)

AGREED = "dong_y"
LONGEST_PK = 19  # what the database can hold
NOTHING_TICKED = "Chưa chọn dòng nào. Mời đánh dấu ở đầu dòng rồi bấm lại."


@dataclass(frozen=True)
class Plan(Generic[T]):
    """What an act would do, for the person to say yes to."""

    title: str
    button: str
    rows: Sorted[T]
    label: Callable[[T], str]
    back: str
    form: forms.Form | None = None
    note: str = ""

    @property
    def keys(self) -> str:
        return ",".join(str(row.pk) for row in self.rows.will)

    @property
    def will(self) -> list[str]:
        return [self.label(row) for row in self.rows.will]

    @property
    def wont(self) -> list[tuple[str, str]]:
        return [(self.label(row), reason) for row, reason in self.rows.wont]


def is_agreed(request: UserRequest) -> bool:
    return request.POST.get(AGREED) == "1"


def is_confirmed(request: UserRequest, plan: Plan[Any]) -> bool:
    """The person has seen what would be done, said yes, and filled in what it takes."""
    is_filled_in = plan.form is None or plan.form.is_valid()
    return is_agreed(request) and bool(plan.rows.will) and is_filled_in


def ticked(
    request: UserRequest, seen: QuerySet[T], filtered: Callable[[], QuerySet[T]]
) -> QuerySet[T]:
    """The rows ticked among those the person may see, or all that the address shows."""
    if request.POST.get(MANY) == "1" and not is_agreed(request):
        return filtered()
    return seen.filter(pk__in=keys_of(request.POST.getlist("chon")))


def keys_of(typed: Iterable[str]) -> list[int]:
    words = [word for several in typed for word in several.split(",")]
    return [int(word) for word in words if word.isdecimal() and len(word) < LONGEST_PK]


def too_few_or_many(rows: QuerySet[Any]) -> str:
    """Why nothing can be done with so many rows, in a sentence; nothing where it can."""
    count = rows.count()
    if not count:
        return NOTHING_TICKED
    if count > MOST_AT_ONCE:
        return (
            f"Đã chọn {number(count)} dòng; mỗi lần làm được nhiều nhất {MOST_AT_ONCE} dòng. "
            "Mời lọc hẹp hơn rồi chọn lại."
        )
    return ""


def turned_back(request: UserRequest, why: str, back: str) -> HttpResponse:
    messages.warning(request, why)
    return HttpResponseRedirect(back)


def preview(request: UserRequest, plan: Plan[Any]) -> HttpResponse:
    """What would be done; nothing is done yet."""
    is_refused = plan.form is not None and plan.form.is_bound and not plan.form.is_valid()
    context = {"plan": plan, "form": plan.form, "action": request.get_full_path()}
    return render(request, "accounts/bulk.html", context, status=422 if is_refused else 200)
