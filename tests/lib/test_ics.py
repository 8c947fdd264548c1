from datetime import UTC, date, datetime

from icalendar import Calendar

from lib.ics import Entry, write_ics

STAMP = datetime(2024, 3, 7, tzinfo=UTC)
LONG = Entry(
    uid="hoat-dong-1@cong.vn",
    title="Hội thi “Tìm hiểu lịch sử”; vòng 1, 2 – các đơn vị trong toàn tỉnh, gồm cả khối doanh nghiệp",
    first=date(2024, 5, 6),
    last=date(2024, 5, 10),
    category="Hoạt động",
    text="Dòng một\nDòng hai",
    url="https://cong.vn/hoat-dong/1/",
)


def read(content):
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_what_is_written_is_read_back():
    (event,) = read(write_ics("Lịch, của tôi", [LONG], stamp=STAMP))

    assert (event["uid"], event["summary"], event["description"], event["url"]) == (
        LONG.uid, LONG.title, LONG.text, LONG.url,
    )  # fmt: skip
    # The end is the first day that no longer belongs to it (RFC 5545, 3.6.1).
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (
        date(2024, 5, 6),
        date(2024, 5, 11),
    )


def test_lines_are_folded_and_ended_as_the_standard_asks():
    content = write_ics("Lịch, của tôi", [LONG], stamp=STAMP)

    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert content.decode().startswith("BEGIN:VCALENDAR\r\n")
    assert "X-WR-CALNAME:Lịch\\, của tôi" in content.decode()
    assert b"DTSTART;VALUE=DATE:20240506" in content


def test_the_same_entries_are_the_same_bytes():
    assert write_ics("a", [LONG], stamp=STAMP) == write_ics("a", [LONG], stamp=STAMP)
