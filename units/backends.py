"""What an administrator may do on the pages of administration, read from dated roles.

Django asks its backends for permissions by name. Here the role answers for all of them: who is
an administrator today may keep reference data, and who was one until yesterday may not.
"""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.models import User
from units.permissions import is_administrator

AnyUser = User | AnonymousUser


def may_administer(user: AnyUser) -> bool:
    """Superusers are made on the server only (`createsuperuser`), for the first day."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_superuser or is_administrator(user)


def has_permission(request: HttpRequest) -> bool:
    """The door of the administration; takes the place of the flag `is_staff`."""
    return may_administer(request.user)


class AdministratorBackend(BaseBackend):
    def has_perm(self, user_obj: AnyUser, perm: str, obj: Any = None) -> bool:
        return may_administer(user_obj)

    def has_module_perms(self, user_obj: AnyUser, app_label: str) -> bool:
        return may_administer(user_obj)
