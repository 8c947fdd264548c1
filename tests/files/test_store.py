import hashlib
import os
import resource
import time
from io import BytesIO

import pytest

from files import store

CONTENT = b"noi dung"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
THREE_DAYS = 3 * 24 * 60 * 60


def names_in(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def make_old(path):
    long_ago = time.time() - THREE_DAYS
    os.utime(path, (long_ago, long_ago))


def test_a_content_lies_under_its_hash(settings):
    assert store.store(CONTENT) == (SHA256, 8)

    assert names_in(settings.FILES_ROOT) == [f"{SHA256[:2]}/{SHA256[2:4]}/{SHA256}", "lock"]
    with store.open_stored(SHA256) as file:
        assert file.read() == CONTENT
    assert store.path_of(SHA256).stat().st_mode & 0o777 == 0o440


def test_the_same_content_is_kept_once(settings):
    first = store.store(CONTENT)

    assert store.store(BytesIO(CONTENT)) == first
    assert list(store.all_stored()) == [SHA256]


def test_a_stump_is_replaced_by_the_whole(settings):
    store.store(CONTENT)
    store.path_of(SHA256).chmod(0o640)
    store.path_of(SHA256).write_bytes(b"noi")

    store.store(CONTENT)

    assert store.digest_of(SHA256) == SHA256


def test_what_is_not_placed_leaves_nothing(settings):
    with store.receive(CONTENT) as incoming:
        assert (incoming.sha256, incoming.size) == (SHA256, 8)
        assert incoming.path.read_bytes() == CONTENT

    assert names_in(settings.FILES_ROOT) == []


def test_a_reader_that_fails_leaves_nothing(settings):
    class Broken(BytesIO):
        def read(self, *size):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.store(Broken())

    assert names_in(settings.FILES_ROOT) == []


def test_a_store_that_cannot_be_written_says_so(settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.FILES_ROOT = tmp_path / "file"

    with pytest.raises(store.StoreUnavailable):
        store.store(CONTENT)


def test_a_store_that_fills_up_says_so_and_keeps_no_stump(settings):
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, unlimited[1]))
    try:
        with pytest.raises(store.StoreUnavailable):
            store.store(bytes(3000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)

    assert names_in(settings.FILES_ROOT) == []


def test_a_missing_content_says_so(settings):
    with pytest.raises(store.StoreUnavailable):
        store.open_stored(SHA256)

    assert store.digest_of(SHA256) == ""


def test_orphans_are_what_nobody_knows(settings):
    store.store(CONTENT)
    store.store(b"khac")

    assert store.find_orphans({SHA256}) == [hashlib.sha256(b"khac").hexdigest()]


def test_only_old_contents_are_removed(settings):
    store.store(CONTENT)

    assert store.remove_old(SHA256) is False
    make_old(store.path_of(SHA256))
    assert store.remove_old(SHA256) is True
    assert store.remove_old(SHA256) is False
    assert list(store.all_stored()) == []


def test_placing_a_content_again_makes_it_young(settings):
    store.store(CONTENT)
    make_old(store.path_of(SHA256))

    store.store(CONTENT)

    assert store.remove_old(SHA256) is False


def test_leftovers_of_killed_uploads_are_cleared(settings):
    folder = settings.FILES_ROOT / "incoming"
    folder.mkdir()
    for name in ("old", "new"):
        (folder / name).write_bytes(CONTENT)
    make_old(folder / "old")

    assert store.remove_old_incoming() == 1
    assert names_in(folder) == ["new"]


def test_the_whole_store_is_searched_once_an_hour(settings):
    assert [store.is_search_due(), store.is_search_due()] == [True, False]

    make_old(settings.FILES_ROOT / "searched")

    assert store.is_search_due() is True
