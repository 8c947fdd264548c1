"""The command: JSON on its output, or a sentence and no success."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from campaign.management.commands import read_plan
from tests.campaign.reader.test_layouts import PAPERS


def test_the_command_prints_what_is_read():
    out = StringIO()

    call_command("read_plan", str(PAPERS / "party.txt"), stdout=out)

    assert json.loads(out.getvalue())["number"] == "45-KH/TU"


def test_the_command_refuses_with_the_reader_s_sentence(tmp_path):
    letter = tmp_path / "thu.txt"
    letter.write_text("Kính gửi anh Nam.")

    with pytest.raises(CommandError, match="không phải là một kế hoạch"):
        call_command("read_plan", str(letter))
    with pytest.raises(CommandError, match="Không có tệp"):
        call_command("read_plan", str(tmp_path / "khong-co.txt"))


def test_a_reader_that_does_not_come_back_is_a_sentence_too(monkeypatch):
    monkeypatch.setattr(read_plan, "SECONDS", 0.01)

    with pytest.raises(CommandError, match="giới hạn thời gian"):
        call_command("read_plan", str(PAPERS / "party.txt"))
