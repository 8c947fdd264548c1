import pytest

from files.http import serve
from files.store import StoreUnavailable, path_of, store
from tests.factories import StoredFileFactory

pytestmark = pytest.mark.django_db  # closing an answer looks after the database

CONTENT = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def stored():
    store(CONTENT)
    return StoredFileFactory.build(content=CONTENT)


def headers(response):
    response.close()
    names = (
        *("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Cache-Control"),
        *("Content-Security-Policy", "X-Frame-Options"),
    )
    return [response[name] for name in names]


def test_a_file_is_saved_not_shown(stored):
    response = serve(stored, "Kế hoạch.pdf")

    assert b"".join(response) == CONTENT
    assert headers(response) == [
        "application/pdf",
        "attachment; filename*=utf-8''K%E1%BA%BF%20ho%E1%BA%A1ch.pdf",
        "nosniff",
        "private, no-store",
        "sandbox; default-src 'none'; frame-ancestors 'none'",
        "DENY",
    ]


def test_a_pdf_may_be_shown_in_our_own_frame(stored):
    response = serve(stored, "a.pdf", inline_pdf=True)

    assert headers(response) == [
        "application/pdf",
        'inline; filename="a.pdf"',
        "nosniff",
        "private, no-store",
        "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'",
        "SAMEORIGIN",
    ]


def test_nothing_but_a_pdf_is_shown(stored):
    stored.kind, stored.content_type = "png", "image/png"

    response = serve(stored, "a.png", inline_pdf=True)

    assert headers(response)[1] == 'attachment; filename="a.png"'


def test_names_cannot_write_headers(stored):
    response = serve(stored, 'a".pdf\\')

    assert headers(response)[1] == 'attachment; filename="a\\".pdf\\\\"'


def test_behind_a_proxy_the_proxy_sends_the_bytes(settings, stored):
    settings.ACCEL_PREFIX = "/noi-bo/"
    path_of(stored.sha256).unlink()

    response = serve(stored, "a.pdf")

    sha256 = stored.sha256
    assert response["X-Accel-Redirect"] == f"/noi-bo/{sha256[:2]}/{sha256[2:4]}/{sha256}"
    assert (response.content, headers(response)[0]) == (b"", "application/pdf")


def test_a_lost_content_is_no_empty_file(stored):
    path_of(stored.sha256).unlink()

    with pytest.raises(StoreUnavailable):
        serve(stored, "a.pdf")
