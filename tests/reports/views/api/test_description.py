"""The API keeps to its own description: schemathesis asks what it allows and what it forbids."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from accounts.actions.token import digest_of
from accounts.models import ApiToken
from reports.views.api import door
from reports.views.api.paging import cursor_of
from reports.views.api.resources import RESOURCES

EXAMPLES = 3  # beside the cases the description itself gives: every bound, every word, every slip
# Codes there are, beside those nothing has: else every list that is asked for would be empty.
CODES = {
    "dot": ["2024", "2019"],
    "don-vi": ["SYT", "SVHTTDL", "KHONG"],
    "khoi": ["VHXH", "KHONG"],
    "ky": ["thang-4-2024", "thang-5-2024", "quy-9"],
    "muc": ["II.1", "IV.7.1", "III.1"],
    "chi-tieu": ["CT01", "CT07", "CT99"],
}
KEY = "ctd_khoa-cho-thu-nghiem"  # known before there is a database: cases are made without one

for name, codes in CODES.items():
    schemathesis.openapi.format(f"ma-{name}", st.sampled_from(codes))
for one in RESOURCES:
    schemathesis.openapi.format(f"con-tro-{one.slug}", st.just(cursor_of(one.slug, (1,))))
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@schema.auth(refresh_interval=None)
class Key:
    def get(self, case, context):
        return KEY

    def set(self, case, key, context):
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {key}"}


@pytest.fixture
def _readable(world, monkeypatch):
    monkeypatch.setattr(door, "REQUESTS_A_MINUTE", 10**9)
    monkeypatch.setattr(door, "FAILURES", 10**9)
    world.key_of("board_head")
    ApiToken.objects.update(digest=digest_of(KEY))
    # As Django's own client for tests: the transaction of the test is not over with a request.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_readable")
@schema.parametrize()
@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_every_answer_is_as_described(case):
    case.call_and_validate()
