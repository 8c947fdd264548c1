import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from campaign.models import Indicator
from tests.campaign.sending import questions, send
from tests.factories import BoardHeadFactory, CampaignFactory, OfficerFactory, UnitFactory
from tests.factories.campaign import PlanItemFactory
from tests.factories.progress import FigureFactory, IndicatorFactory

pytestmark = pytest.mark.django_db

URL = reverse("campaign:indicators")
ADD = reverse("campaign:indicator-add")
NEW = {
    "code": "ct24", "name": "Số cuộc thi", "measure": "cuộc", "aggregate": "joint",
    "decimals": "0", "parent": "", "relation": "", "plan_codes": "", "only_units": "",
}  # fmt: skip


def to(act, indicator):
    return reverse(f"campaign:indicator-{act}", args=[indicator.pk])


def order():
    return list(Indicator.objects.in_order().values_list("code", flat=True))


@pytest.fixture
def head(client):
    CampaignFactory()
    person = BoardHeadFactory()
    client.force_login(person)
    return person


@pytest.fixture
def nine(head):
    """CT01; CT09 with two parts; CT10."""
    main = IndicatorFactory(code="CT09", position=2)
    return {
        "CT01": IndicatorFactory(code="CT01", position=1),
        "CT09": main,
        "CT09.1": IndicatorFactory(code="CT09.1", position=3, parent=main, relation="part"),
        "CT09.2": IndicatorFactory(code="CT09.2", position=4, parent=main, relation="part"),
        "CT10": IndicatorFactory(code="CT10", position=5, parent=main, relation="companion"),
    }


def test_everybody_who_works_here_reads_it_with_its_numbers(client, nine):
    client.force_login(OfficerFactory())

    page = client.get(URL)

    assert [row.number for row in page.context["rows"]] == ["1", "2", "2.1", "2.2", "3"]
    assert page.context["can_edit"] is False
    assert ADD not in page.content.decode()


def test_it_takes_the_same_queries_whatever_it_holds(client, head):
    def fill():
        one = IndicatorFactory(plan_items=[PlanItemFactory()])
        one.only_units.add(UnitFactory())

    fill()
    few = questions(client, URL)
    fill()
    fill()

    assert questions(client, URL) == few


def test_the_head_adds_one_at_the_end(client, head):
    army, item = UnitFactory(code="BCHQS"), PlanItemFactory(code="III.5.4")
    IndicatorFactory(code="CT01")

    send(client, ADD, **{**NEW, "plan_codes": "iii.5.4.", "only_units": "BCHQS"})

    added = Indicator.objects.get(code="CT24")
    assert order() == ["CT01", "CT24"]
    assert (added.name, added.aggregate) == ("Số cuộc thi", "joint")
    assert (list(added.plan_items.all()), list(added.only_units.all())) == ([item], [army])
    assert AuditEvent.objects.about(added).get().label == "Thêm chỉ tiêu"


def test_a_part_goes_under_its_parent(client, nine):
    parent = str(nine["CT09"].pk)

    send(client, ADD, **{**NEW, "code": "CT09.3", "parent": parent, "relation": "part"})

    assert order() == ["CT01", "CT09", "CT09.1", "CT09.2", "CT09.3", "CT10"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "chỉ tiêu"}, "code"),
        ({"code": "CT01"}, "code"),
        ({"name": " "}, "name"),
        ({"plan_codes": "III.9.9"}, "plan_codes"),
        ({"only_units": "Sở Không Có"}, "only_units"),
        ({"relation": "part"}, "parent"),
    ],
)
def test_what_is_wrong_is_said_by_its_field_and_nothing_is_lost(client, nine, wrong, field):
    response = send(client, ADD, **{**NEW, **wrong})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"].data["measure"] == "cuộc"
    assert len(order()) == len(nine)


def test_a_parent_without_a_relation_is_asked_for_one(client, nine):
    response = send(client, ADD, **{**NEW, "parent": str(nine["CT09"].pk)})

    assert list(response.context["form"].errors) == ["relation"]


def test_it_is_put_better_while_how_it_counts_is_frozen(client, nine):
    used = nine["CT01"]
    FigureFactory(indicator=used, value=3)

    send(client, to("edit", used), **{**NEW, "name": "Tên mới", "measure": "buổi", "decimals": "1"})

    used.refresh_from_db()
    assert (used.name, used.decimals) == ("Tên mới", 1)
    assert (used.measure, used.aggregate) == ("cuộc", "sum")
    again = send(client, to("edit", used), **{**NEW, "decimals": "0"})
    assert list(again.context["form"].errors) == ["decimals"]


def test_what_has_only_unanswered_figures_may_still_count_otherwise(client, nine):
    FigureFactory(indicator=nine["CT01"], unanswered=True)

    send(client, to("edit", nine["CT01"]), **NEW)

    assert Indicator.objects.get(code="CT01").aggregate == "joint"


def test_one_that_has_parts_stays_a_main_one(client, nine):
    typed = {**NEW, "parent": str(nine["CT01"].pk), "relation": "part"}

    assert list(send(client, to("edit", nine["CT09"]), **typed).context["form"].errors) == [
        "parent"
    ]


@pytest.mark.parametrize(
    ("code", "act", "then"),
    [
        ("CT09", "up", ["CT09", "CT09.1", "CT09.2", "CT01", "CT10"]),
        ("CT09", "down", ["CT01", "CT10", "CT09", "CT09.1", "CT09.2"]),
        ("CT09.2", "up", ["CT01", "CT09", "CT09.2", "CT09.1", "CT10"]),
        ("CT09.1", "up", ["CT01", "CT09", "CT09.1", "CT09.2", "CT10"]),
        ("CT01", "up", ["CT01", "CT09", "CT09.1", "CT09.2", "CT10"]),
        ("CT10", "down", ["CT01", "CT09", "CT09.1", "CT09.2", "CT10"]),
    ],
)
def test_it_moves_with_those_under_it_and_never_out_of_its_group(client, nine, code, act, then):
    send(client, to(act, nine[code]))

    assert order() == then


def test_it_is_retired_and_taken_up_again(client, nine):
    one = nine["CT01"]

    send(client, to("retire", one))
    assert Indicator.objects.get(pk=one.pk).is_active is False
    assert send(client, to("retire", one)).status_code == 409
    send(client, to("restore", one))

    assert Indicator.objects.get(pk=one.pk).is_active is True
    labels = AuditEvent.objects.about(one).values_list("label", flat=True)
    assert set(labels) == {"Ngừng dùng chỉ tiêu", "Dùng lại chỉ tiêu"}


def test_one_of_another_campaign_is_not_there(client, head):
    other = IndicatorFactory(campaign=CampaignFactory(code="2020", starts_on="2020-01-01"))

    assert client.get(to("edit", other)).status_code == 404
