import pytest
from django.db import connection

NAMES = ["Châu Thành", "Bến Cầu", "Đồng Khởi", "Dương Minh Châu", "Gò Dầu", "an toàn", "Ấp Mới"]


@pytest.mark.database
@pytest.mark.django_db
def test_vietnamese_order_is_the_same_on_every_database():
    rows = ", ".join(["(%s)"] * len(NAMES))
    with connection.cursor() as cursor:
        cursor.execute(
            f'WITH names(name) AS (VALUES {rows}) SELECT name FROM names ORDER BY name COLLATE "vi-x-icu"',
            NAMES,
        )
        ordered = [name for (name,) in cursor.fetchall()]

    assert ordered == [
        "an toàn", "Ấp Mới", "Bến Cầu", "Châu Thành", "Dương Minh Châu", "Đồng Khởi", "Gò Dầu",
    ]  # fmt: skip
