import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from files.middleware import LARGEST_BODY, BodyLimitMiddleware


def answer_to(announced):
    request = RequestFactory().post("/tep/tam/")
    request.META["CONTENT_LENGTH"] = announced
    return BodyLimitMiddleware(lambda _: HttpResponse("đã đọc"))(request)


@pytest.mark.parametrize("announced", ["", "0", str(LARGEST_BODY), "-1", "x"])
def test_what_may_be_sent_is_read(announced):
    assert answer_to(announced).status_code == 200


@pytest.mark.parametrize("announced", [str(LARGEST_BODY + 1), "9" * 5000])
def test_what_is_too_large_is_refused_unread(announced):
    response = answer_to(announced)

    assert response.status_code == 413
    assert "mỗi lần gửi tối đa 10 tệp" in response.content.decode()
