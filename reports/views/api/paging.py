"""The cursor of a list: where the next page begins, sealed so that nobody makes one up.

It says which list it is of and the keys of the last row told, and nothing else: no moment, so
that the same page is the same bytes; no filter, so a client may narrow as it goes on.
"""

from django.core.signing import BadSignature, Signer

from reports.datasets.api.asked import After
from reports.http import Problem

_SIGNER = Signer(salt="reports.api.cursor")


def cursor_of(slug: str, after: After) -> str:
    return _SIGNER.sign_object([slug, *after])


def after_of(slug: str, cursor: str) -> After:
    if not cursor:
        return ()
    try:
        whose, *after = _SIGNER.unsign_object(cursor)
    except (BadSignature, ValueError):
        whose, after = "", []
    if whose != slug:
        sentence = (
            "Con trỏ này hỏng hoặc thuộc danh sách khác. Hãy dùng nguyên “next” của trang trước."
        )
        raise Problem(422, errors={"con_tro": [sentence]})
    return tuple(after)
