import gettext
import re
from datetime import date
from http import HTTPStatus

import pytest
from django.conf import settings
from django.contrib import admin as registered
from django.contrib.admin.utils import label_for_field
from django.urls import reverse

from accounts.models import AuditEvent, User
from tests.factories import (
    AdministratorFactory,
    BoardHeadFactory,
    MembershipFactory,
    SubPlanFactory,
    UnitFactory,
    UserFactory,
)
from units.models import Membership, Unit

pytestmark = pytest.mark.django_db

LISTS = [
    *("accounts_user", "accounts_auditevent", "accounts_mail", "accounts_apitoken"),
    *("units_unit", "units_block", "units_blockmembership", "units_membership"),
    *("campaign_campaign", "campaign_planitem", "campaign_duty", "campaign_obligation"),
    *("campaign_extension", "campaign_subplan", "campaign_reviewassignment", "campaign_indicator"),
    *("scoring_scoringscale", "scoring_campaignpackage", "scoring_packagecriterion"),
    *("scoring_scoresheet", "scoring_crossassignment", "scoring_ranking"),
    *("awards_awardform", "awards_basesalary", "awards_papertemplate", "awards_eligibilityrule"),
    "reports_report",
]
PASSWORD = "Nui-Ba-Den-986"


@pytest.fixture
def admin(client):
    user = AdministratorFactory()
    client.force_login(user)
    return user


def kept_by_hand():
    """What the administration shows, by the name of its list."""
    kept = registered.site._registry
    return {f"{model._meta.app_label}_{model._meta.model_name}": model for model in kept}


def inline(prefix, rows=(), initial=0):
    """The hidden fields of a table of rows inside an admin page, and its rows."""
    fields = {
        f"{prefix}-TOTAL_FORMS": len(rows),
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(rows):
        fields |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return fields


def person_form(**changes):
    return {"full_name": "Lê Thị Hoa", "username": "le.hoa", "email": "Hoa@Example.vn", **changes}


def test_a_renamed_unit_is_found_by_its_new_name(client, admin):
    unit = UnitFactory()
    form = client.get(reverse("admin:units_unit_change", args=[unit.pk])).context["adminform"].form
    values = {name: "" if value is None else value for name, value in form.initial.items()}

    response = client.post(
        reverse("admin:units_unit_change", args=[unit.pk]),
        {**values, **inline("successions"), "name": "Sở Nội vụ mới"},
    )

    assert response.status_code == 302
    saved = Unit.objects.get(pk=unit.pk)
    assert (saved.name, saved.search_key[:13]) == ("Sở Nội vụ mới", "so noi vu moi")
    event = AuditEvent.objects.about(unit).get()
    assert (event.by, event.note) == (admin, "Sở Nội vụ mới: Tên đơn vị")


def test_a_role_ends_but_is_never_deleted(client, admin):
    role = MembershipFactory()

    response = client.post(reverse("admin:units_membership_delete", args=[role.pk]))

    assert response.status_code == 403
    assert Membership.objects.filter(pk=role.pk).exists()


@pytest.mark.parametrize("name", LISTS)
def test_every_list_of_the_administration_opens(client, admin, name):
    assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200


@pytest.mark.parametrize(
    "name", ["campaign_campaign", "campaign_planitem", "campaign_subplan", "accounts_auditevent"]
)
def test_the_plan_and_the_work_on_it_are_only_looked_at(client, admin, name):
    assert client.get(reverse(f"admin:{name}_add")).status_code == 403


def test_nothing_else_is_kept_by_hand():
    kept = {
        f"{model._meta.app_label}_{model._meta.model_name}" for model in registered.site._registry
    }

    assert kept == set(LISTS)


# --- who may come in --------------------------------------------------------------------------


def persons():
    ended = UserFactory(is_staff=True)
    MembershipFactory(user=ended, administrator=True, over=True)
    return {
        "administrator": AdministratorFactory(),
        "made on the server": UserFactory(is_superuser=True),
        "administrator until yesterday": ended,
        "closed account": AdministratorFactory(is_active=False),
        "board head": BoardHeadFactory(),
        "no role": UserFactory(),
    }


def test_the_role_opens_the_administration_and_nothing_else_does(client):
    opened = set()
    for name, person in persons().items():
        client.force_login(person)
        if client.get(reverse("admin:index")).status_code == HTTPStatus.OK:
            opened.add(name)

    assert opened == {"administrator", "made on the server"}


# --- people -----------------------------------------------------------------------------------


def test_a_person_is_made_and_given_a_role_in_one_go(client, admin):
    unit = UnitFactory()
    role = {"unit": unit.pk, "role": "officer", "valid_from": "2024-01-01"}

    response = client.post(
        reverse("admin:accounts_user_add"),
        person_form(password1=PASSWORD, password2=PASSWORD, **inline("memberships", [role])),
    )

    person = User.objects.get(username="le.hoa")
    assert response.status_code == 302
    held = Membership.objects.get(user=person)
    assert (held.unit, held.role, held.valid_from) == (unit, "officer", date(2024, 1, 1))
    assert (person.email, person.is_superuser, person.check_password(PASSWORD)) == (
        "hoa@example.vn", False, True,
    )  # fmt: skip
    assert AuditEvent.objects.about(held).get().note == str(held)


def test_an_address_is_one_persons_however_it_is_written(client, admin):
    UserFactory(email="hoa@example.vn")

    response = client.post(
        reverse("admin:accounts_user_add"),
        person_form(password1=PASSWORD, password2=PASSWORD),
    )

    errors = response.context["adminform"].form.errors
    assert errors == {"email": ["Đã có người dùng khác mang địa chỉ này."]}


def test_a_password_set_for_somebody_signs_them_out(client, admin):
    person = UserFactory()
    theirs = type(client)()
    theirs.force_login(person)
    address = reverse("admin:auth_user_password_change", args=[person.pk])

    response = client.post(address, {"password1": PASSWORD, "password2": PASSWORD})

    person.refresh_from_db()
    assert (response.status_code, person.check_password(PASSWORD)) == (302, True)
    assert theirs.get("/").status_code == 302
    event = AuditEvent.objects.about(person).get()
    assert (event.verb, event.by, event.note) == ("password_set", admin, str(person))


def test_a_password_is_not_taken_away(client, admin):
    person = UserFactory()
    person.set_password(PASSWORD)
    person.save()
    address = reverse("admin:auth_user_password_change", args=[person.pk])

    response = client.post(address, {"usable_password": "false", "unset-password": "1"})

    person.refresh_from_db()
    assert (response.status_code, person.check_password(PASSWORD)) == (200, True)


def test_a_closed_account_is_signed_out_at_once(client, admin):
    person = UserFactory()
    theirs = type(client)()
    theirs.force_login(person)

    client.post(
        reverse("admin:accounts_user_change", args=[person.pk]),
        person_form(**inline("memberships")),
    )

    assert theirs.get("/").status_code == 302


def test_nobody_closes_their_own_account(client, admin):
    client.post(
        reverse("admin:accounts_user_change", args=[admin.pk]),
        person_form(**inline("memberships", initial=0)),
    )

    admin.refresh_from_db()
    assert admin.is_active is True


def test_an_administrator_does_not_change_who_holds_the_server(client, admin):
    above = UserFactory(is_superuser=True)
    address = reverse("admin:auth_user_password_change", args=[above.pk])

    response = client.post(address, {"password1": PASSWORD, "password2": PASSWORD})

    assert response.status_code == 403


# --- the audit trail --------------------------------------------------------------------------


def test_the_audit_trail_is_narrowed_by_kind_of_record(client, admin, at):
    unit, person = UnitFactory(), UserFactory()
    for subject in (unit, person):
        AuditEvent.objects.record(subject, "added", by=None, at=at, label="Thêm")

    page = client.get(reverse("admin:accounts_auditevent_changelist"), {"ho-so": "units.Unit"})

    assert [event.subject_id for event in page.context["cl"].result_list] == [str(unit.pk)]


def test_a_letter_with_a_key_is_not_shown(client, admin, at):
    mail = type(admin).objects.get(pk=admin.pk).mails.create(
        subject="Đặt lại mật khẩu", body="khoa-bi-mat", asked_at=at
    )  # fmt: skip

    page = client.get(reverse("admin:accounts_mail_change", args=[mail.pk]))

    assert (page.status_code, "khoa-bi-mat" in page.text) == (200, False)


# --- words ------------------------------------------------------------------------------------


def test_a_version_opens_without_what_it_says(client, admin):
    plan = SubPlanFactory(submitted=True)

    page = client.get(reverse("admin:campaign_subplan_change", args=[plan.pk]))

    assert (page.status_code, plan.receipt_code in page.text) == (200, True)
    assert plan.purpose not in page.text


@pytest.mark.parametrize("name", LISTS)
def test_every_column_has_a_vietnamese_name(name):
    model = kept_by_hand()[name]
    columns = registered.site.get_model_admin(model)
    labels = [
        str(label_for_field(column, model, columns))
        for column in columns.get_list_display(None)
    ]  # fmt: skip

    assert [label for label in labels if label.isascii()] == []


def test_what_django_says_in_english_is_translated():
    """The compiled sentences are those of the file people edit."""
    folder = settings.BASE_DIR / "locale/vi/LC_MESSAGES"
    written = re.findall(
        r'^msgid "(.+)"$(?:\nmsgid_plural .*)?\nmsgstr(?:\[0\])? "(.+)"$',
        (folder / "django.po").read_text(),
        re.MULTILINE,
    )
    with (folder / "django.mo").open("rb") as compiled:
        spoken = gettext.GNUTranslations(compiled)

    said = {known: spoken.ngettext(known, "?", 1) for known, _ in written if known == "entry"}
    said |= {known: spoken.gettext(known) for known, _ in written if known != "entry"}
    assert said == dict(written)
    assert len(written) > 20


@pytest.mark.parametrize("name", LISTS)
def test_every_filter_has_a_vietnamese_name(client, admin, name):
    page = client.get(reverse(f"admin:{name}_changelist"))

    titles = [str(spec.title) for spec in page.context["cl"].get_filters(page.wsgi_request)[0]]
    assert [title for title in titles if title.isascii()] == []
