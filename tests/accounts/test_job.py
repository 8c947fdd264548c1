from datetime import timedelta

import pytest

from accounts.job import ATTEMPTS, LEASE, Job, LeaseLost
from accounts.models import Mail
from lib import clock
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return clock.now()


@pytest.fixture
def mail(at):
    return Mail.objects.post(to=UserFactory(), subject="Đã nhận", body="…", at=at)


def test_only_one_worker_claims_a_job(mail, at):
    first = Mail.objects.claim(mail.pk, at=at)
    second = Mail.objects.claim(mail.pk, at=at)

    assert (first.attempt, second) == (1, None)


def test_a_job_whose_worker_is_gone_is_claimed_again(mail, at):
    Mail.objects.claim(mail.pk, at=at)
    again = Mail.objects.claim(mail.pk, at=at + LEASE + timedelta(seconds=1))

    assert again.attempt == 2


def test_a_worker_that_comes_back_late_cannot_finish(mail, at):
    slow = Mail.objects.claim(mail.pk, at=at)
    later = at + LEASE + timedelta(seconds=1)
    quick = Mail.objects.claim(mail.pk, at=later)
    quick.finish(at=later)

    with pytest.raises(LeaseLost):
        slow.finish(at=later)
    with pytest.raises(LeaseLost):
        slow.begin_step("Gửi", done=0, of=1, at=later)


def test_a_step_renews_the_lease(mail, at):
    working = Mail.objects.claim(mail.pk, at=at)
    nearly = at + LEASE - timedelta(seconds=1)
    working.begin_step("Gửi", done=0, of=1, at=nearly)

    assert Mail.objects.claim(mail.pk, at=at + LEASE + timedelta(seconds=1)) is None


def test_a_failed_try_waits_for_its_time(mail, at):
    working = Mail.objects.claim(mail.pk, at=at)
    working.fail("máy chủ thư bận", at=at, retry_at=at + timedelta(minutes=5))

    assert Mail.objects.claim(mail.pk, at=at) is None
    assert Mail.objects.claim(mail.pk, at=at + timedelta(minutes=5)).attempt == 2


def test_a_job_is_given_up_after_the_last_try(mail, at):
    for _ in range(ATTEMPTS):
        working = Mail.objects.claim(mail.pk, at=at)
        working.fail("máy chủ thư bận", at=at, retry_at=at)

    mail.refresh_from_db()
    assert (mail.state, mail.error) == (Job.State.FAILED, "máy chủ thư bận")


def test_a_job_that_kills_every_worker_is_given_up(mail, at):
    for n in range(ATTEMPTS):
        Mail.objects.claim(mail.pk, at=at + n * (LEASE + timedelta(seconds=1)))

    after = at + ATTEMPTS * (LEASE + timedelta(seconds=1))
    assert Mail.objects.claim(mail.pk, at=after) is None
    mail.refresh_from_db()
    assert mail.state == Job.State.FAILED
