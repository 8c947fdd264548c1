"""Words a stranger would try first here."""

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError

from lib.vietnamese import fold

WORDS = ("tayninh", "thidua", "khenthuong", "matkhau", "sonoivu", "ubnd")
SHORTEST_REST = 8


class LongEnoughValidator(MinimumLengthValidator):
    """Django's own, with the sentence that its Vietnamese translation lacks."""

    def get_error_message(self) -> str:
        return f"Mật khẩu quá ngắn: cần ít nhất {self.min_length} ký tự."

    def get_help_text(self) -> str:
        return f"Mật khẩu có ít nhất {self.min_length} ký tự."


class LocalWordsValidator:
    """Refuse a password that is little more than one of these words and a number."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        plain = fold(password).replace(" ", "")
        rest = plain
        for word in WORDS:
            rest = rest.replace(word, "")
        if len(rest) < SHORTEST_REST and rest != plain:
            raise ValidationError(self.get_help_text(), code="password_has_local_word")

    def get_help_text(self) -> str:
        return "Mật khẩu không được dựa vào những từ quen thuộc như “tayninh”, “thidua”, “ubnd”."
