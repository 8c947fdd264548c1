"""The one door for "this is not yours to do"."""

from django.core.exceptions import PermissionDenied


def require(allowed: bool) -> None:
    """Answer 403 where a `may_…` predicate said no."""
    if not allowed:
        raise PermissionDenied
