from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from files import actions, store
from files.checks import Kind

pytestmark = pytest.mark.django_db

AT = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)


def keep(content):
    return actions.keep_document(content, Kind.PDF, at=AT).sha256


def test_a_sound_store():
    keep(b"mot")
    orphan, _ = store.store(b"khong ai dung")
    out = StringIO()

    call_command("check_files", stdout=out)

    assert out.getvalue().splitlines() == [
        f"không ai dùng: {orphan}",
        "1 tệp, 0 sai lệch, 1 không ai dùng",
    ]


def test_missing_and_altered_contents_are_named():
    missing, altered = keep(b"mot"), keep(b"hai")
    store.path_of(missing).unlink()
    store.path_of(altered).chmod(0o640)
    store.path_of(altered).write_bytes(b"HAI")
    out = StringIO()

    with pytest.raises(CommandError, match="2 tệp, 2 sai lệch, 0 không ai dùng"):
        call_command("check_files", stdout=out)

    assert sorted(out.getvalue().splitlines()) == sorted(
        [f"thiếu: {missing}", f"bị thay đổi: {altered}"]
    )
