"""What the lists of units and blocks can be narrowed by, and what is written of a person."""

from typing import Any

from django import forms
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    ReadOnlyPasswordHashField,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
    UserCreationForm,
    UsernameField,
)
from django.contrib.auth.hashers import is_password_usable

from accounts.models import User
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


USER_NAME_HELP = "Chữ không dấu, chữ số và . _ - @ +; ví dụ svhttdl.chuyenvien."
EMAIL_HELP = "Mỗi người một địa chỉ; dùng để đăng nhập và nhận thư của Cổng."


def _explain(form: forms.ModelForm[User]) -> None:
    form.fields["username"].help_text = USER_NAME_HELP
    form.fields["email"].help_text = EMAIL_HELP


class _OneAddress(forms.ModelForm[User]):
    """An address is one person's, however its letters are written."""

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        others = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError("Đã có người dùng khác mang địa chỉ này.")
        return email


class NewPersonForm(_OneAddress, UserCreationForm[User]):
    """A new person with a temporary password, to be changed after the first sign-in."""

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("full_name", "username", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _explain(self)


class _PasswordIsSet(ReadOnlyPasswordHashWidget):
    """Whether there is a password; nothing of its hash, which helps nobody who reads it."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        is_set = bool(value) and is_password_usable(value)
        label = "Đã đặt mật khẩu" if is_set else "Chưa có mật khẩu"
        return {**super().get_context(name, value, attrs), "summary": [{"label": label}]}


class PersonForm(_OneAddress, UserChangeForm[User]):
    class Meta:
        model = User
        fields = ("full_name", "username", "email", "password", "is_active")
        field_classes = {"username": UsernameField}

    password = ReadOnlyPasswordHashField(label="Mật khẩu", widget=_PasswordIsSet)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _explain(self)
        if "is_active" in self.fields:
            self.fields["is_active"].label = "Được đăng nhập"
            self.fields[
                "is_active"
            ].help_text = (
                "Bỏ dấu này để khóa tài khoản; người đó bị đăng xuất ngay, việc đã làm vẫn còn."
            )


class TemporaryPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    """A password set for somebody; it cannot be taken away, an account is closed instead."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields.pop("usable_password", None)
        for name in ("password1", "password2"):
            self.fields[name].required = True
