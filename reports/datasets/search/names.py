"""Units, people, activities and rows of the plan, by name."""

from functools import lru_cache
from typing import Final

from django.db.models import Case, Q, Value, When
from django.db.models.functions import Concat, Lower
from django.urls import reverse

from awards.models import Nomination
from campaign.models import Activity, PlanItem
from lib import clock
from lib.search import Nearness, abbreviations, nearness, words_of
from lib.vietnamese import fold
from reports.datasets.search.asked import (
    Asked,
    Listed,
    has_needles,
    has_words,
    hit,
    near_of,
    nearest,
    rank,
)
from units.models import Unit, valid_on

# Directories say the one, people the other.
_SAID_FOR: Final = (("uy ban nhan dan", "ubnd"), ("hoi dong nhan dan", "hdnd"))
_KINDS: Final = (
    PlanItem.Kind.CONTENT_ITEM,
    PlanItem.Kind.SOLUTION_HEADING,
    PlanItem.Kind.SOLUTION_BULLET,
    PlanItem.Kind.ASSIGNMENT_HEADING,
    PlanItem.Kind.ASSIGNMENT_BULLET,
)


def units(asked: Asked) -> Listed:
    """By abbreviation, code or name; those still in force first. Everybody with a role may."""
    words = as_directories_say(asked.words)
    exact = Q(code__in=abbreviations(words)) | Q(
        search_key__endswith=Concat(Value(f" {fold(asked.typed)} "), Lower("code"))
    )
    in_force = Case(When(valid_on(clock.local_day(asked.at)), then=0), default=1)
    rows, count = nearest(
        Unit.objects.filter(has_words(words, "search_key") | exact).annotate(ended=in_force),
        rank("search_key", words, exact=exact), "ended", "sort_order", most=asked.most,
    )  # fmt: skip
    return Listed(
        [
            hit(
                asked, row.name, reverse("units:unit", args=[row.code]),
                " · ".join(dict.fromkeys([row.code, row.get_group_display()])), near_of(row),
            )
            for row in rows
        ],
        count,
    )  # fmt: skip


def as_directories_say(words: tuple[str, ...]) -> tuple[str, ...]:
    phrase = " ".join(words)
    for long, short in _SAID_FOR:
        phrase = phrase.replace(long, short)
    return tuple(phrase.split())


def nominations(asked: Asked) -> Listed:
    """People and collectives proposed for an award, where the dossier may be seen."""
    seen = Nomination.objects.visible_to(asked.user)
    rows, count = nearest(
        seen.filter(has_words(asked.words, "candidate__name_key")).select_related(
            "candidate", "form", "dossier__unit"
        ),
        rank("candidate__name_key", asked.words), "-pk", most=asked.most,
    )  # fmt: skip
    return Listed(
        [
            hit(
                asked, row.candidate.name, row.get_absolute_url(),
                f"{row.form.short_name} · {row.dossier.unit}", near_of(row),
            )
            for row in rows
        ],
        count,
    )  # fmt: skip


def activities(asked: Asked) -> Listed:
    """By title or place sponsored, each real event once."""
    seen = Activity.objects.visible_to(asked.user).counting()
    rows, count = nearest(
        seen.filter(
            has_needles(asked.words, "title_key") | has_needles(asked.words, "beneficiary_key")
        ).select_related("lead_unit"),
        rank("title_key", asked.words), "-pk", most=asked.most,
    )  # fmt: skip
    return Listed(
        [
            hit(
                asked, row.title, row.get_absolute_url(),
                f"{row.lead_unit} · {row.get_status_display()}", near_of(row),
            )
            for row in rows
        ],
        count,
    )  # fmt: skip


def plan_items(asked: Asked) -> Listed:
    """Rows of the plans by code or by words: whoever has a role reads the plans."""
    rows = PlanItem.objects.in_effect().filter(kind__in=_KINDS).select_related("campaign")
    found = []
    for row in rows.order_by("-campaign__starts_on", "position"):
        near = _near_item(row, asked)
        if near is not None:
            url = reverse("campaign:plan-item", args=[row.campaign.code, row.code])
            about = f"{row.code} · {row.get_kind_display()} · {row.campaign}"
            found.append(hit(asked, row.text, url, about, near))
    found.sort(key=lambda one: one.nearness)
    return Listed(found[: asked.most], len(found))


def _near_item(row: PlanItem, asked: Asked) -> Nearness | None:
    if words_of(row.code) == asked.words:
        return Nearness.EXACT
    return nearness(_folded(row.text), asked.words)


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """The rows of a plan are asked for at every key, and hardly ever change."""
    return fold(text)
