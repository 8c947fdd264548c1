from datetime import date

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from campaign.models import Obligation
from tests.campaign.sending import send
from tests.factories import (
    BlockFactory,
    BlockMembershipFactory,
    BoardHeadFactory,
    ObligationFactory,
    OfficerFactory,
    ReviewerFactory,
    SubPlanFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

EXTENSION = {
    "gia-han-due": "29/3/2030",
    "gia-han-reason": "Đơn vị mới sáp nhập",
    "gia-han-document_number": "21/BTĐKT",
}


@pytest.fixture
def head(client):
    person = BoardHeadFactory()
    client.force_login(person)
    return person


def page(owed):
    return reverse("campaign:obligation", args=[owed.pk])


def extend(owed):
    return reverse("campaign:obligation-extend", args=[owed.pk])


def level(owed):
    return reverse("campaign:obligation-level", args=[owed.pk])


def test_the_head_of_the_board_extends_one_unit(client, head):
    owed, other = ObligationFactory(), ObligationFactory()

    response = send(client, extend(owed), **EXTENSION)

    owed.refresh_from_db()
    other.refresh_from_db()
    assert (response.status_code, response.url) == (302, page(owed))
    assert (owed.extended_to, owed.due_date) == (date(2030, 3, 29), date(2024, 3, 22))
    assert other.extended_to is None
    extension = owed.extensions.get()
    assert (extension.by, extension.document_number) == (head, "21/BTĐKT")


@pytest.mark.parametrize(
    "wrong",
    [
        {"gia-han-due": "22/3/2024"},
        {"gia-han-due": "31/2/2030"},
        {"gia-han-due": ""},
        {"gia-han-reason": ""},
        {"gia-han-document_number": ""},
    ],
)
def test_a_bad_extension_is_shown_again_as_typed(client, head, wrong):
    owed = ObligationFactory()

    response = send(client, extend(owed), **{**EXTENSION, **wrong})

    assert response.status_code == 422
    assert {name: response.context["extend_form"].data[name] for name in EXTENSION} == {
        **EXTENSION,
        **wrong,
    }
    assert Obligation.objects.get(pk=owed.pk).extended_to is None


@pytest.mark.parametrize("wanted", ["exempt", "encouraged"])
def test_the_level_changes_with_a_reason(client, head, wanted):
    owed = ObligationFactory()

    send(client, level(owed), **{"muc-do-level": wanted, "muc-do-reason": "Mới thành lập"})

    owed.refresh_from_db()
    assert (owed.level, owed.level_reason) == (wanted, "Mới thành lập")
    assert AuditEvent.objects.about(owed).get().note == "Mới thành lập"


def test_an_exempt_unit_is_required_again(client, head):
    owed = ObligationFactory(exempt=True)

    send(client, level(owed), **{"muc-do-level": "required", "muc-do-reason": "Đã kiện toàn"})

    owed.refresh_from_db()
    assert (owed.level, owed.level_reason) == ("required", "Đã kiện toàn")


@pytest.mark.parametrize(("facts", "offered"), [({"exempt": True}, 0), ({}, 1)])
def test_nothing_is_put_off_or_entered_for_a_unit_that_owes_nothing(client, head, facts, offered):
    owed = ObligationFactory(**facts)

    content = client.get(page(owed)).content.decode()

    assert content.count(f'action="{extend(owed)}"') == offered
    assert content.count("Nhập thay cho đơn vị") == offered
    assert content.count(f'action="{level(owed)}"') == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"muc-do-level": "exempt", "muc-do-reason": ""},
        {"muc-do-level": "required", "muc-do-reason": "Như cũ"},
        {"muc-do-level": "x", "muc-do-reason": "Lạ"},
    ],
)
def test_a_level_without_reason_or_change_is_422(client, head, typed):
    owed = ObligationFactory()

    assert send(client, level(owed), **typed).status_code == 422


def test_the_head_changes_nothing_for_the_own_unit(client, head):
    owed = ObligationFactory(unit=head.memberships.get().unit)

    assert client.get(page(owed)).context["can_change"] is False
    assert client.get(page(owed)).context["is_conflict"] is True
    assert send(client, extend(owed), **EXTENSION).status_code == 403


def test_a_reviewer_does_not_extend(client):
    owed = ObligationFactory()
    client.force_login(ReviewerFactory())

    assert client.get(page(owed)).context["can_change"] is False
    assert send(client, extend(owed), **EXTENSION).status_code == 403


def test_a_unit_outside_the_block_is_not_there(client):
    owed = ObligationFactory()
    client.force_login(OfficerFactory())

    assert client.get(page(owed)).status_code == 404


def test_the_block_reads_neither_history_nor_versions(client):
    plan, neighbour = SubPlanFactory(accepted=True), UnitFactory()
    block = BlockFactory()
    BlockMembershipFactory(block=block, unit=plan.unit)
    BlockMembershipFactory(block=block, unit=neighbour)
    client.force_login(OfficerFactory(unit=neighbour))

    shown = client.get(page(plan.obligation())).context

    assert (shown["events"], shown["versions"]) == (None, [])


def test_the_unit_reads_its_history_and_every_version(client):
    returned = SubPlanFactory(returned=True)
    draft = SubPlanFactory(unit=returned.unit, version=2)
    client.force_login(OfficerFactory(unit=returned.unit))

    shown = client.get(page(returned.obligation())).context

    assert (shown["events"], shown["versions"]) == ([], [draft, returned])
