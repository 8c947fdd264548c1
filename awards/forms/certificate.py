"""Places on a preprinted form, typed in millimetres."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from awards.models import CertificateLayout, CertificateText
from lib.vietnamese import clean, number, parse_number

MOST = Decimal(600)
LEAST_PAPER = Decimal(100)
SIZES = (Decimal(6), Decimal(72))


class MillimetresField(forms.Field):
    """A measure with one decimal; below zero only where a shift may be."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 6})

    def __init__(self, *, least: Decimal, most: Decimal, **kwargs: Any) -> None:
        super().__init__(error_messages={"required": "Hãy ghi số đo."}, **kwargs)
        self.least, self.most = least, most

    def prepare_value(self, value: Any) -> Any:
        return number(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        text = clean(str(value or "")).strip()
        if not text:
            return None
        try:
            typed = parse_number(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if not self.least <= typed <= self.most:
            raise ValidationError(f"Từ {number(self.least)} đến {number(self.most)}.")
        return round(typed, 1)


class LayoutForm(forms.Form):
    """The paper, a shift for all, and of each text its place, width, size and look."""

    width = MillimetresField(label="Khổ giấy, rộng (mm)", least=LEAST_PAPER, most=MOST)
    height = MillimetresField(label="Khổ giấy, cao (mm)", least=LEAST_PAPER, most=MOST)
    shift_x = MillimetresField(
        label="Dịch tất cả sang phải (mm)", least=Decimal(-50), most=Decimal(50),
        help_text="Số âm: dịch sang trái.",
    )  # fmt: skip
    shift_y = MillimetresField(
        label="Dịch tất cả xuống (mm)", least=Decimal(-50), most=Decimal(50),
        help_text="Số âm: dịch lên.",
    )  # fmt: skip

    MEASURES = ("x", "y", "width", "size")

    PAPER = ("width", "height", "shift_x", "shift_y")

    def __init__(
        self, data: Any, *, layout: CertificateLayout, texts: Sequence[CertificateText]
    ) -> None:
        super().__init__(data, initial={name: getattr(layout, name) for name in self.PAPER})
        self.layout, self.texts = layout, texts
        for text in texts:
            self._add(text)

    def _add(self, text: CertificateText) -> None:
        label = text.get_name_display()
        said = {"x": "cách mép trái", "y": "cách mép trên", "width": "rộng", "size": "cỡ chữ"}
        for name in self.MEASURES:
            least, most = SIZES if name == "size" else (Decimal(0), MOST)
            if name == "width":
                least = Decimal(1)
            self.fields[f"{text.name}-{name}"] = MillimetresField(
                label=f"{label}, {said[name]}", least=least, most=most,
                initial=getattr(text, name),
            )  # fmt: skip
        self.fields[f"{text.name}-align"] = forms.ChoiceField(
            label=f"{label}, căn lề", choices=CertificateText.Align.choices, initial=text.align
        )
        for name, word in (("is_bold", "đậm"), ("is_shown", "in")):
            self.fields[f"{text.name}-{name}"] = forms.BooleanField(
                label=f"{label}, {word}", required=False, initial=getattr(text, name)
            )

    def rows(self) -> list[tuple[str, list[BoundField]]]:
        names = (*self.MEASURES, "align", "is_bold", "is_shown")
        return [
            (text.get_name_display(), [self[f"{text.name}-{name}"] for name in names])
            for text in self.texts
        ]

    def apply(self) -> None:
        """What was typed, put on the layout and its texts; the caller saves them."""
        typed = self.cleaned_data
        for name in self.PAPER:
            setattr(self.layout, name, typed[name])
        for text in self.texts:
            for name in (*self.MEASURES, "align", "is_bold", "is_shown"):
                setattr(text, name, typed[f"{text.name}-{name}"])
