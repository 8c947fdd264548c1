"""The pages of a scale: what is shown to whom, and what a form does."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from lib.sheet import Column, Row, Sheet, write_xlsx
from scoring.importers.data import sample_scale
from scoring.models import PackageUse, ScoringScale
from tests.campaign.sending import questions
from tests.factories import (
    BlockFactory,
    BlockLeadFactory,
    BlockMembershipFactory,
    CampaignFactory,
    CampaignPackageFactory,
    CriterionFactory,
    HeadFactory,
    MemberConsentFactory,
    OfficerFactory,
    PackageCriterionFactory,
    PackageUseFactory,
    ReviewerFactory,
    ScoringScaleFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def block():
    return BlockFactory(name="Thử nghiệm")


@pytest.fixture
def lead(client, block):
    person = BlockLeadFactory(block)
    client.force_login(person)
    return person


@pytest.fixture
def draft(block):
    return ScoringScaleFactory(block=block)


def url(name, scale, *more):
    return reverse(f"scoring:{name}", args=[scale.pk, *more])


def form(**fields):
    return {"form_key": str(uuid4()), "revision": "0", **fields}


def lines(*rows, **head):
    typed = {"total": "1000", "bonus_cap": "50", "honesty_percent": "5", **head}
    for place, (name, points) in enumerate(rows):
        typed |= {f"name-{place}": name, f"points-{place}": points}
    return form(**typed)


GOOD = (("Nhiệm vụ", "700"), ("Thi đua", "300"), ("Sáng kiến", "10"))


def test_the_first_page_shows_the_blocks_of_the_reader(client, block, lead):
    ScoringScaleFactory(block=block, in_force=True)
    ScoringScaleFactory(in_force=True)

    response = client.get(reverse("scoring:home"))

    assert [row.block for row in response.context["rows"]] == [block]
    client.force_login(ReviewerFactory())
    BlockMembershipFactory(block=ScoringScale.objects.exclude(block=block).get().block)
    assert len(client.get(reverse("scoring:home")).context["rows"]) == 2


def test_the_first_page_asks_the_same_for_one_block_and_three(client):
    client.force_login(ReviewerFactory())
    package = CampaignPackageFactory()

    def add():
        membership = BlockMembershipFactory()
        scale = ScoringScaleFactory(block=membership.block, in_force=True)
        PackageUseFactory(scale=scale, package=package)
        ScoringScaleFactory(block=membership.block, version=2)

    add()
    one = questions(client, reverse("scoring:home"))
    add()
    add()
    assert questions(client, reverse("scoring:home")) == one


def test_a_scale_asks_the_same_for_three_criteria_and_forty(client, lead, draft, block):
    few = questions(client, url("scale", draft)), questions(client, url("scale-edit", draft))
    draft.delete()
    full = ScoringScaleFactory(block=block, content=sample_scale("2024"))
    for _ in range(4):
        MemberConsentFactory(scale=full, unit=BlockMembershipFactory(block=block).unit)

    assert (
        questions(client, url("scale", full)),
        questions(client, url("scale-edit", full)),
    ) == few


def test_points_are_saved_together_and_once(client, lead, draft):
    response = client.post(url("scale-edit", draft), lines(*GOOD, total="1.000,00"))

    assert response.status_code == 302
    assert [row.max_points for row in draft.criteria.in_order()] == [700, 300, 10]
    late = client.post(url("scale-edit", draft), lines(*GOOD))  # the page was of before
    assert late.status_code == 409


def test_what_was_typed_stays_beside_its_error(client, lead, draft):
    response = client.post(
        url("scale-edit", draft), lines(("", "700"), ("Thi đua", "ba trăm"), ("Sáng kiến", "10"))
    )

    assert response.status_code == 422
    assert list(response.context["lines"].errors) == ["name-0", "points-1"]
    assert "ba trăm" in response.content.decode()
    assert draft.criteria.get(code="A").max_points == 600


@pytest.mark.parametrize(
    ("method", "typed", "config"),
    [
        ("ratio", {"done": "số xong", "total": "tổng số", "floor": "70"},
         {"done": "số xong", "total": "tổng số", "floor": "0.7", "zero_total_is_full": False}),
        ("step", {"missed": "chỉ tiêu không đạt", "total": "tổng chỉ tiêu"},
         {"missed": "chỉ tiêu không đạt", "each": None, "total": "tổng chỉ tiêu"}),
        ("enum", {"options": "Đúng hạn: 100\nTrễ: 50"},
         {"options": [{"label": "Đúng hạn", "points": "100"}, {"label": "Trễ", "points": "50"}]}),
        ("review", {"levels": "0 / 50 / 100"}, {"levels": ["0", "50", "100"]}),
        ("relative", {"label": "ngày công"}, {"label": "ngày công", "lower_is_better": False}),
        ("band", {"label1": "Chỉ số", "unit1": "%", "rungs1": "90: 100\n80: 60"},
         {"measures": [{"label": "Chỉ số", "unit": "%", "otherwise": "0", "lower_is_better": False,
                        "rungs": [{"bound": "90", "points": "100"},
                                  {"bound": "80", "points": "60"}]}]}),
        ("count", {"label1": "mô hình", "points1": "10", "most1": "30"},
         {"things": [{"label": "mô hình", "points": "10", "needed": None, "out_of": "",
                      "most": "30"}]}),
        ("auto", {"subject": "Gửi kế hoạch", "kinds": ["sub_plan"], "rule": "tiers",
                  "late_tiers": "5: 50"},
         {"subject": "Gửi kế hoạch", "kinds": ["sub_plan"], "besides": [], "penalties": None,
          "tiers": {"late": [{"days": 5, "points": "50"}], "otherwise": "0"}}),
    ],
)  # fmt: skip
def test_a_method_is_written_in_words(client, lead, draft, method, typed, config):
    response = client.post(
        url("criterion-add", draft),
        form(
            code="B.1", name="Tiêu chí mới", section="content", max_points="100", method=method,
            **{f"cach-{name}": value for name, value in typed.items()},
        ),
    )  # fmt: skip

    assert response.status_code == 302, response.context["how"].errors
    assert draft.criteria.get(code="B.1").config == config
    shown = client.get(url("criterion-edit", draft, "B.1"))
    assert shown.context["how"].initial.keys() >= typed.keys() - {"kinds"}


def test_another_method_is_offered_without_saving_or_losing_anything(client, lead, draft):
    typed = form(code="A", name="Đang gõ", section="content", max_points="600",
                 method="ratio", change_method="1")  # fmt: skip

    response = client.post(url("criterion-edit", draft, "A"), typed)

    assert response.status_code == 200
    assert response.context["form"]["name"].value() == "Đang gõ"
    assert "cach-done" in response.content.decode()
    assert draft.criteria.get(code="A").method == "review"
    part = client.post(url("criterion-edit", draft, "A"), typed, headers={"hx-request": "true"})
    assert part.templates[0].name == "scoring/criterion_method.html"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"code": "A"}, "code"),
        ({"code": "a b"}, "code"),
        ({"name": ""}, "name"),
        ({"max_points": "-5"}, "max_points"),
        ({"plan_codes": "IX.9"}, "plan_codes"),
        ({"parent": "A", "after": "B"}, "parent"),
    ],
)
def test_a_criterion_that_cannot_be_names_its_field(client, lead, draft, typed, field):
    fields = {"code": "B.1", "name": "Mới", "section": "content", "max_points": "1", **typed}
    response = client.post(url("criterion-add", draft), form(method="review", **fields))

    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_a_method_of_no_sense_is_told_above_its_fields(client, lead, draft):
    response = client.post(
        url("criterion-edit", draft, "A"),
        form(code="A", name="A", section="content", max_points="600", method="enum",
             **{"cach-options": "Tốt: 50\nKhá: 20"}),
    )  # fmt: skip

    assert response.status_code == 422
    assert response.context["how"].non_field_errors() == ["Mức cao nhất phải bằng điểm chuẩn 600."]


def test_a_criterion_goes_with_what_is_inside(client, lead, draft):
    group = draft.criteria.get(code="A")
    CriterionFactory(scale=draft, code="A.1", parent=group)

    client.post(url("criterion-remove", draft, "A"), form())

    assert set(draft.criteria.values_list("code", flat=True)) == {"B", "E"}


def upload(*rows):
    content = write_xlsx(
        [
            Sheet(
                "T",
                [Column(one) for one in ("STT", "Nội dung", "Điểm chuẩn")],
                [Row(r) for r in rows],
            )
        ]
    )
    return SimpleUploadedFile("thang.xlsx", content)


def test_a_sheet_takes_the_place_of_the_criteria(client, lead, draft):
    file = upload(("I", "Nhiệm vụ", "700"), ("II", "Thi đua", "300"))

    response = client.post(url("scale-import", draft), form(file=file))

    assert response.status_code == 302
    assert list(draft.criteria.in_order().values_list("code", "max_points")) == [
        ("I", 700), ("II", 300),
    ]  # fmt: skip


def test_a_sheet_with_a_bad_cell_changes_nothing(client, lead, draft):
    file = upload(("I", "Nhiệm vụ", "nhiều"))

    response = client.post(url("scale-import", draft), form(file=file))

    assert response.status_code == 422
    assert "Ô C2" in response.content.decode()
    assert draft.criteria.count() == 3


def test_the_workbook_has_both_shapes(client, lead, draft):
    book = load_workbook(BytesIO(client.get(url("scale-export", draft)).content))

    assert book.sheetnames == ["Thang bảng điểm", "Để nhập lại"]
    assert [cell.value for cell in book["Thang bảng điểm"][4]] == [
        "STT", "Nội dung", "Điểm chuẩn", "Thưởng", "Trừ",
    ]  # fmt: skip


def test_a_new_scale_may_copy_last_years_or_another_blocks(client, block, lead):
    last = ScoringScaleFactory(block=block, year=2023, in_force=True)
    other = ScoringScaleFactory(in_force=True, total=100)
    page = reverse("scoring:scale-start", args=[block.code, 2024])

    choices = client.get(page).context["form"].fields["source"].choices
    assert [pk for pk, _ in choices] == [str(last.pk), str(other.pk), "trong"]
    client.post(page, form(source=str(other.pk)))

    made = ScoringScale.objects.get(block=block, year=2024)
    assert (made.total, made.criteria.count()) == (100, 3)


def test_a_whole_amendment(client, block, lead):
    members = [BlockMembershipFactory(block=block).unit for _ in range(2)]
    first = ScoringScaleFactory(block=block, in_force=True)
    package = CampaignPackageFactory(campaign=CampaignFactory())
    PackageCriterionFactory(package=package, code="C.2.1")

    client.post(url("scale-amend", first), form(note="Đưa nội dung Đợt vào"))
    draft = ScoringScale.objects.drafts().get()
    client.post(url("scale-package", draft), form(way="bonus", cap="60"))
    compared = client.get(url("scale-compare", draft, first.pk))
    assert {one.code for one in compared.context["difference"].criteria} == {"C", "C.1"}

    client.force_login(HeadFactory(members[0]))
    client.post(url("scale-consent", draft), form(**{"y-kien-answer": "dong-y"}))
    silent = client.post(url("scale-consent", draft), form(**{"y-kien-answer": "khong"}))
    assert silent.status_code == 422  # dissent needs its reason
    client.force_login(lead)
    early = client.post(
        url("scale-enforce", draft), form(**{"ap-dung-effective_date": "12/4/2024"})
    )
    assert early.status_code == 409
    said = {f"hoi-nghi-answer-{unit.pk}": "dong-y" for unit in members}
    own = lead.memberships.get().unit_id
    client.post(url("scale-consents", draft), form(**said, **{f"hoi-nghi-answer-{own}": "chua"}))
    client.post(url("scale-enforce", draft), form(**{"ap-dung-effective_date": "12/4/2024"}))

    draft.refresh_from_db()
    assert (draft.status, draft.bonus_cap) == ("in_force", 60)
    assert draft.package_uses.get().way == PackageUse.Way.BONUS


def test_nobody_edits_what_is_in_force_or_anothers(client, block, lead, draft):
    in_force = ScoringScaleFactory(block=block, in_force=True, version=2)
    assert client.get(url("scale-edit", in_force)).status_code == 409

    client.force_login(OfficerFactory(BlockMembershipFactory(block=block).unit))
    assert client.get(url("scale", draft)).status_code == 200
    assert client.get(url("scale-edit", draft)).status_code == 403
    client.force_login(OfficerFactory())
    assert client.get(url("scale", draft)).status_code == 404


def test_reference_needs_at_least_one_row_of_the_plan(client, lead, draft):
    CampaignPackageFactory()

    response = client.post(url("scale-package", draft), form(way="reference"))

    assert response.status_code == 422
    assert "way" in response.context["form"].errors


def test_the_board_reads_coverage_and_its_head_sets_the_day(client):
    package = CampaignPackageFactory()
    client.force_login(ReviewerFactory())
    page = reverse("scoring:coverage")

    assert client.get(page).context["can_set_day"] is False
    assert client.post(reverse("scoring:coverage-day"), form()).status_code == 403
    client.force_login(OfficerFactory())
    assert client.get(page).status_code == 403
    assert package.amend_by.year == 2024
