"""The law on awards as the portal holds it on a day: what there is, and what is checked."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.http import UserRequest, methods
from awards.models import AwardForm, BaseSalary, EligibilityRule, PaperTemplate
from campaign.forms.fields import DayField
from lib import clock
from units.permissions import has_a_role


class DayForm(forms.Form):
    """The day the law is looked at; today where none is said."""

    ngay = DayField(label="Quy định có hiệu lực ngày", required=False)


@methods("GET")
def catalogue(request: UserRequest) -> HttpResponse:
    if not has_a_role(request.user):
        raise Http404
    form = DayForm(request.GET)
    if not form.is_valid():
        return render(request, "awards/catalogue.html", {"form": form}, status=422)
    on = form.cleaned_data["ngay"] or clock.local_day(request.at)
    awards = AwardForm.objects.in_force(on=on).in_order().prefetch_related("recipients")
    salary = BaseSalary.objects.on(on)
    context = {
        "form": form,
        "on": on,
        "kinds": _by_kind(list(awards), salary),
        "salary": salary,
        "rules": EligibilityRule.objects.in_force(on=on).order_by("position"),
        "templates": PaperTemplate.objects.in_force(on=on).order_by("kind", "ground", "recipient"),
    }
    return render(request, "awards/catalogue.html", context)


def _by_kind(awards: list[AwardForm], salary: BaseSalary | None) -> list[tuple[str, list[Any]]]:
    """Titles and commendations apart, each award with its bonus in đồng on the day."""
    return [
        (
            str(kind.label),
            [
                (award, [_bonus(row, salary) for row in award.recipients.all()])
                for award in awards
                if award.kind == kind
            ],
        )
        for kind in AwardForm.Kind
    ]


def _bonus(row: Any, salary: BaseSalary | None) -> tuple[str, Any, int | None]:
    money = int(row.factor * salary.amount) if row.factor and salary else None
    return row.get_recipient_display(), row.factor, money
