"""The rules of the house that no linter can hold."""

import ast
import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from accounts.workflow import Workflow
from config.addresses import addresses, declared_methods, patterns
from reports.views.api.resources import RESOURCES

APPS = ["accounts", "files", "units", "campaign", "scoring", "awards", "reports", "config"]
PUBLIC = {
    # whoever holds a receipt may ask whether its code is real
    "campaign:verify",
    "campaign:verify-code",
    "reports:verify-report",
    # what was decided is published; without birth dates, numbers or money
    "awards:published",
    "awards:published-decision",
    # its long random key is the door: calendar programs cannot sign in (ADR 0011)
    "campaign:calendar-feed",
    # a key in the head of each request is the door: programs cannot sign in (ADR 0035)
    "reports:api-openapi",
    "reports:api-report-file",
    *(f"reports:api-{one.slug}{part}" for one in RESOURCES for part in ("", "-one")),
    # answered to this machine only
    "health",
    "readiness",
    # the way in, and the way back when a password is forgotten
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
# Beside the views: what stands around a request before and after its view.
EDGE = {"views", "urls", "http", "middleware", "admin", "adapter", "backends", "context_processors"}
EDGE |= {"acting", "bulk", "clash", "frame", "lists", "once", "resend"}
HTTP = ("django.http", "django.shortcuts", "django.contrib.messages", "django.views")
LIBRARIES = ("admin:", "account_")  # pages Django and allauth wrote declare methods their own way
EXAMPLES = {
    "int": "1",
    "str": "x",
    "path": "x",
    "slug": "x",
    "uuid": "0" * 8 + "-0000" * 3 + "-" + "0" * 12,
}
LONGEST = 400
# Forms that carry no key, and why a second press does no harm.
ANSWERED_WITHOUT_A_KEY = {
    "campaign:report-autosave": "as the draft of a sub-plan: an older revision is refused",
    "reports:paper-autosave": "as the draft of a sub-plan: an older revision is refused",
    "reports:paper-section-autosave": "as the draft of a sub-plan: an older revision is refused",
    "campaign:draft-autosave": "each save names the revision it was typed on; an older one is refused",
    "campaign:reading-facts-autosave": "as the draft of a sub-plan: an older revision is refused",
    "campaign:reading-row-autosave": "the same, by the revision of the row",
    "files:stage": "the same content staged twice is stored once and expires by itself",
}


def sources(*places):
    for place in places:
        for path in sorted((settings.BASE_DIR / place).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(settings.BASE_DIR)


def tree(path):
    return ast.walk(ast.parse((settings.BASE_DIR / path).read_text()))


def imported(path):
    for node in tree(path):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def rooms(path):
    """The rooms a file lies in: `campaign/views/plan.py` is in campaign, views and plan."""
    return {Path(part).stem for part in path.parts}


def example(route):
    """A path that fits a route; whether the record exists does not matter to a stranger."""
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: EXAMPLES[found[1] or "str"], route)


def closed():
    """Every address behind the sign-in that can be written down; the admin's own patterns can not."""
    return [row for row in addresses() if row.name not in PUBLIC and "(?P" not in row.route]


# --- doors ------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("route", sorted({row.route for row in closed()}))
def test_every_page_asks_a_stranger_to_sign_in(client, route):
    response = client.get(example(route))

    # The admin asks at its own address, which leads to the same door (`test_adapter`).
    door = "admin:login" if route.startswith("quan-tri/") else "account_login"
    assert response.status_code == 302
    assert response.url.split("?")[0] in {reverse(door), reverse("account_login")}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "route", sorted({row.route for row in closed() if not row.name.startswith("admin:")})
)
def test_what_a_stranger_sends_is_kept_and_not_acted_on(client, route):
    response = client.post(example(route), {"loi": "nội dung đã gõ"})

    assert response.status_code == 401
    assert response.templates[0].name == "accounts/resend.html"


def test_the_public_pages_are_those_named_here():
    assert {row.name for row in addresses()} & PUBLIC == PUBLIC


def test_every_view_of_ours_declares_its_methods():
    undeclared = [
        name
        for name, _, view in patterns()
        if not name.startswith(LIBRARIES) and declared_methods(view) is None
    ]

    assert undeclared == []


def test_every_form_of_ours_is_answered_once():
    keyless = {
        name
        for name, _, view in patterns()
        if not name.startswith(LIBRARIES)
        and "POST" in (declared_methods(view) or ())
        and not getattr(view, "is_answered_once", False)
    }

    assert keyless == set(ANSWERED_WITHOUT_A_KEY)


# --- rooms ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [p for p in sources(*APPS, "lib") if not rooms(p) & EDGE], ids=str)
def test_only_the_edge_knows_http(path):
    # A form is bound to a QueryDict: what was typed, not a request.
    known = {name for name in imported(path) if name.startswith(HTTP)} - {"django.http.QueryDict"}

    assert known == set()


def test_files_stay_readable_in_one_sitting():
    long = [
        str(path)
        for path in sources(*APPS, "lib", "tests")
        if len((settings.BASE_DIR / path).read_text().splitlines()) > LONGEST
    ]

    assert long == []


def test_no_file_is_a_drawer():
    drawers = {"utils", "helpers", "common", "core", "misc"}

    assert [str(path) for path in sources(*APPS, "lib", "tests") if rooms(path) & drawers] == []


# --- moves ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "model", [m for m in apps.get_models() if issubclass(m, Workflow)], ids=lambda m: m.__name__
)
def test_a_workflow_moves_between_exactly_its_statuses(model):
    named = set(model.MOVES) | {to for targets in model.MOVES.values() for to in targets}

    assert named == set(model.Status)


def test_the_drawing_of_the_states_is_current():
    drawn = StringIO()
    call_command("draw_states", stdout=drawn)

    assert (settings.BASE_DIR / "docs/states.md").read_text() == drawn.getvalue()


WRITERS = {"update", "create", "get_or_create", "update_or_create"}
WRITERS |= {m.__name__ for m in apps.get_models() if issubclass(m, Workflow)}
WRITE_STATUS = {
    Path("accounts/workflow.py"),
    # thousands of made-up rows at once, behind which nobody acted
    Path("reports/demo/scale.py"),
    Path("reports/demo/scale_reports.py"),
}


def test_the_words_of_the_glossary_are_those_of_the_code():
    in_use = (settings.BASE_DIR / "docs/glossary.md").read_text().split("## ")[1]
    named = {word for cell in re.findall(r"`([^`]+)`", in_use) for word in re.findall(r"\w+", cell)}
    known = set()
    for path in sources(*APPS, "lib"):
        known |= rooms(path) | set(re.findall(r"\w+", (settings.BASE_DIR / path).read_text()))

    assert named - known == set()


def is_status_written(node):
    if isinstance(node, ast.Attribute):
        return node.attr == "status" and isinstance(node.ctx, ast.Store)
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute | ast.Name):
        return False
    called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
    return called in WRITERS and any(keyword.arg == "status" for keyword in node.keywords)


def test_status_is_written_only_by_a_move():
    written = [
        f"{path}:{node.lineno}"
        for path in sources(*APPS)
        if path not in WRITE_STATUS
        for node in tree(path)
        if is_status_written(node)
    ]

    assert written == []


def test_a_worker_is_woken_only_after_the_commit():
    woken = [
        f"{path}:{node.lineno}"
        for path in sources(*APPS)
        if path != Path("accounts/handover.py")
        for node in tree(path)
        if isinstance(node, ast.Attribute) and node.attr in {"delay", "apply_async", "send_task"}
    ]

    assert woken == []


def test_no_model_hides_its_order():
    ours = [model for label in APPS for model in apps.get_app_config(label).get_models()]

    assert [model.__name__ for model in ours if model._meta.ordering] == []


# --- the plot ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [*(p.name for p in settings.BASE_DIR.glob("requirements*.*")), "frontend/package-lock.json"],
)
def test_no_lock_file_names_a_registry(name):
    text = (settings.BASE_DIR / name).read_text()

    assert re.findall(r'--(?:extra-)?index-url +\S+|"resolved"|--find-links +\S+', text) == []
