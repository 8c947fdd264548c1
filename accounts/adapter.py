"""How allauth behaves here: nobody signs up, failures are counted fairly, letters are posted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string

from accounts.handover import hand_over
from accounts.models import Mail, User
from accounts.tasks import send_mail
from lib import clock


class AccountAdapter(DefaultAccountAdapter):
    # allauth has no Vietnamese; these are the sentences our pages can show.
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Tài khoản này đã khóa.",
        "email_password_mismatch": "Thư điện tử hoặc mật khẩu chưa đúng.",
        "username_password_mismatch": "Tên đăng nhập hoặc mật khẩu chưa đúng.",
        "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng.",
        "enter_current_password": "Mật khẩu hiện tại chưa đúng.",
        "incorrect_password": "Mật khẩu chưa đúng.",
        "invalid_password_reset": "Đường dẫn đặt mật khẩu không còn dùng được.",
        "too_many_login_attempts": "Đã sai quá nhiều lần. Mời chờ vài phút rồi thử lại.",
        "rate_limited": "Quá nhiều yêu cầu. Mời chờ vài phút rồi thử lại.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the administrator."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failures for an account at one address (R15).

        For the account alone, anybody who knows a user name could lock its owner out.
        """
        typed = credentials.get("email") or credentials.get("username") or ""
        return f"{self.get_client_ip(request)}:{typed.lower()}"

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Post the letter like every other: the page does not wait for a mail server.

        It also takes the same time whether or not the address belongs to somebody.
        """
        with transaction.atomic():
            mail = Mail.objects.post(
                to=user,
                subject="Đặt lại mật khẩu Cổng Thi đua",
                body=render_to_string("account/email/password_reset_key_message.txt", context),
                at=clock.now(),
            )
            hand_over(send_mail, mail_id=mail.pk)
