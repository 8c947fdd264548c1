from datetime import date

import pytest
from django.core.management import call_command

from awards.importers.catalogue import load_catalogue
from awards.models import AwardForm, BaseSalary, FormRecipient, PaperTemplate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded():
    load_catalogue()


def test_a_second_load_changes_nothing():
    assert [tally.did_something for tally in load_catalogue()] == [False] * 5


def test_the_command_says_what_it_did(capsys):
    call_command("load_awards")

    assert "Danh hiệu, hình thức: thêm 0, sửa 0, giữ nguyên" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("day", "basis"),
    [(date(2025, 6, 30), "NĐ 98/2023/NĐ-CP"), (date(2025, 7, 1), "NĐ 152/2025/NĐ-CP")],
)
def test_each_award_stands_once_on_any_day_and_names_its_decree(day, basis):
    forms = AwardForm.objects.in_force(on=day)

    assert len(forms) == len({form.code for form in forms}) == AwardForm.objects.count() / 2
    assert all(basis in form.legal_basis for form in forms)


def test_only_certificates_and_letters_come_of_a_campaign():
    thematic = AwardForm.objects.in_force(on=date(2024, 11, 1)).thematic()

    assert {form.code for form in thematic} == {"BK-TINH", "GK"}


def test_the_bonus_of_a_collective_in_december_2024():
    row = FormRecipient.objects.get(
        form__code="BK-TINH", form__valid_from=date(2024, 1, 1), recipient="collective"
    )

    salary = BaseSalary.objects.on(date(2024, 12, 10))

    assert (BaseSalary.objects.on(date(2024, 6, 30)).amount, salary.amount) == (
        1_800_000,
        2_340_000,
    )
    assert row.factor * salary.amount == 7_020_000


def test_the_template_of_a_thematic_report_has_a_number_from_july_2025():
    found = [
        PaperTemplate.objects.in_force(on=day)
        .for_paper("report", ground="thematic", recipient="individual")
        .get()
        .number
        for day in (date(2024, 11, 1), date(2025, 7, 1))
    ]

    assert found == ["", "Mẫu số 08"]
