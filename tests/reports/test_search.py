"""Search: what comes first, in whose rights, and that nothing typed breaks it."""

import time
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from campaign.models import SourceDocument
from reports.datasets.search.found import KINDS, found, quoting
from tests.factories import (
    ActivityFactory,
    CampaignFactory,
    EvidenceFactory,
    FileTextFactory,
    HeadFactory,
    LeadershipFactory,
    OfficerFactory,
    PlanItemFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    SubPlanFactory,
    SubPlanFileFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.awards import (
    AwardPaperFactory,
    CandidateFactory,
    DossierFactory,
    NominationFactory,
)
from units.models import Unit

pytestmark = pytest.mark.django_db


def first(user, typed, at):
    """The title of the first hit of all, or of nothing."""
    groups = found(user, typed, at=at, most=3).groups
    return groups[0].hits[0].title if groups else None


def titles(user, typed, at):
    groups = found(user, typed, at=at).groups
    return {group.kind.code: [hit.title for hit in group.hits] for group in groups}


FIRST = {
    # abbreviations and codes, however they are written
    "SVHTTDL": "Sở Văn hóa, Thể thao và Du lịch",
    "svhttdl": "Sở Văn hóa, Thể thao và Du lịch",
    "sở vhttdl": "Sở Văn hóa, Thể thao và Du lịch",
    "Sở VHTT&DL": "Sở Văn hóa, Thể thao và Du lịch",
    "sgddt": "Sở Giáo dục và Đào tạo",
    "SGDĐT": "Sở Giáo dục và Đào tạo",
    "sở gd&đt": "Sở Giáo dục và Đào tạo",
    "đuk cq&dn": "Đảng ủy Khối Cơ quan và Doanh nghiệp tỉnh",
    "htb": "UBND huyện Tân Biên",
    "TX Hòa Thành": "UBND thị xã Hòa Thành",
    # with marks, without, with the tone on the other letter
    "hòa thành": "UBND thị xã Hòa Thành",
    "hoà thành": "UBND thị xã Hòa Thành",
    "hoa thanh": "UBND thị xã Hòa Thành",
    "tỉnh uỷ": "Văn phòng Tỉnh ủy Tây Ninh",
    "tỉnh ủy": "Văn phòng Tỉnh ủy Tây Ninh",
    "Uỷ ban nhân dân huyện Châu Thành": "UBND huyện Châu Thành",
    "toà án": "Tòa án nhân dân tỉnh",
    # begins, whole words, begun
    "sở y": "Sở Y tế",
    "hội nông dân": "Hội Nông dân tỉnh",
    "biên phòng": "Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
    "tân ch": "UBND huyện Tân Châu",
    # people, duties, activities, documents
    "nguyen hoa binh": "Nguyễn Thị Hòa Bình",
    "hoà bình": "Nguyễn Thị Hòa Bình",
    "IV.9.7": "Chăm sóc gia đình chính sách",
    "gia đình chính s": "Chăm sóc gia đình chính sách",
    "kỉ niệm": "Lễ kỷ niệm ngày thành lập",
    "nhà văn hoá xã thành long": "Xây nhà văn hóa xã Thành Long",
    "kế hoạch sở y tế": "Kế hoạch triển khai của Sở Y tế",
    "45/KH-SYT": "Kế hoạch triển khai của Sở Y tế",
    "báo cáo tháng 4 sở y tế": "Báo cáo tháng 4/2024 của Sở Y tế",
    "phát động đợt thi đua": "Phát động đợt thi đua đặc biệt",
    # inside a file
    "khám bệnh miễn phí cho": "Ke-hoach-trien-khai.pdf",
    "không có chữ này": None,
}


UNITS = {
    "VPTU": ("Văn phòng Tỉnh ủy Tây Ninh", "VPTU"),
    "DUK": ("Đảng ủy Khối Cơ quan và Doanh nghiệp tỉnh", "ĐUK CQ&DN"),
    "SNV": ("Sở Nội vụ", "SNV"),
    "SYT": ("Sở Y tế", "SYT"),
    "SGDDT": ("Sở Giáo dục và Đào tạo", "SGDĐT"),
    "SVHTTDL": ("Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL"),
    "HND": ("Hội Nông dân tỉnh", "HND"),
    "HNCT": ("Hội Người cao tuổi tỉnh", "HNCT"),
    "BCHQS": ("Bộ Chỉ huy Quân sự tỉnh", "BCHQS"),
    "BCHBDBP": ("Bộ Chỉ huy Bộ đội Biên phòng tỉnh", "BCH BĐBP"),
    "TAND": ("Tòa án nhân dân tỉnh", "TAND"),
    "TXHT": ("UBND thị xã Hòa Thành", "TX Hòa Thành"),
    "HCT": ("UBND huyện Châu Thành", "H. Châu Thành"),
    "HTB": ("UBND huyện Tân Biên", "H. Tân Biên"),
    "HTC": ("UBND huyện Tân Châu", "H. Tân Châu"),
    "CSTB": ("Công ty Cổ phần Cao su Tân Biên", "CS Tân Biên"),
}


def furnished():
    for code, (name, short_name) in UNITS.items():
        UnitFactory(code=code, name=name, short_name=short_name)
    health = Unit.objects.get(code="SYT")
    campaign = CampaignFactory()
    PlanItemFactory(campaign=campaign, code="IV.9.7", text_issued="Chăm sóc gia đình chính sách")
    ActivityFactory(campaign=campaign, lead_unit=health, title="Lễ kỷ niệm ngày thành lập")
    ActivityFactory(campaign=campaign, lead_unit=health, title="Xây nhà văn hóa xã Thành Long")
    sub_plan = SubPlanFactory(
        campaign=campaign, unit=health, document_number="45/KH-SYT", submitted=True,
        signed_file=False,
    )  # fmt: skip
    text = FileTextFactory(text="Tổ chức khám bệnh miễn phí cho người có công.")
    SubPlanFileFactory(sub_plan=sub_plan, stored=text.stored)
    ProgressReportFactory(
        unit=health, period=ReportingPeriodFactory(campaign=campaign, month=4), submitted=True
    )
    NominationFactory(
        dossier=DossierFactory(campaign=campaign, unit=health, submitted=True),
        candidate=CandidateFactory(unit=health, name="Nguyễn Thị Hòa Bình"),
    )
    SourceDocument.objects.create(
        campaign=campaign, kind="launch", number="1/KH", issued_on=date(2024, 3, 7),
        subject="Phát động đợt thi đua đặc biệt", added_at=sub_plan.created_at,
    )  # fmt: skip


@pytest.mark.database
def test_what_is_meant_comes_first(at):
    furnished()
    leader = LeadershipFactory()

    assert {typed: first(leader, typed, at) for typed in FIRST} == FIRST


def test_an_ended_unit_comes_after_those_in_force(at):
    UnitFactory(name="Sở Mẫu", ended=True)
    UnitFactory(name="Sở Mẫu")

    hits = found(LeadershipFactory(), "sở mẫu", at=at, kind="don-vi").groups[0].hits

    assert [Unit.objects.get(code=hit.about.split(" · ")[0]).valid_to is None for hit in hits] == [
        True, False,
    ]  # fmt: skip


# --- Rights -------------------------------------------------------------------------------------


def a_unit_with_secrets():
    """Everything of it says “bí ẩn”; nothing has been sent yet."""
    unit = UnitFactory()
    campaign = CampaignFactory()
    draft = SubPlanFactory(unit=unit, campaign=campaign, document_number="77/KH-BIAN")
    SubPlanFileFactory(
        sub_plan=draft, name="ban-soan.pdf", stored=FileTextFactory(text="Nội dung bí ẩn").stored
    )
    activity = ActivityFactory(campaign=campaign, lead_unit=unit, title="Việc bí ẩn")
    EvidenceFactory(
        activity=activity, name="chung.pdf", stored=FileTextFactory(text="Điều bí ẩn").stored
    )
    dossier = DossierFactory(unit=unit, campaign=campaign)
    NominationFactory(dossier=dossier, candidate=CandidateFactory(unit=unit, name="Lê Bí Ẩn"))
    AwardPaperFactory(
        dossier=dossier, name="giay.pdf", stored=FileTextFactory(text="Giấy bí ẩn").stored
    )
    FileTextFactory(text="Bí ẩn mà không gắn với gì")
    return unit


def test_a_unit_finds_its_own_and_another_unit_nothing_of_it(at):
    unit = a_unit_with_secrets()
    own = {
        "de-nghi": ["Lê Bí Ẩn"],
        "hoat-dong": ["Việc bí ẩn"],
        "trong-tep": ["chung.pdf", "ban-soan.pdf", "giay.pdf"],
    }

    for person in (OfficerFactory(unit), HeadFactory(unit)):
        told = titles(person, "bí ẩn", at)
        assert {kind: sorted(names) for kind, names in told.items()} == {
            kind: sorted(names) for kind, names in own.items()
        }
    stranger = OfficerFactory(UnitFactory())
    assert (titles(stranger, "bí ẩn", at), titles(stranger, "77/KH-BIAN", at)) == ({}, {})
    assert titles(UserFactory(), "bí ẩn", at) == {}


def test_leadership_finds_what_was_sent_and_not_what_is_drafted(at):
    a_unit_with_secrets()
    sent = SubPlanFactory(submitted=True, signed_file=False)
    SubPlanFileFactory(
        sub_plan=sent, name="da-gui.pdf", stored=FileTextFactory(text="Bản bí ẩn đã gửi").stored
    )

    told = titles(LeadershipFactory(), "bí ẩn", at)

    # An activity and its evidence are seen by the province from the start; drafts are not.
    assert told == {"hoat-dong": ["Việc bí ẩn"], "trong-tep": ["chung.pdf", "da-gui.pdf"]}
    assert titles(LeadershipFactory(), "77/KH-BIAN", at) == {}


def test_the_same_file_in_two_versions_is_found_once(at):
    unit, text = UnitFactory(), FileTextFactory(text="Ngày hội biên cương")
    campaign = CampaignFactory()
    for version in (1, 2):
        trait = {"returned": True} if version == 1 else {"submitted": True}
        plan = SubPlanFactory(
            unit=unit, campaign=campaign, version=version, signed_file=False, **trait
        )
        SubPlanFileFactory(sub_plan=plan, stored=text.stored)

    group = found(LeadershipFactory(), "ngày hội biên", at=at).groups[0]

    assert [hit.url for hit in group.hits] == [plan.get_absolute_url()]


# --- Whatever is typed --------------------------------------------------------------------------

HOSTILE = (
    "%%", "__", "**", "(a+)+$ aa", "a" * 5_000, "từ " * 2_000, "!(thi & đua):*|<->", "'thi' OR 1=1 --",
    '"; DROP TABLE units_unit; --', "\\\\ thi", "ñ\u0301\u0301\u0301 thi", "\ud83d\ude00 thi", "thi\x00đua",
)  # fmt: skip


@pytest.mark.database
def test_nothing_typed_breaks_it_or_takes_long(at):
    a_unit_with_secrets()
    leader = LeadershipFactory()
    found(leader, "thi đua", at=at)

    for typed in HOSTILE:
        began = time.perf_counter()
        quoting(found(leader, typed, at=at))
        assert (time.perf_counter() - began < 1, Unit.objects.exists()) == (True, True), typed
    assert found(leader, "%", at=at).groups == ()
    assert titles(leader, "bí_ẩn%", at) == titles(leader, "bí ẩn", at)


def test_the_queries_are_as_many_whatever_is_found(at):
    leader = LeadershipFactory()

    def queries(typed):
        person = User.objects.get(pk=leader.pk)
        with CaptureQueriesContext(connection) as counted:
            quoting(found(person, typed, at=at))
        return len(counted)

    a_unit_with_secrets()
    one = queries("bí ẩn")
    a_unit_with_secrets()
    a_unit_with_secrets()

    assert (one, queries("bí ẩn")) == (24, 24)


def test_one_kind_alone_may_be_asked_for(at):
    a_unit_with_secrets()

    answer = found(LeadershipFactory(), "bí ẩn", at=at, kind="hoat-dong")

    assert [group.kind.code for group in answer.groups] == ["hoat-dong"]
    assert len({kind.code for kind in KINDS}) == len(KINDS)
