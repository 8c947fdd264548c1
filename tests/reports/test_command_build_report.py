from io import StringIO
from pathlib import Path

import docx
import pytest
from django.core.management import CommandError, call_command

from lib import clock
from reports.models import Report
from tests.reports.conftest import AS_OF


def build(folder, **options):
    printed = StringIO()
    wanted = {"campaign": "2024", "as_of": "2024-03-25", **options}
    call_command("build_report", out=folder, stdout=printed, **wanted)
    return [Path(line) for line in printed.getvalue().splitlines()]


def test_three_files_are_written_and_their_paths_printed(province, tmp_path):
    paths = build(tmp_path / "ra")

    assert [path.name for path in paths] == [
        "bao-cao-tong-hop-2024-2024-03-25.docx",
        "bao-cao-tong-hop-2024-2024-03-25.pdf",
        "bao-cao-tong-hop-2024-2024-03-25.xlsx",
    ]
    assert [path.read_bytes()[:4] for path in paths] == [b"PK\x03\x04", b"%PDF", b"PK\x03\x04"]
    report = Report.objects.get()
    assert (report.state, report.as_of, report.asked_by) == (Report.State.DONE, AS_OF, None)


def test_a_day_means_its_end_in_tay_ninh(province, tmp_path):
    paths = build(tmp_path, as_of="22/3/2024")

    written = docx.Document(paths[0])
    assert "Tính đến 23:59 ngày 22/3/2024, đã gửi 1/5 đơn vị (đúng hạn 1, trễ 0), chưa gửi 4" in (
        " ".join(paragraph.text for paragraph in written.paragraphs)
    )


def test_same_day_gives_the_same_figures_and_papers(province, tmp_path):
    first, second = build(tmp_path / "1"), build(tmp_path / "2")

    digests = set(Report.objects.values_list("digest", flat=True))
    assert len(digests) == 1
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"campaign": "1999"}, "Không có đợt thi đua mã “1999”."),
        ({"as_of": "31/02/2024"}, "“31/02/2024” không phải là một ngày có trong lịch."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(province, tmp_path, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        build(tmp_path, **options)


def test_today_runs_up_to_now(province, tmp_path):
    now = clock.now()
    build(tmp_path, as_of=f"{clock.local_day(now):%Y-%m-%d}")

    assert Report.objects.get().as_of <= clock.now()
