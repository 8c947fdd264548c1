"""Keys to the API: made, told once, taken back; and whom a key speaks for."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import ApiToken, AuditEvent, User
from accounts.permissions import may_revoke_token, require
from accounts.workflow import Refused
from lib.vietnamese import moment

KEY_BYTES = 32  # 256 bits, written in 43 letters
# So that a key found in a log, a letter or a repository is known for what it is.
PREFIX = "ctd_"
SHOWN = 10
MOST = 10


class KeyRefused(Exception):
    """No such key, or no longer; the sentence may be told to whoever holds it."""


def digest_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def make_token(
    name: str, scopes: Collection[str], *, expires_at: datetime, by: User, at: datetime
) -> tuple[ApiToken, str]:
    """The key itself is given back here and nowhere else; what is kept cannot be turned into it."""
    User.objects.select_for_update().get(pk=by.pk)
    if ApiToken.objects.in_force(at=at).filter(user=by).count() >= MOST:
        raise Refused(
            f"Ông/bà đang có {MOST} khóa còn hiệu lực. Hãy thu hồi khóa không dùng nữa trước khi tạo thêm."
        )
    key = PREFIX + secrets.token_urlsafe(KEY_BYTES)
    token = ApiToken.objects.create(
        user=by, name=name, beginning=key[:SHOWN], digest=digest_of(key), scopes=list(scopes),
        created_at=at, expires_at=expires_at,
    )  # fmt: skip
    AuditEvent.objects.record(
        token, "created", by=by, at=at, label="Tạo khóa truy cập API",
        note=f"{name}; đọc: {', '.join(token.scope_labels)}; đến {moment(expires_at)}",
    )  # fmt: skip
    return token, key


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User, at: datetime) -> None:
    """At once: the next request with the key is refused."""
    require(may_revoke_token(by, token))
    open_still = ApiToken.objects.filter(pk=token.pk, revoked_at=None)
    if not open_still.update(revoked_at=at, revoked_by=by):
        raise Refused("Khóa này đã được thu hồi.")
    note = "" if token.user_id == by.pk else f"Khóa của {token.user}"
    AuditEvent.objects.record(
        token, "revoked", by=by, at=at, label=f"Thu hồi khóa truy cập API “{token.name}”", note=note
    )


def token_of(key: str, *, at: datetime) -> ApiToken:
    """Found by digest in an index: how long it takes tells nothing about any key."""
    token = ApiToken.objects.filter(digest=digest_of(key)).select_related("user").first()
    if token is None or not token.user.is_active:
        raise KeyRefused("Không có khóa nào như vậy.")
    if token.revoked_at is not None:
        raise KeyRefused("Khóa này đã được thu hồi.")
    if token.is_expired(at=at):
        raise KeyRefused(f"Khóa này đã hết hạn lúc {moment(token.expires_at)}.")
    return token
