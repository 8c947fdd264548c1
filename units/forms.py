"""What the lists of units and blocks can be narrowed by; all of it stands in the address."""

from django import forms

from units.models import Block, Unit

MANY = [("", "Tất cả")]


class UnitFilterForm(forms.Form):
    tim = forms.CharField(label="Tìm theo tên, mã", required=False, max_length=100)
    nhom = forms.ChoiceField(label="Nhóm", required=False)
    khoi = forms.ChoiceField(label="Khối thi đua", required=False)
    nam = forms.TypedChoiceField(label="Năm", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: object, years: list[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        blocks = Block.objects.order_by("sort_order").values_list("code", "name")
        self.fields["nhom"].choices = MANY + list(Unit.Group.choices)  # type: ignore[attr-defined]
        self.fields["khoi"].choices = MANY + [  # type: ignore[attr-defined]
            (code, f"{code} – {name}") for code, name in blocks
        ]
        self.fields["nam"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]


class YearForm(forms.Form):
    nam = forms.TypedChoiceField(label="Năm", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: object, years: list[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["nam"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
