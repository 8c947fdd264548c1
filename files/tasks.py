"""What a worker does with a file that was accepted: read the words in it, so that they are found."""

import logging
from datetime import timedelta
from typing import Final

from celery import shared_task

from files import store
from files.models import FileText
from lib import clock
from lib.confined import Failed, run
from lib.search import pairs_of

log = logging.getLogger(__name__)

WAIT: Final = timedelta(minutes=2)


@shared_task(name="files.read_text")
def read_text(*, text_id: int) -> None:
    """Take the content up unless somebody else has it or it is read."""
    text = FileText.objects.claim(text_id, at=clock.now())
    if text is None:
        return
    path = store.path_of(text.stored.sha256)
    at = clock.now()
    if not path.exists():  # a store that is not there now may come back
        text.fail("Không thấy tệp trong kho.", at=at, retry_at=at + text.attempt * WAIT)
        return
    try:
        said = run("files.reading", text.stored.kind, str(path)).decode()
    except Failed:
        # What a child dies of is the file's fault, and it would die of it again.
        log.warning("no words could be read in content %s", text.stored_id)
        text.fail("Không đọc được chữ trong tệp này.", at=clock.now())
        return
    text.finish(at=clock.now(), text=said, pairs=pairs_of(said))
