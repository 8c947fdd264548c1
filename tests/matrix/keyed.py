"""Keys to the API in the matrix: the officer has one; and every address of the API without any.

Principals sign in by a session, which opens nothing there: `tests/reports/views/api` asks with keys.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.actions.token import make_token
from accounts.models import ApiToken

MADE_AT = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)
NAME = "Bảng theo dõi"


def furnish(world: Any) -> None:
    make_token(
        NAME, ["don-vi:doc"], expires_at=MADE_AT + timedelta(days=36_500),
        by=world.people["officer"], at=MADE_AT,
    )  # fmt: skip


def _new(world: Any, scope: str, principal: str) -> dict[str, Any]:
    return {"name": "Khóa mới", "scopes": ["don-vi:doc", "nghia-vu:doc"], "days": "30"}


KEY_BODIES = {"api-tokens": _new}
KEY_VALUES = {"api-token-revoke pk": lambda world, scope: ApiToken.objects.get(name=NAME).pk}
KEY_VALUES |= {"reports:api-report-file code": lambda world, scope: "BC-KHONG-CO"}
RESOURCES = (
    "dot-thi-dua", "ky-bao-cao", "muc-ke-hoach", "don-vi", "nghia-vu", "hoat-dong", "so-lieu",
    "xep-hang", "bao-cao",
)  # fmt: skip
KEY_VALUES |= {f"reports:api-{slug}-one code": lambda world, scope: "x" for slug in RESOURCES}
