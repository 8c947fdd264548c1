"""Registered targets: on the draft, in what is checked, compared, copied and exported."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AuditEvent
from campaign import checklist
from campaign.actions import sub_plan as actions
from campaign.datasets.content import content_of
from campaign.datasets.edition import changes_between
from campaign.datasets.targets import targets_state
from campaign.models import RegisteredTarget, SubPlan
from lib import clock
from tests.campaign.sending import send
from tests.factories import (
    HeadFactory,
    IndicatorFactory,
    OfficerFactory,
    PlannedActivityFactory,
    SubPlanFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return SubPlanFactory()


@pytest.fixture
def officer(client, draft):
    person = OfficerFactory(draft.unit)
    client.force_login(person)
    return person


def page_of(plan, name="draft"):
    return reverse(f"campaign:{name}", args=[plan.pk])


def save(client, plan, state=None, **typed):
    body = {f"chi-tieu-{code}": value for code, value in typed.items()}
    body["chi-tieu-state"] = targets_state(plan) if state is None else state
    return send(client, page_of(plan, "draft-targets"), **body)


def said(plan):
    return dict(plan.targets.values_list("indicator__code", "value"))


def findings(plan):
    content = content_of(plan, today=clock.local_day(clock.now()))
    return [(f.is_error, f.anchor) for f in checklist.check(content) if "hỉ tiêu" in f.message]


def test_the_draft_asks_for_the_indicators_of_the_unit(client, officer, draft):
    IndicatorFactory(code="CT01")
    IndicatorFactory(code="CT02", is_active=False)
    IndicatorFactory(code="CT15").only_units.add(UnitFactory())
    IndicatorFactory(code="CT20", works=True)
    PlannedActivityFactory(sub_plan=draft, kind="work")

    rows = client.get(page_of(draft)).context["targets_form"].rows()

    assert [(line.indicator.code, line.value, field is None) for line, field in rows] == [
        ("CT01", None, False), ("CT20", 1, True),
    ]  # fmt: skip


def test_targets_are_saved_changed_and_taken_back(client, officer, draft):
    IndicatorFactory(code="CT01")
    IndicatorFactory(code="CT11", money=True)

    assert save(client, draft, CT01="12", CT11="1.250,5").status_code == 302
    assert said(draft) == {"CT01": 12, "CT11": Decimal("1250.5")}
    save(client, draft, CT01="0", CT11="")

    assert said(draft) == {"CT01": 0}
    assert AuditEvent.objects.about(draft).first().note == "Chỉ tiêu CT01; Chỉ tiêu CT11"


@pytest.mark.parametrize("typed", ["1,5", "-2", "mười", "1.250"])
def test_a_number_that_is_none_is_told_in_its_place(client, officer, draft, typed):
    IndicatorFactory(code="CT01")

    answer = save(client, draft, CT01=typed)

    form = answer.context["targets_form"]
    assert (answer.status_code, list(form.errors), form["CT01"].value()) == (422, ["CT01"], typed)
    assert said(draft) == {}


def test_a_colleague_is_not_overwritten_unseen(client, officer, draft):
    IndicatorFactory(code="CT01")
    old = targets_state(draft)
    save(client, draft, CT01="5")

    answer = save(client, draft, state=old, CT01="7")

    form = answer.context["targets_form"]
    assert (answer.status_code, form["CT01"].value(), said(draft)) == (409, "7", {"CT01": 5})
    save(client, draft, state=form["state"].value(), CT01="7")
    assert said(draft) == {"CT01": 7}


def test_what_is_promised_agrees_with_itself(draft):
    whole = IndicatorFactory(code="CT23")
    part = IndicatorFactory(code="CT23a", parent=whole, relation="subset")
    sum_of = IndicatorFactory(code="CT21")
    halves = [
        IndicatorFactory(code=f"CT21{letter}", parent=sum_of, relation="part") for letter in "ab"
    ]
    assert findings(draft) == [(False, "targets")]

    for indicator, value in ((whole, 4), (part, 5), (sum_of, 10), (halves[0], 3), (halves[1], 6)):
        RegisteredTarget.objects.create(sub_plan=draft, indicator=indicator, value=value)
    assert findings(draft) == [(True, "id_chi-tieu-CT23a"), (True, "id_chi-tieu-CT21")]

    draft.targets.filter(indicator__in=[part, halves[1]]).update(value=4)
    draft.targets.filter(indicator=halves[0]).update(value=6)
    assert findings(draft) == []


def test_the_next_version_promises_the_same_and_says_what_it_changes(client):
    sent = SubPlanFactory(returned=True)
    head = HeadFactory(sent.unit)
    client.force_login(head)
    indicator = IndicatorFactory(code="CT01", name="Tin, bài", measure="tin")
    RegisteredTarget.objects.create(sub_plan=sent, indicator=indicator, value=8)

    fresh = actions.start_sub_plan(sent.campaign, sent.unit, by=head, at=clock.now())
    assert said(fresh) == {"CT01": 8}
    save(client, fresh, CT01="9")

    (change,) = changes_between(sent, fresh).targets
    assert (change.label, change.old, change.new) == ("Tin, bài (tin)", "8", "9")
    assert [line.value for line in client.get(page_of(sent, "sub-plan")).context["targets"]] == [8]
    book = load_workbook(BytesIO(client.get(page_of(fresh, "activities-export")).content))
    assert [cell.value for cell in book["Chỉ tiêu đăng ký"][4]] == ["CT01", "Tin, bài", "tin", 9]


def test_what_was_sent_promises_what_it_promised(client):
    sent = SubPlanFactory(submitted=True)
    client.force_login(OfficerFactory(sent.unit))
    IndicatorFactory(code="CT01")

    assert save(client, sent, CT01="9").status_code == 409
    assert not SubPlan.objects.get().targets.exists()
