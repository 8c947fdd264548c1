from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command

from accounts.models import Mail
from config.tasks import sweep_all
from tests.factories.accounts import UserFactory


@pytest.mark.django_db
def test_sweep_sends_what_a_lost_message_left(at):
    Mail.objects.post(to=UserFactory(), subject="Đã nhận", body="…", at=at)
    out = StringIO()

    call_command("sweep", stdout=out)

    assert out.getvalue().splitlines()[0] == "sweep_mail: 1"
    assert [letter.subject for letter in mail.outbox] == ["Đã nhận"]


def test_a_sweeper_that_fails_does_not_keep_the_next_from_working(at, caplog):
    seen = []

    def breaks(*, at):
        raise ValueError("hỏng")

    def works(*, at):
        seen.append(at)
        return 1

    with pytest.raises(ExceptionGroup) as failure:
        sweep_all([breaks, works], at=at)

    assert seen == [at]
    assert [str(problem) for problem in failure.value.exceptions] == ["hỏng"]
    assert [record.message for record in caplog.records] == ["sweeper breaks failed"]
