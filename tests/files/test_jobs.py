import os
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from files import actions, store
from files.checks import Kind
from files.jobs import sweep_staged
from files.models import StagedFile, StoredFile
from tests.factories import SubPlanFileFactory, UserFactory
from tests.files import builders as build

pytestmark = pytest.mark.django_db

AT = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def make_all_old():
    long_ago = time.time() - 3 * 24 * 60 * 60
    for sha256 in store.all_stored():
        os.utime(store.path_of(sha256), (long_ago, long_ago))


def stage(name="a.pdf"):
    return actions.stage_file(by=UserFactory(), at=AT, name=name, content=BytesIO(build.pdf()))


def test_files_whose_form_never_came_are_forgotten_after_two_days(settings):
    stage()
    make_all_old()

    assert sweep_staged(at=AT + 2 * DAY - timedelta(seconds=1)) == 0
    (settings.FILES_ROOT / "searched").unlink()
    assert sweep_staged(at=AT + 2 * DAY + timedelta(seconds=1)) == 3

    assert (StagedFile.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert list(store.all_stored()) == []


def test_a_content_somebody_refers_to_stays():
    staged = stage()
    SubPlanFileFactory(stored=staged.stored)
    make_all_old()

    sweep_staged(at=AT + 3 * DAY)

    assert StagedFile.objects.count() == 0
    assert list(StoredFile.objects.all()) == [staged.stored]
    assert list(store.all_stored()) == [staged.stored.sha256]


def test_a_content_without_a_record_stays_while_it_is_young():
    sha256, _ = store.store(b"dang gui")

    assert sweep_staged(at=AT + 300 * DAY) == 0

    assert list(store.all_stored()) == [sha256]


def test_a_document_nobody_referred_to_is_forgotten():
    actions.keep_document(b"%PDF-1.7", Kind.PDF, at=AT)
    make_all_old()

    assert sweep_staged(at=AT + 3 * DAY) == 2


def test_the_sweep_asks_the_same_number_of_questions_for_one_and_three(
    django_assert_max_num_queries,
):
    for content in (b"a", b"b", b"c"):
        SubPlanFileFactory(stored=actions.keep_document(content, Kind.PDF, at=AT))

    with django_assert_max_num_queries(3):
        sweep_staged(at=AT + 3 * DAY)
