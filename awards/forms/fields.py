"""Fields that several forms of the awards share."""

from typing import Any

from django import forms

from awards.models import Nomination
from lib.vietnamese import short_date

NOTHING_TICKED = "Chưa chọn đề nghị nào. Mời đánh dấu ở đầu dòng."


class NominationsField(forms.ModelMultipleChoiceField[Nomination]):
    """Nominations ticked in a table; only those the page offered."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Nomination.objects.none(),
            label="Đề nghị",
            error_messages={
                "required": NOTHING_TICKED,
                "invalid_choice": "Có đề nghị không còn trong danh sách. Mời tải lại trang.",
                "invalid_pk_value": "Có đề nghị không còn trong danh sách. Mời tải lại trang.",
            },
            **kwargs,
        )


def offer(form: forms.Form, name: str, offered: Any) -> None:
    """Let a field choose among these."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = offered


def ticked(form: forms.Form, name: str) -> set[str]:
    """What stood ticked on the page, to show it again."""
    data: Any = form.data
    return set(data.getlist(name)) if form.is_bound else set()


def not_before(day: Any, first: Any, what: str) -> str:
    """The sentence of a day that is too early; empty where it is not."""
    return f"Ở trước {what} ({short_date(first)})." if day and first and day < first else ""
