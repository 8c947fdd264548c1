"""Fields that take what people type in Vietnamese: clean text, their dates, their numbers."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from campaign.datasets.activity_table import typed_date, typed_number
from campaign.datasets.vocabulary import Vocabulary
from campaign.models import PlanItem, PlannedActivity
from lib.vietnamese import clean, fold, parse_date, parse_number

LARGEST_DIGITS = 12
PLACES = 2
_BETWEEN_CODES = re.compile(r"[,;\s]+")


class LineField(forms.CharField):
    """One line of text: control characters and line ends never get further than this."""

    def to_python(self, value: Any) -> str:
        return " ".join(clean(str(value or "")).split())


class ParagraphsField(forms.CharField):
    """Text of several lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return clean(str(value or "")).strip()


class DayField(forms.Field):
    """A day, day first: 22/3/2024."""

    widget = forms.TextInput(
        attrs={"placeholder": "ngày/tháng/năm", "autocomplete": "off", "maxlength": 30}
    )

    def prepare_value(self, value: Any) -> Any:
        return typed_date(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        text = clean(str(value or "")).strip()
        try:
            return parse_date(text) if text else None
        except ValueError as error:
            raise ValidationError(str(error)) from error


class NumberField(forms.Field):
    """A number that is not negative, with at most two decimals; “1.250” is asked about."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return typed_number(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        text = clean(str(value or "")).strip()
        if not text:
            return None
        try:
            number = parse_number(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return _in_range(number, text)


def _in_range(number: Decimal, text: str) -> Decimal:
    if number < 0:
        raise ValidationError(f"“{text}” là số âm; hãy ghi số từ 0 trở lên.")
    if number != round(number, PLACES):
        raise ValidationError(f"“{text}” có quá {PLACES} chữ số sau dấu phẩy.")
    if number >= Decimal(10) ** (LARGEST_DIGITS - PLACES):
        raise ValidationError(f"“{text}” quá lớn, xin kiểm tra lại.")
    return round(number, PLACES)


class KindField(forms.Field):
    """Hoạt động, công trình hay đỡ đầu, as people write it in a sheet; nothing is an activity."""

    KINDS = PlannedActivity.Kind
    SAID = {
        **{fold(kind.label): kind for kind in KINDS},
        "": KINDS.ACTIVITY,
        "cong trinh": KINDS.WORK,
        "phan viec": KINDS.WORK,
        "do dau": KINDS.SPONSORSHIP,
        "ket nghia": KINDS.SPONSORSHIP,
    }

    widget = forms.Select(choices=[(label, label) for label in KINDS.labels])

    def to_python(self, value: Any) -> str:
        text = clean(str(value or "")).strip()
        if (kind := self.SAID.get(fold(text))) is None:
            names = "; ".join(self.KINDS.labels)
            raise ValidationError(f"“{text[:40]}” không phải là loại nào; hãy ghi: {names}.")
        return kind


class PlanCodesField(LineField):
    """Codes of the plan, set apart by commas or semicolons: III.1.1, IV.3.2."""

    vocabulary: Vocabulary

    def clean(self, value: Any) -> tuple[PlanItem, ...]:
        codes = [code.rstrip(".").upper() for code in _BETWEEN_CODES.split(self.to_python(value))]
        return tuple(self._item(code) for code in dict.fromkeys(codes) if code)

    def _item(self, code: str) -> PlanItem:
        if item := self.vocabulary.item(code):
            return item
        if code in self.vocabulary.solutions:
            raise ValidationError(
                f"“{code}” là đề mục giải pháp; hãy ghi nội dung bên trong, ví dụ {code}.1."
            )
        raise ValidationError(
            f"Kế hoạch không có mục “{code[:20]}” để đăng ký; ví dụ mã đúng: II.1, III.1.1, IV.3.2."
        )
