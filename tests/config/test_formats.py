from datetime import date

import pytest
from django.forms import DateField
from django.urls import reverse
from django.utils.formats import date_format

from tests.factories import AdministratorFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["1/3/2024", "01/03/2024", "1-3-2024", "1.3.2024", "2024-03-01"])
def test_the_day_comes_before_the_month(typed):
    assert DateField().clean(typed) == date(2024, 3, 1)


def test_dates_are_written_as_everywhere_else():
    assert date_format(date(2024, 3, 22)) == "22/3/2024"


def test_a_form_of_the_administration_with_errors_says_so_in_vietnamese(client):
    client.force_login(AdministratorFactory())

    response = client.post(reverse("admin:units_membership_add"), {"valid_from": "31/2/2024"})

    assert "Mời sửa những chỗ báo lỗi bên dưới." in response.content.decode()
