"""A person at the portal without a browser: pages, forms, cookies and how long an answer took."""

import http.cookiejar
import re
import time
import urllib.parse
import urllib.request

from reports.demo.accounts import PASSWORD

HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|form_key)" value="([^"]+)"')
STEP = re.compile(r"bước (\d)/6")


class Visitor:
    """One session; `page` and `url` are the answer seen last, `seconds` how long it took."""

    def __init__(self, portal, user_name):
        self.portal = portal
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
        )
        self.read("/tai-khoan/dang-nhap/")
        self.send("/tai-khoan/dang-nhap/", login=user_name, password=PASSWORD)

    def read(self, path, body=None):
        began = time.monotonic()
        with self.opener.open(self.portal.url + path, data=body, timeout=30) as answer:
            self.page, self.url = answer.read().decode(), answer.url
        self.seconds = time.monotonic() - began
        return self.page

    def send(self, path, **fields):
        """Fill in the form of the page seen last; the last of its keys is the page's own form."""
        tokens = dict(HIDDEN.findall(self.page))
        return self.read(path, urllib.parse.urlencode({**tokens, **fields}).encode())

    def ask_for_report(self, day, hour="23:59"):
        """The number of the report that was asked for."""
        self.read("/bao-cao/")
        self.send("/bao-cao/", kind="ke-hoach", day=day, hour=hour)
        return int(re.search(r"/bao-cao/(\d+)/", self.url).group(1))

    def step_of(self, report):
        """At which of its steps a report is; 0 while it waits or when it is over."""
        step = STEP.search(self.read(f"/bao-cao/{report}/"))
        return int(step.group(1)) if step else 0

    def is_ready(self, report):
        return f"/bao-cao/{report}/tep/pdf/" in self.read(f"/bao-cao/{report}/")
