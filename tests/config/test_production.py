"""Settings of a real server are read in a process of their own, as a real server does."""

import os
import subprocess
import sys

import pytest

from config.checks import file_system
from tests.portal import ROOT

SAFE = {
    "PRODUCTION": "1",
    "SECRET_KEY": "tay-ninh-" * 8 + "0123456789abcdefghijklmnopq",
    "ALLOWED_HOSTS": "thidua.example.vn",
    "EMAIL_URL": "smtp+tls://cong:thu@thu.example.vn:587",
}


@pytest.fixture
def manage(tmp_path):
    def run(*words, **environment):
        inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            env={**inherited, "DATA": str(tmp_path), **environment},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    return run


def test_the_deployment_check_finds_nothing(manage):
    check = manage("check", "--deploy", "--fail-level", "WARNING", **SAFE)

    assert (check.returncode, check.stdout) == (
        0,
        "System check identified no issues (1 silenced).\n",
    ), check.stderr


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY phải có ít nhất 50 ký tự"),
        ({"DEBUG": "1"}, "DEBUG phải tắt"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS phải ghi rõ tên miền của cổng"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS phải ghi rõ tên miền của cổng"),
        (
            {"EMAIL_URL": ""},
            "EMAIL_URL phải chỉ máy chủ thư, ví dụ smtp+tls://ten:mat-khau@may-chu:587",
        ),
        (
            {"PORTAL_NOW": "2024-03-20T09:00"},
            "PORTAL_NOW là đồng hồ tập huấn, không dùng trên hệ thống thật",
        ),
    ],
)
def test_an_unsafe_server_does_not_start(manage, change, sentence):
    refused = manage("check", **{**SAFE, **change})

    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].endswith(
        f"Không khởi động với PRODUCTION=1: {sentence}."
    )


def test_a_checkout_makes_its_own_key_once_and_keeps_it_private(manage, tmp_path):
    manage("check")
    first = (tmp_path / "secret.key").read_text()
    manage("check")

    assert (tmp_path / "secret.key").read_text() == first
    assert len(first) > 50
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/share /srv/chung nfs4 rw 0 0
"""


def test_a_network_disk_is_recognised(tmp_path):
    from_share = file_system(ROOT.__class__("/srv/chung/data/db.sqlite3"), MOUNTS)
    from_disk = file_system(ROOT.__class__("/srv/data/db.sqlite3"), MOUNTS)

    assert (from_share, from_disk) == ("nfs4", "ext4")
