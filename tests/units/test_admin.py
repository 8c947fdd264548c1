import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from tests.factories import MembershipFactory, UnitFactory, UserFactory
from units.models import Membership, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def test_a_renamed_unit_is_found_by_its_new_name(client, admin):
    unit = UnitFactory()
    form = client.get(reverse("admin:units_unit_change", args=[unit.pk])).context["adminform"].form
    values = {name: "" if value is None else value for name, value in form.initial.items()}
    inline = {
        f"{prefix}-{field}": "0"
        for prefix in ("successions",)
        for field in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }

    response = client.post(
        reverse("admin:units_unit_change", args=[unit.pk]),
        {**values, **inline, "name": "Sở Nội vụ mới"},
    )

    assert response.status_code == 302
    saved = Unit.objects.get(pk=unit.pk)
    assert (saved.name, saved.search_key[:13]) == ("Sở Nội vụ mới", "so noi vu moi")
    event = AuditEvent.objects.about(unit).get()
    assert (event.by, event.note) == (admin, "Sở Nội vụ mới: name")


def test_a_role_ends_but_is_never_deleted(client, admin):
    role = MembershipFactory()

    response = client.post(reverse("admin:units_membership_delete", args=[role.pk]))

    assert response.status_code == 403
    assert Membership.objects.filter(pk=role.pk).exists()


@pytest.mark.parametrize(
    "name",
    [
        "units_unit", "units_block", "units_blockmembership", "units_membership",
        "campaign_campaign", "campaign_planitem", "campaign_duty", "campaign_obligation",
        "campaign_extension", "campaign_subplan", "campaign_reviewassignment",
    ],
)  # fmt: skip
def test_every_list_of_the_administration_opens(client, admin, name):
    assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200


@pytest.mark.parametrize("name", ["campaign_campaign", "campaign_planitem", "campaign_subplan"])
def test_the_plan_and_the_work_on_it_are_only_looked_at(client, admin, name):
    assert client.get(reverse(f"admin:{name}_add")).status_code == 403
