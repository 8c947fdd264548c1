"""What people type about themselves: allauth's forms in Vietnamese, and the choice of a unit."""

from typing import Any

from allauth.account import forms as allauth
from django import forms

from accounts.models import SavedView

HOW_TO_CHOOSE = "Ít nhất 12 ký tự; không chỉ gồm chữ số, không giống tên đăng nhập, không phải mật khẩu phổ biến."
NOT_THE_SAME = "Hai lần nhập mật khẩu mới không giống nhau."


class ActingForm(forms.Form):
    """The unit chosen in the top bar; whether it is theirs is asked at each request."""

    unit = forms.IntegerField(min_value=1)


class SavedViewForm(forms.Form):
    """The name of a view of a list; what it shows is said by the list, not typed."""

    name = forms.CharField(
        label="Tên cách xem",
        max_length=SavedView._meta.get_field("name").max_length,
        error_messages={"required": "Hãy đặt tên cho cách xem."},
    )
    is_default = forms.BooleanField(label="Mở danh sách bằng cách xem này", required=False)
    anew = forms.BooleanField(
        label="Ghi lại bộ lọc, cột, thứ tự đang hiện", required=False, widget=forms.HiddenInput
    )


def _say(form: forms.Form, name: str, label: str, help_text: str = "") -> None:
    """allauth repeats labels as placeholders; here the label above the field says it once."""
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


class SignInForm(allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", "Tên đăng nhập hoặc thư điện tử")
        _say(self, "password", "Mật khẩu")
        self.fields["login"].widget.attrs.update(autocomplete="username", autofocus=True)


class _TwicePassword(forms.Form):
    """A new password typed twice."""

    def clean(self) -> dict[str, Any]:
        # In the place of allauth's own check, whose sentence has no Vietnamese.
        typed = self.cleaned_data
        first, second = typed.get("password1"), typed.get("password2")
        if first and second and first != second:
            self.add_error("password2", NOT_THE_SAME)
        return typed

    def say_passwords(self) -> None:
        _say(self, "password1", "Mật khẩu mới", HOW_TO_CHOOSE)
        _say(self, "password2", "Nhập lại mật khẩu mới")


class PasswordChangeForm(_TwicePassword, allauth.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", "Mật khẩu hiện tại")
        self.say_passwords()


class PasswordSetForm(_TwicePassword, allauth.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_passwords()


class NewPasswordForm(_TwicePassword, allauth.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_passwords()


class PasswordResetForm(allauth.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "email", "Thư điện tử")


class ConfirmPasswordForm(allauth.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", "Mật khẩu")
