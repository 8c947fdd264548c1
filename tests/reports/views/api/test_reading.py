"""What the API tells is what the person sees on the screen: rows, pages, refusals."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions.token import revoke_token
from accounts.models import ApiToken
from campaign.datasets.activity_list import ActivityFilters, activity_list
from campaign.datasets.ledger import LedgerFilters, select
from campaign.datasets.matter import Matter
from campaign.models import Activity, Campaign, Obligation, PlanItem, ReportingPeriod
from lib import clock
from reports.datasets.figures import figures_of
from reports.http import PROBLEM_TYPE
from reports.models import Report
from reports.views.api import door
from reports.views.api.resources import RESOURCES
from scoring.models import Ranking
from tests.factories import MembershipFactory, ObligationFactory, UnitFactory
from tests.reports.views.api.conftest import NOW, key_for
from units.models import Block, Membership, Unit

SLUGS = [one.slug for one in RESOURCES]
PEOPLE = ("officer", "head", "block_lead", "board_head", "ex_member")


def ask(client, key, path, query=None, **headers):
    return client.get(
        f"/api/v1/{path}", query or {}, headers={"Authorization": f"Bearer {key}", **headers}
    )


def walk(client, key, slug, size=3, **query):
    """Every item of a list, page by page; a page may hold what came while one was reading."""
    items, address, query = [], f"/api/v1/{slug}", {"so_dong": size, **query}
    while address:
        answer = client.get(address, query, headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == 200, answer.json()
        said, query = answer.json(), None
        items += said["items"]
        address = said["next"] and said["next"].partition("//")[2].partition("/")[2]
        address = address and f"/{address}"
    return items


def ids(items):
    return [item["id"] for item in items]


# --- rights: every resource against what the screens show -----------------------------------------


def seen_obligations(user):
    return {str(row.pk) for row in Obligation.objects.visible_to(user)}


@pytest.mark.parametrize("name", PEOPLE)
def test_every_list_tells_exactly_what_its_person_sees(client, world, name):
    user, key, campaign = world.people[name], world.key_of(name), world.province.campaign
    told = {slug: walk(client, key, slug, size=200) for slug in SLUGS}
    has_role = name != "ex_member"

    def pages(slug):
        return {item["page"].rstrip("/").rpartition("/")[2] for item in told[slug]}

    def keys(rows):
        return {str(row.pk) for row in rows}

    everything = {
        "dot-thi-dua": {row.code for row in Campaign.objects.all()},
        "muc-ke-hoach": {f"{campaign.code}:{row.code}" for row in PlanItem.objects.all()},
        "don-vi": {row.code for row in Unit.objects.all()},
    }
    for slug, known in everything.items():
        assert set(ids(told[slug])) == (known if has_role else set())
    on = clock.local_day(NOW)
    shown = activity_list(user, campaign, on=on, filters=ActivityFilters(), unit=None).rows
    assert set(ids(told["hoat-dong"])) == {str(row.key) for row in shown}
    assert pages("nghia-vu") == (keys(Obligation.objects.visible_to(user)) if has_role else set())
    assert pages("ky-bao-cao") == keys(ReportingPeriod.objects.visible_to(user))
    assert pages("xep-hang") == keys(Ranking.objects.visible_to(user).exclude(published_at=None))
    assert pages("bao-cao") == keys(Report.objects.visible_to(user).filter(paper__status="issued"))


def test_who_reads_whose_figures(client, world):
    here = world.province
    units = {
        name: {item["code"] for item in walk(client, world.key_of(name), "so-lieu", 200)}
        for name in PEOPLE
    }
    members = {row.unit.code for row in here.culture.memberships.all()}

    assert units["officer"] == {here.late.code}
    assert units["head"] == {here.extended.code}
    assert units["block_lead"] == members
    assert units["board_head"] == {unit.code for unit in Unit.objects.all()}
    assert units["ex_member"] == set()


@pytest.mark.parametrize(
    ("scope", "name", "found"),
    [
        ("tinh", "block_lead", 0), ("tinh", "board_head", 1),
        ("khoi", "officer", 0), ("khoi", "block_lead", 1), ("khoi", "board_head", None),
    ],
)  # fmt: skip
def test_who_reads_the_figures_of_blocks_and_the_province(client, world, scope, name, found):
    items = walk(client, world.key_of(name), "so-lieu", 200, pham_vi=scope, chi_tieu="CT01")

    assert len(items) == (Block.objects.count() if found is None else found)


def test_a_figure_is_that_of_the_page(client, world):
    here, april = world.province, world.months.april
    key = world.key_of("board_head")
    query = {"ky": "thang-4-2024", "don_vi": here.late.code, "so_dong": 200}
    told = {row["indicator"]: row for row in ask(client, key, "so-lieu", query).json()["items"]}
    page = {row.code: row for row in figures_of(here.campaign, april, "", here.late)}

    assert told.keys() == page.keys()
    for code, row in told.items():
        assert (row["in_period"], row["cumulative"]) == (
            str(page[code].in_period), str(page[code].cumulative),
        )  # fmt: skip
    assert ask(client, key, f"so-lieu/{told['CT01']['id']}").json() == told["CT01"]


def test_figures_as_they_were_known_at_a_moment(client, world):
    """The report that came on 21/5/2024 with 100 is not known the day before."""
    key, query = world.key_of("board_head"), {"pham_vi": "tinh", "chi_tieu": "CT01"}
    now = walk(client, key, "so-lieu", **query)
    before = walk(client, key, "so-lieu", **query, den_luc="2024-05-20T00:00:00+07:00")

    assert [now[0]["in_period"], before[0]["in_period"]] == ["104.00", "4.00"]


@pytest.mark.parametrize("state", ["da-gui", "tre-han", "qua-han", "mien", "cho-xem-xet"])
def test_a_state_finds_the_rows_of_the_page(client, world, state):
    user, campaign = world.people["board_head"], world.province.campaign
    page = select(user, Matter(campaign), at=NOW, filters=LedgerFilters(state=state))
    told = walk(client, world.key_of("board_head"), "nghia-vu", trang_thai=state, loai="sub_plan")

    assert {item["unit"]["code"] for item in told} == {row.unit.code for row in page}
    assert all(state in {word["code"] for word in item["states"]} for item in told)


def test_each_thing_is_found_again_by_its_id_and_by_nobody_who_may_not_see_it(client, world):
    board, other = world.key_of("board_head"), world.key_of("ex_member")
    for slug in SLUGS:
        told = ask(client, board, slug, {"so_dong": 200}).json()["items"]
        # Of obligations one of each kind: each is named in its own way.
        kinds = {item["kind"]["code"]: item for item in told} if slug == "nghia-vu" else {}
        for item in kinds.values() or told[:1]:
            assert ask(client, board, f"{slug}/{item['id']}").json() == item
            assert ask(client, other, f"{slug}/{item['id']}").status_code == 404
            # Two different refusals would tell that there is something.
            assert ask(client, board, f"{slug}/{item['id']}~").status_code == 404


def test_files_of_an_issued_report_come_by_the_same_key(client, world):
    key, paper = world.key_of("board_head"), world.paper
    told = ask(client, key, f"bao-cao/{paper.code}").json()
    paths = [each["url"].partition("/api/v1/")[2] for each in told["files"]]
    content = b"".join(ask(client, key, paths[1]).streaming_content)

    assert (len(paths), len(content)) == (3, told["files"][1]["size"])
    assert ask(client, world.key_of("officer"), paths[1]).status_code == 404
    assert ask(client, key, f"bao-cao/{paper.code}/tep/exe").status_code == 404


# --- pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_pages_tell_each_row_once(client, world, slug):
    key = world.key_of("board_head")
    whole = ids(ask(client, key, slug, {"so_dong": 200}).json()["items"])

    assert whole
    assert ids(walk(client, key, slug, size=3)) == ids(walk(client, key, slug, size=5)) == whole
    assert len(set(whole)) == len(whole)


def test_rows_added_while_one_reads_shift_nothing(client, world):
    key = world.key_of("board_head")
    first = ask(client, key, "nghia-vu", {"so_dong": 2}).json()
    before = ids(walk(client, key, "nghia-vu", 200))
    UnitFactory(sort_order=10_000)
    ObligationFactory(unit=UnitFactory(name="A đứng đầu bảng chữ cái"))
    rest = walk(
        client,
        key,
        "nghia-vu",
        2,
        con_tro=first["next"].partition("con_tro=")[2].replace("%3A", ":"),
    )

    assert [*ids(first["items"]), *ids(rest)][: len(before)] == before
    assert len(ids(rest)) == len(before) - 2 + 1


def test_what_changed_since(client, world):
    key, since = world.key_of("board_head"), {"thay_doi_tu": "2024-05-22T09:00:00+07:00"}
    quiet = walk(client, key, "hoat-dong", **since)
    activity = Activity.objects.get(title="Hội thao ngành Y tế")
    activity.begin(by=world.people["officer"], at=NOW)

    assert quiet == []
    assert ids(walk(client, key, "hoat-dong", **since)) == [str(activity.key)]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_asks_the_database_as_often_for_many_rows_as_for_few(client, world, slug):
    key = world.key_of("board_head")

    def questions(size):
        with CaptureQueriesContext(connection) as asked:
            found = ask(client, key, slug, {"so_dong": size}).json()["items"]
        return len(asked), len(found)

    few, many = questions(1), questions(200)

    assert few[1] <= many[1]
    assert many[0] <= few[0] <= 22


def test_what_did_not_change_is_not_sent_again(client, world):
    key = world.key_of("officer")
    first = ask(client, key, "nghia-vu")
    again = ask(client, key, "nghia-vu", **{"If-None-Match": first["ETag"]})
    world.province.late.obligations.filter(period=world.months.may).update(met_at=NOW)
    later = ask(client, key, "nghia-vu", **{"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert (later.status_code, later["Cache-Control"]) == (200, "private, no-cache")


# --- refusals -------------------------------------------------------------------------------------


def refusal(answer):
    assert answer["Content-Type"] == PROBLEM_TYPE
    return answer.status_code, answer.json()["detail"]


def test_without_a_good_key_nothing_is_told(client, world):
    person = world.people["officer"]
    key = world.key_of("officer")
    token = ApiToken.objects.get(user=person)
    expired = key_for(person, name="Cũ", at=NOW - timedelta(days=31))
    client.force_login(person)

    assert client.get("/api/v1/don-vi").status_code == 401
    assert client.get("/api/v1/don-vi")["WWW-Authenticate"].startswith("Bearer")
    assert refusal(ask(client, "ctd_khong-co", "don-vi")) == (401, "Không có khóa nào như vậy.")
    assert "đã hết hạn" in refusal(ask(client, expired, "don-vi"))[1]
    assert ask(client, key, "don-vi").status_code == 200
    revoke_token(token, by=person, at=NOW)
    assert refusal(ask(client, key, "don-vi")) == (401, "Khóa này đã được thu hồi.")


def test_rights_are_those_of_the_moment(client, world):
    person, key = world.people["officer"], world.key_of("officer")
    began = len(walk(client, key, "nghia-vu"))
    Membership.objects.filter(user=person).update(valid_to=clock.local_day(NOW) - timedelta(days=1))
    after = [len(walk(client, key, slug)) for slug in SLUGS]
    type(person).objects.filter(pk=person.pk).update(is_active=False)

    assert (began > 0, after) == (True, [0] * len(SLUGS))
    assert ask(client, key, "nghia-vu").status_code == 401


@pytest.mark.parametrize("one", RESOURCES, ids=lambda one: one.slug)
def test_a_key_reads_no_more_than_its_scope(client, world, one):
    others = [scope for scope in ApiToken.Scope if scope != one.scope]
    key = key_for(world.people["board_head"], scopes=others)
    status, detail = refusal(ask(client, key, one.slug))

    assert status == 403
    assert one.scope in detail
    assert ask(client, key, f"{one.slug}/x").status_code == 403


@pytest.mark.parametrize(
    ("query", "field", "says"),
    [
        ({"so_dong": "201"}, "so_dong", "số nguyên từ 1 đến 200"),
        ({"so_dong": "0"}, "so_dong", "số nguyên từ 1 đến 200"),
        ({"con_tro": "WyJkb24tdmkiLDFd:gia"}, "con_tro", "Con trỏ này hỏng"),
        ({"trang_thai": "muon"}, "trang_thai", "hãy dùng: da-gui"),
        ({"thay_doi_tu": "2024-05-01"}, "thay_doi_tu", "kèm múi giờ"),
        ({"khoi": ""}, "khoi", "đang để trống"),
        ({"khoi": ["K01", "K02"]}, "khoi", "chỉ được ghi một lần"),
        ({"limit": "10"}, "limit", "Không có tham số này"),
    ],
)
def test_what_is_not_understood_is_said_by_its_name(client, world, query, field, says):
    answer = ask(client, world.key_of("officer"), "nghia-vu", query)

    assert refusal(answer)[0] == 422
    assert says in answer.json()["errors"][field][0]


def test_the_cursor_of_another_list_is_refused(client, world):
    key = world.key_of("board_head")
    cursor = ask(client, key, "don-vi", {"so_dong": 1}).json()["next"].partition("con_tro=")[2]

    answer = client.get(
        f"/api/v1/nghia-vu?con_tro={cursor}", headers={"Authorization": f"Bearer {key}"}
    )
    assert refusal(answer)[0] == 422


def test_everything_below_the_address_answers_in_one_shape(client, world):
    key = world.key_of("officer")

    assert refusal(ask(client, key, "khong-co"))[0] == 404
    assert refusal(ask(client, key, "don-vi?tim=%00"))[0] == 400
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        answer = client.generic(method, "/api/v1/don-vi")
        assert (refusal(answer)[0], answer["Allow"]) == (405, "GET, HEAD")


def test_a_key_that_reads_too_often_waits_for_the_next_minute(client, world, monkeypatch):
    monkeypatch.setattr(door, "REQUESTS_A_MINUTE", 3)
    key, other = world.key_of("officer"), world.key_of("head")
    answers = [ask(client, key, "don-vi") for _ in range(5)]
    monkeypatch.setattr("lib.clock.now", lambda: NOW + timedelta(seconds=30))

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert (answers[-1]["Retry-After"], refusal(answers[-1])[1]) == (
        "30", "Đã đọc quá nhiều lần. Mời chờ 30 giây rồi đọc tiếp.",
    )  # fmt: skip
    assert ask(client, other, "don-vi").status_code == 200
    assert ask(client, key, "don-vi").status_code == 200


def test_an_address_that_guesses_waits_but_good_keys_go_on(client, world, monkeypatch):
    monkeypatch.setattr(door, "FAILURES", 2)
    cache.clear()
    answers = [ask(client, f"ctd_{n}", "don-vi").status_code for n in range(4)]

    assert answers == [401, 401, 429, 429]
    assert ask(client, world.key_of("officer"), "don-vi").status_code == 200


def test_an_administrator_reads_no_unit_s_papers(client, world):
    key = key_for(MembershipFactory(administrator=True).user)

    assert walk(client, key, "nghia-vu") == walk(client, key, "so-lieu") == []
    assert walk(client, key, "don-vi")
