import pytest

from tests.browser.axe import violations

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1440])
def test_a_stranger_is_asked_to_sign_in_on_a_clean_page(page, width):
    complaints, hosts = [], set()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.set_viewport_size({"width": width, "height": 800})

    page.goto("/tai-khoan/doi-mat-khau/")

    assert page.url.split("?")[0].endswith("/tai-khoan/dang-nhap/")
    assert violations(page) == []
    assert complaints == []
    assert hosts == {page.url.split("/")[2]}
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
