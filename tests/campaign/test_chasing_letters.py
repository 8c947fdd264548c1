"""Công văn đôn đốc and trao đổi: who gets which, what they say, and that both files say the same."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEvent
from accounts.workflow import Refused
from campaign.actions.chasing_letter import make_letters, number_letter
from campaign.datasets.chasing_letter import Letter, LetterRow
from campaign.documents.chasing_letter import letter_document
from campaign.models import ChasingLetter, Obligation
from files.store import open_stored
from lib.official.text import plain_text
from tests.factories import (
    BoardHeadFactory,
    CampaignFactory,
    ObligationFactory,
    OfficerFactory,
    ReportObligationFactory,
    ReviewerFactory,
    UnitFactory,
)
from units.models import Unit

pytestmark = pytest.mark.django_db

AT = datetime(2024, 4, 20, 2, 0, tzinfo=UTC)
BY_DAY = date(2024, 4, 25)
Kind = ChasingLetter.Kind


@pytest.fixture
def campaign():
    return CampaignFactory()


def letter(campaign, kind, *rows):
    return Letter(kind, campaign, rows, date(2024, 4, 20), BY_DAY, "Trần Thị An")


def row(unit="Sở Tư pháp", matter="Kế hoạch triển khai"):
    return LetterRow(unit, matter, matter, date(2024, 3, 22), 29)


def make(campaign, by=None):
    return make_letters(
        campaign, Obligation.objects.all(), new_due_date=BY_DAY, by=by or ReviewerFactory(), at=AT
    )


def test_a_letter_of_chasing_says_who_owes_what_by_when(campaign):
    lines = plain_text(letter_document(letter(campaign, Kind.URGE, row())))

    assert lines[:5] == [
        "SỞ NỘI VỤ", "BAN THI ĐUA - KHEN THƯỞNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", lines[4],
    ]  # fmt: skip
    assert lines[4].endswith("/BTĐKT")
    assert "V/v đôn đốc gửi kế hoạch triển khai thực hiện Đợt Thi đua đặc biệt năm 2024" in lines
    assert "Kính gửi: Sở Tư pháp." in lines
    text = "\n".join(lines)
    assert "đến hết ngày 20 tháng 4 năm 2024, Sở Tư pháp chưa gửi kế hoạch triển khai" in text
    assert "trước ngày 25 tháng 4 năm 2024" in text
    assert "quan tâm thực hiện./." in text
    place = lines.index("Nơi nhận:")
    assert lines[place + 1 : place + 6] == [
        "- Như trên;", "- Lãnh đạo Sở Nội vụ (để báo cáo);", "- Lưu: VT, BTĐKT.", "TRƯỞNG BAN",
        "Trần Thị An",
    ]  # fmt: skip
    assert lines[-5:] == ["1", "Sở Tư pháp", "Kế hoạch triển khai", "22/3/2024", "29"]


def test_a_letter_of_exchange_asks_and_never_urges(campaign):
    text = "\n".join(plain_text(letter_document(letter(campaign, Kind.EXCHANGE, row()))))

    assert "V/v đề nghị phối hợp gửi kế hoạch triển khai" in text
    assert "trân trọng trao đổi và đề nghị quý cơ quan, đơn vị quan tâm, phối hợp" in text
    assert "đôn đốc" not in text.lower()


def test_many_units_are_addressed_by_the_list_and_several_matters_by_one_name(campaign):
    rows = [row(f"Sở {n}", f"Báo cáo tháng {3 + n % 2}/2024") for n in range(8)]
    lines = plain_text(letter_document(letter(campaign, Kind.URGE, *rows)))

    assert "Kính gửi: Các cơ quan, đơn vị, địa phương (danh sách kèm theo)." in lines
    assert "V/v đôn đốc gửi kế hoạch, báo cáo thực hiện Đợt Thi đua đặc biệt năm 2024" in lines
    assert "08 cơ quan, đơn vị, địa phương (danh sách kèm theo) chưa gửi đầy đủ" in "\n".join(lines)


def test_a_mixed_selection_makes_two_letters_with_their_files(campaign):
    told = ObligationFactory()
    asked = ObligationFactory(unit=UnitFactory(group=Unit.Group.PARTY, name="Ban Dân vận"))
    head = BoardHeadFactory(full_name="Trần Thị An")

    made = {letter.kind: letter for letter in make(campaign, by=head)}

    assert set(made) == {Kind.URGE, Kind.EXCHANGE}
    assert list(made[Kind.URGE].obligations.all()) == [told]
    assert list(made[Kind.EXCHANGE].obligations.all()) == [asked]
    with open_stored(made[Kind.URGE].pdf.sha256) as pdf:
        assert pdf.read(5) == b"%PDF-"
    with open_stored(made[Kind.URGE].docx.sha256) as docx:
        assert docx.read(2) == b"PK"
    assert AuditEvent.objects.about(*made.values()).filter(verb="made").count() == 2


def test_what_is_no_longer_missing_makes_no_letter(campaign):
    ObligationFactory(on_time=True)
    ReportObligationFactory(period__locked=True)

    with pytest.raises(Refused, match="không còn thiếu"):
        make(campaign)


def test_only_the_board_writes(campaign):
    owed = ObligationFactory()

    with pytest.raises(PermissionDenied):
        make(campaign, by=OfficerFactory(owed.unit))


def test_the_registry_gives_number_and_day_and_a_slip_is_mended(campaign):
    ObligationFactory()
    (letter,) = make(campaign)
    reviewer = ReviewerFactory()

    for number in ("21/BTĐKT", "22/BTĐKT"):
        number_letter(letter, number=number, issued_on=BY_DAY, by=reviewer, at=AT)

    letter.refresh_from_db()
    assert (letter.number, letter.issued_on) == ("22/BTĐKT", BY_DAY)
    noted = AuditEvent.objects.about(letter).filter(verb="numbered")
    assert [event.note for event in noted] == ["22/BTĐKT", "21/BTĐKT"]
