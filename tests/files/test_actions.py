from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from accounts.workflow import Refused
from files import actions, store
from files.checks import LARGEST, BadFile, Kind
from files.models import StagedFile, StoredFile
from tests.factories import UserFactory
from tests.files import builders as build

pytestmark = pytest.mark.django_db

AT = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PDF = build.pdf()


def stage(by, *, at=AT, name="Kế hoạch.pdf", content=PDF):
    return actions.stage_file(by=by, at=at, name=name, content=BytesIO(content))


def test_a_staged_file_waits_two_days():
    user = UserFactory()

    staged = stage(user, name="Ke\u0302\u0301 hoa\u0323ch.pdf")

    assert (staged.owner, staged.name) == (user, "Kế hoạch.pdf")
    assert (staged.created_at, staged.expires_at) == (AT, AT + 48 * HOUR)
    stored = staged.stored
    assert (stored.size, stored.kind, stored.content_type) == (len(PDF), "pdf", "application/pdf")
    assert store.digest_of(stored.sha256) == stored.sha256


def test_the_same_bytes_from_two_people_are_one_content_and_two_files():
    first, second = stage(UserFactory(), name="a.pdf"), stage(UserFactory(), name="b.pdf")

    assert first.stored == second.stored
    assert (first.name, second.name) == ("a.pdf", "b.pdf")
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"", "T01"),
        ("a.pdf", bytes(LARGEST + 1), "T02"),
        ("a.exe", PDF, "T03"),
        ("a.pdf", b"<html>", "T04"),
        ("..", PDF, "T05"),
        ("a.pdf", build.pdf(build.with_script), "T09"),
    ],
)
def test_a_refused_file_leaves_nothing(name, content, code):
    with pytest.raises(BadFile) as bad:
        stage(UserFactory(), name=name, content=content)

    assert bad.value.code == code
    assert (StagedFile.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert list(store.all_stored()) == []


def test_a_person_may_send_so_much_in_an_hour(monkeypatch):
    monkeypatch.setattr(actions, "QUOTA_BYTES", 2 * len(PDF) + 10)
    user, other = UserFactory(), UserFactory()
    stage(user)
    stage(user, at=AT + HOUR / 2)

    with pytest.raises(BadFile) as bad:
        stage(user, at=AT + HOUR / 2)

    assert (bad.value.code, bad.value.sentence) == (
        "T13",
        "Mỗi giờ gửi được tối đa 60 tệp, tổng cộng 0 MB; hiện còn 0 MB. Xin gửi tiếp sau ít phút.",
    )
    assert stage(other).owner == other
    assert stage(user, at=AT + HOUR).owner == user


def test_a_person_may_send_so_many_in_an_hour(monkeypatch):
    monkeypatch.setattr(actions, "QUOTA_FILES", 1)
    user = UserFactory()
    stage(user)

    with pytest.raises(BadFile) as bad:
        stage(user)

    assert bad.value.code == "T13"


def test_files_are_claimed_in_the_order_of_the_form_and_again():
    user = UserFactory()
    first, second = stage(user, name="a.pdf"), stage(user, name="b.pdf")
    tokens = [str(second.token), first.token]

    assert actions.claim_staged(tokens, by=user, at=AT + HOUR) == [second, first]
    assert actions.claim_staged(tokens, by=user, at=AT + HOUR) == [second, first]
    assert actions.claim_staged([], by=user, at=AT) == []


@pytest.mark.parametrize(
    ("by_owner", "later"), [(False, HOUR), (True, 48 * HOUR)], ids=["another's", "expired"]
)
def test_only_the_owner_claims_and_not_after_two_days(by_owner, later):
    staged = stage(UserFactory())

    with pytest.raises(Refused) as refused:
        actions.claim_staged(
            [staged.token], by=staged.owner if by_owner else UserFactory(), at=AT + later
        )

    assert str(refused.value) == ("Tệp gửi kèm đã quá hạn giữ tạm. Mời chọn lại tệp rồi gửi lại.")


@pytest.mark.parametrize("token", ["", "x", "1" * 400, "7c0c4ddf-6e25-4a51-9a3f-3c4b1f6c2f10"])
def test_an_unknown_token_is_refused(token):
    with pytest.raises(Refused):
        actions.claim_staged([token], by=UserFactory(), at=AT)


def test_our_own_documents_are_kept_without_being_staged():
    kept = actions.keep_document(b"%PDF-1.7", Kind.PDF, at=AT)

    assert (kept.size, kept.content_type, kept.created_at) == (8, "application/pdf", AT)
    assert actions.keep_document(b"%PDF-1.7", Kind.PDF, at=AT + HOUR) == kept
    assert store.digest_of(kept.sha256) == kept.sha256
