"""The one door for "this is not yours to do", and who may do what on the ground floor."""

from django.core.exceptions import PermissionDenied

from accounts.models import ApiToken, User


def require(allowed: bool) -> None:
    """Answer 403 where a `may_…` predicate said no."""
    if not allowed:
        raise PermissionDenied


def may_revoke_token(user: User, token: ApiToken) -> bool:
    """Its owner; an administrator anybody's, for the day somebody has left."""
    return token.user_id == user.pk or user.has_perm("accounts.change_apitoken")
