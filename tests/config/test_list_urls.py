import json
from io import StringIO

from django.core.management import call_command
from django.views.decorators.http import require_safe

from accounts.http import methods
from config.addresses import addresses, methods_of


def listed():
    out = StringIO()
    call_command("list_urls", "--json", stdout=out)
    return json.loads(out.getvalue())


def test_each_address_has_a_name_a_route_and_its_methods():
    health = [row for row in listed() if row["name"] == "health"]

    assert health == [{"name": "health", "route": "healthz", "methods": ["GET", "HEAD"]}]


def test_pages_of_allauth_are_listed_with_the_methods_of_their_class():
    signing_in = [row["methods"] for row in listed() if row["name"] == "account_login"]

    assert signing_in == [["GET", "HEAD", "OPTIONS", "POST", "PUT"]]


def test_methods_are_read_through_decorators_of_ours_and_of_django():
    @methods("POST")
    def ours(request):
        pass

    @require_safe
    def theirs(request):
        pass

    def undeclared(request):
        pass

    assert [methods_of(view) for view in (ours, theirs, undeclared)] == [
        ("POST",),
        ("GET", "HEAD"),
        ("GET", "HEAD", "POST"),
    ]


def test_every_page_of_ours_declares_its_methods():
    ours = [row for row in addresses() if not row.route.startswith("quan-tri/")]

    assert [row.route for row in ours if row.methods == ()] == []


def test_a_method_that_is_not_listed_is_refused(client):
    response = client.post("/healthz")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
