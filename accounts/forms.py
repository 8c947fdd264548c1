"""What people type about themselves: allauth's forms in Vietnamese, and the choice of a unit."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import ApiToken, SavedView, User
from lib.vietnamese import clean

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


class ApiTokenForm(forms.Form):
    """What a key is for, what it may read and how long; `days` in all, never more than a year."""

    LIFETIMES = (("30", "30 ngày"), ("90", "90 ngày"), ("180", "180 ngày"), ("365", "1 năm"))

    name = forms.CharField(
        label="Tên khóa", max_length=80,
        help_text="Để ông/bà nhớ khóa dùng vào việc gì, ví dụ “Bảng theo dõi của Sở”.",
        error_messages={
            "required": "Hãy đặt tên cho khóa.",
            "max_length": "Tên khóa dài không quá 80 ký tự.",
        },
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label="Được đọc", choices=ApiToken.Scope.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Hãy chọn ít nhất một mục.",
            "invalid_choice": "Không có mục “%(value)s”.",
        },
    )  # fmt: skip
    days = forms.ChoiceField(
        label="Hết hạn sau", choices=LIFETIMES, initial="90",
        error_messages={
            "required": "Hãy chọn thời hạn.", "invalid_choice": "Hãy chọn một thời hạn trong danh sách."
        },
    )  # fmt: skip

    def __init__(self, *args: Any, owner: User) -> None:
        super().__init__(*args)
        self.owner = owner

    def clean_name(self) -> str:
        name = " ".join(clean(self.cleaned_data["name"]).split())
        if ApiToken.objects.filter(user=self.owner, name=name, revoked_at=None).exists():
            raise ValidationError(
                "Ông/bà đã có khóa tên này; hãy đặt tên khác hoặc thu hồi khóa cũ."
            )
        return name


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
