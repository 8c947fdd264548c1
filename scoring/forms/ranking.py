"""What a block's ranking needs beside the points: rules, and remarks on each unit."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms

from campaign.forms.fields import LineField
from scoring.forms.fields import PointsField
from scoring.ranking import Quota, RankingRules, Remark, TieBreak, TieBreakKind
from units.models import BlockMembership

OUT = [
    ("", "Được xếp hạng"),
    ("not_ranked", "Không xếp hạng"),
    ("withdrawn", "Xin rút"),
]


class RulesForm(forms.Form):
    """Quotas, thresholds and the order of tie-breaks; a place in the order for each rule."""

    flags = forms.IntegerField(label="Số Cờ thi đua của UBND tỉnh", min_value=0, max_value=20)
    flag_points = PointsField(label="Điểm tối thiểu để đề nghị Cờ")
    merits = forms.IntegerField(
        label="Số Bằng khen của Chủ tịch UBND tỉnh", min_value=0, max_value=50
    )
    merit_points = PointsField(label="Điểm tối thiểu để đề nghị Bằng khen")
    least_total = PointsField(label="Điểm tối thiểu để được xếp hạng", required=False)
    reason = LineField(
        label="Lý do đính chính", max_length=500, required=False,
        help_text="Bắt buộc khi khối đã công bố xếp hạng.",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, rules: RankingRules, groups: Iterable[str]) -> None:
        self.breaks = [*(TieBreak(TieBreakKind.GROUP.value, code) for code in groups)]
        others = (kind for kind in TieBreakKind if kind != TieBreakKind.GROUP)
        self.breaks += [TieBreak(kind.value) for kind in others]
        super().__init__(data, initial=_initial(rules, self.breaks))
        places = [("", "không dùng"), *((str(n), str(n)) for n in range(1, len(self.breaks) + 1))]
        for place, one in enumerate(self.breaks):
            self.fields[f"break-{place}"] = forms.ChoiceField(
                label=f"Bằng điểm: {one.label}", choices=places, required=False
            )

    def rules(self) -> RankingRules:
        typed = self.cleaned_data
        used = [
            (int(typed[f"break-{place}"]), place)
            for place in range(len(self.breaks))
            if typed[f"break-{place}"]
        ]
        return RankingRules(
            tie_breaks=tuple(self.breaks[place] for _, place in sorted(used)),
            quotas=(
                Quota("Cờ thi đua của UBND tỉnh", typed["flags"], None, typed["flag_points"]),
                Quota(
                    "Bằng khen của Chủ tịch UBND tỉnh", typed["merits"], None,
                    typed["merit_points"],
                ),
            ),
            least_total=typed["least_total"] or Decimal(0),
        )  # fmt: skip


def _initial(rules: RankingRules, breaks: list[TieBreak]) -> dict[str, Any]:
    order = {(one.kind, one.group): place for place, one in enumerate(rules.tie_breaks, start=1)}
    flag, merit = rules.quotas[0], rules.quotas[1]
    return {
        "flags": flag.count, "flag_points": flag.least_points,
        "merits": merit.count, "merit_points": merit.least_points,
        "least_total": rules.least_total,
        **{
            f"break-{place}": str(order.get((one.kind, one.group), ""))
            for place, one in enumerate(breaks)
        },
    }  # fmt: skip


class RemarksForm(forms.Form):
    """One line for each member of the block."""

    def __init__(
        self, data: Any = None, *, members: Iterable[BlockMembership],
        votes: Mapping[int, int] | None = None,
    ) -> None:  # fmt: skip
        """`votes`: what the last peer vote that was counted gave each unit, to begin from."""
        super().__init__(data, initial={f"votes-{pk}": n for pk, n in (votes or {}).items()})
        self.members = list(members)
        for row in self.members:
            pk, unit = row.unit_id, row.unit
            self.fields[f"out-{pk}"] = forms.ChoiceField(
                choices=OUT, required=False, label=f"Xếp hạng {unit}", widget=_select(unit)
            )
            self.fields[f"reason-{pk}"] = LineField(
                max_length=300, required=False, label=f"Lý do của {unit}",
                widget=forms.TextInput(attrs={"aria-label": f"Lý do của {unit}"}),
            )  # fmt: skip
            self.fields[f"flag-{pk}"] = forms.BooleanField(
                required=False, label=f"{unit} được cờ năm trước",
                widget=forms.CheckboxInput(attrs={"aria-label": f"{unit} được cờ năm trước"}),
            )  # fmt: skip
            for name, label in (("votes", "Phiếu suy tôn"), ("ruling", "Thứ tự do Hội đồng quyết")):
                self.fields[f"{name}-{pk}"] = forms.IntegerField(
                    required=False, min_value=0, max_value=999, label=f"{label} của {unit}",
                    widget=forms.TextInput(
                        attrs={"inputmode": "numeric", "aria-label": f"{label} của {unit}"}
                    ),
                )  # fmt: skip

    def rows(self) -> list[tuple[Any, ...]]:
        names = ("out", "reason", "flag", "votes", "ruling")
        return [(row, *(self[f"{name}-{row.unit_id}"] for name in names)) for row in self.members]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = self.cleaned_data
        for row in self.members:
            if typed.get(f"out-{row.unit_id}") and not typed.get(f"reason-{row.unit_id}"):
                self.add_error(f"reason-{row.unit_id}", "Hãy ghi lý do.")
        return typed

    def remarks(self) -> dict[int, Remark]:
        typed = self.cleaned_data
        return {
            pk: Remark(
                typed[f"out-{pk}"], typed[f"reason-{pk}"], typed[f"flag-{pk}"],
                typed[f"votes-{pk}"], typed[f"ruling-{pk}"],
            )
            for pk in (row.unit_id for row in self.members)
        }  # fmt: skip


def _select(unit: Any) -> forms.Select:
    return forms.Select(attrs={"aria-label": f"Xếp hạng {unit}"})
