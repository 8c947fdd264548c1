"""What the list of past awards is narrowed by."""

from django import forms

from awards.datasets.history import HistoryFilter
from awards.models import Recipient
from units.models import Unit

MANY = [("", "Tất cả")]


class HistoryFilterForm(forms.Form):
    tim = forms.CharField(label="Tìm người, tập thể, đơn vị", required=False, max_length=100)
    doi_tuong = forms.ChoiceField(
        label="Đối tượng", required=False, choices=[*MANY, *Recipient.choices]
    )
    hinh_thuc = forms.ChoiceField(label="Hình thức", required=False)
    nam = forms.TypedChoiceField(label="Năm", required=False, coerce=int, empty_value=None)
    don_vi = forms.ModelChoiceField(
        Unit.objects.in_protocol_order(), label="Đơn vị (gồm trước và sau sáp nhập)", required=False,
        to_field_name="code", empty_label="Tất cả",
    )  # fmt: skip

    def __init__(self, *args: object, names: list[str], years: list[int]) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        named = [(name, name) for name in names]
        self.fields["hinh_thuc"].choices = MANY + named  # type: ignore[attr-defined]
        self.fields["nam"].choices = MANY + [(year, str(year)) for year in years]  # type: ignore[attr-defined]

    def wanted(self) -> HistoryFilter:
        said = self.cleaned_data
        return HistoryFilter(
            said["tim"], said["hinh_thuc"], said["nam"], said["don_vi"], said["doi_tuong"]
        )
