"""The words of a file: read once, in a process of its own, and remembered where there are none."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest

from files import actions, reading, store, tasks
from files.jobs import sweep_staged, sweep_texts
from files.models import FileText, StoredFile
from files.tasks import read_text
from lib.confined import Failed
from lib.search import words_of
from tests.factories import FileTextFactory, StoredFileFactory, UserFactory
from tests.files import builders as build

AT = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)


def says(*lines):
    """A page with these lines; plain letters, as the built-in font has no others."""

    def write(document):
        page = document.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        page.Contents = document.make_stream(f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode())

    return build.pdf(write)


@pytest.mark.parametrize(
    ("kind", "content", "text"),
    [
        ("docx", build.docx("Kế hoạch", "Ngày hội\tHòa Thành"), "Kế hoạch\nNgày hội Hòa Thành"),
        ("xlsx", build.xlsx(("Đơn vị", 3), ("Sở Nội vụ", 4)), "Đơn vị\nSở Nội vụ"),
        ("pdf", says("Ngay hoi Hoa Thanh", "Trong cay"), "Ngay hoi Hoa Thanh\nTrong cay"),
        ("pdf", build.pdf(), ""),
        ("txt", "Kế hoạch\r\n\r\ntriển khai".encode("utf-16"), "Kế hoạch\ntriển khai"),
    ],
)
def test_words_are_read_paragraph_by_paragraph(tmp_path, kind, content, text):
    path = tmp_path / "tep"
    path.write_bytes(content)

    assert reading.text_of(kind, path) == text


def test_a_long_file_is_read_as_far_as_a_search_needs(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST_LETTERS", 20)
    path = tmp_path / "tep"
    path.write_bytes(build.docx("Kế hoạch triển khai", "Phần sau"))

    assert reading.text_of("docx", path) == "Kế hoạch triển khai"


# --- The job ------------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


def hand_in(name, content):
    staged = actions.stage_file(by=UserFactory(), at=AT, name=name, content=BytesIO(content))
    return FileText.objects.get(stored=staged.stored)


def hand_in_row(content):
    """A content kept before the portal read any."""
    sha256, size = store.store(content)
    return StoredFileFactory(sha256=sha256, size=size)


def test_a_file_that_was_accepted_waits_to_be_read_and_is_read_once():
    text = hand_in("ke-hoach.docx", build.docx("Ngày hội Hoà Thành"))
    assert (text.state, text.text) == ("queued", "")

    read_text(text_id=text.pk)
    read_text(text_id=text.pk)

    text.refresh_from_db()
    assert (text.state, text.attempt, text.text) == ("done", 1, "Ngày hội Hoà Thành")
    assert list(FileText.objects.saying(["hoi", "hoa"])) == [text]


def test_the_sweeper_reads_what_a_lost_message_left_and_what_nobody_asked_for():
    left = hand_in("ke-hoach.pdf", says("Ngay hoi"))
    sha256, size = store.store(build.docx("Tệp cũ"))
    old = StoredFileFactory(sha256=sha256, size=size, kind="docx", content_type="x")
    StoredFileFactory(kind="jpg")

    assert (sweep_texts(at=AT), sweep_texts(at=AT)) == (2, 0)

    texts = FileText.objects.order_by("pk").values_list("stored", "state", "text")
    assert list(texts) == [(left.stored_id, "done", "Ngay hoi"), (old.pk, "done", "Tệp cũ")]


def test_what_cannot_be_read_is_remembered_and_the_others_are_read():
    broken = hand_in_row(b"%PDF-1.7\nkhong phai PDF\n%%EOF\n")
    whole = hand_in_row(says("Ngay hoi"))

    assert (sweep_texts(at=AT), sweep_texts(at=AT + timedelta(days=1))) == (2, 0)

    texts = FileText.objects.order_by("pk").values_list("stored", "state", "text", "error")
    assert list(texts) == [
        (broken.pk, "failed", "", "Không đọc được chữ trong tệp này."),
        (whole.pk, "done", "Ngay hoi", ""),
    ]


def test_a_file_that_kills_its_reader_does_so_alone(monkeypatch):
    killer, whole = hand_in_row(says("Chet nguoi")), hand_in_row(says("Ngay hoi"))

    def run(module, *asked):
        if any(killer.sha256 in argument for argument in asked):
            raise Failed(module)
        return json.dumps(["Ngay hoi"] * (len(asked) // 2)).encode()

    monkeypatch.setattr(tasks, "run", run)
    sweep_texts(at=AT)

    states = dict(FileText.objects.values_list("stored", "state"))
    assert states == {killer.pk: "failed", whole.pk: "done"}


def test_a_content_that_is_not_there_now_is_looked_for_again():
    text = FileTextFactory(state="queued", finished_at=None, text="", pairs="")

    read_text(text_id=text.pk)

    text.refresh_from_db()
    assert (text.state, text.next_try_at is not None) == ("queued", True)


def test_words_do_not_keep_a_content_nobody_refers_to():
    FileTextFactory(stored__created_at=AT - timedelta(days=3))

    sweep_staged(at=AT)

    assert (StoredFile.objects.count(), FileText.objects.count()) == (0, 0)


@pytest.mark.database
def test_words_are_found_in_a_row_on_every_database():
    text = FileTextFactory(text="Phong trào Thi đua yêu nước; đỡ đầu xã biên giới Hòa Thành")
    FileTextFactory(text="")
    asked = {
        "thi đua": 1, "thi du": 1, "đua thi": 0, "thi nước": 0, "hoà": 1, "òa": 0, "thành": 1,
        "thi đua yêu nước đỡ": 1, "xã biên gi": 1, "xã biê giới": 0, "": 0, "'": 0,
    }  # fmt: skip

    found = {
        typed: FileText.objects.saying(words_of(typed)).filter(pk=text.pk).count()
        for typed in asked
    }

    assert found == asked
