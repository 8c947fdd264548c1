"""In whose name a person wishes to act: the unit chosen in the top bar.

Kept in the session as a wish, never as a right: `units.acting` asks the database at each
request whether the person still has a role there.
"""

from django.http import HttpRequest

KEY = "acting_unit"


def wish_unit(request: HttpRequest, unit_id: int) -> None:
    request.session[KEY] = unit_id


def wished_unit(request: HttpRequest) -> int | None:
    wish: int | None = request.session.get(KEY)
    return wish
