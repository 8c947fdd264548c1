"""What a worker does with files that were accepted: read the words in them, so they are found."""

import json
import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from celery import shared_task

from accounts.job import LeaseLost
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
    read_texts([text_id])


def read_texts(text_ids: Iterable[int]) -> None:
    """One confined process reads them all; where one of them breaks it, each has its own."""
    claimed = (FileText.objects.claim(pk, at=clock.now()) for pk in text_ids)
    there = [text for text in claimed if text is not None and _is_there(text)]
    for text, said in zip(there, _words_of(there), strict=True):
        try:
            _keep(text, said)
        except LeaseLost:
            log.info("text %s was taken over", text.pk)


def _is_there(text: FileText) -> bool:
    """A store that is not there now may come back."""
    if store.path_of(text.stored.sha256).exists():
        return True
    at = clock.now()
    text.fail("Không thấy tệp trong kho.", at=at, retry_at=at + text.attempt * WAIT)
    return False


def _words_of(texts: Sequence[FileText]) -> list[str | None]:
    """The words of each, None where it cannot be read."""
    asked = [
        argument
        for text in texts
        for argument in (text.stored.kind, str(store.path_of(text.stored.sha256)))
    ]
    try:
        said: list[str | None] = json.loads(run("files.reading", *asked)) if asked else []
    except Failed:
        if len(texts) == 1:
            return [None]
        return [_words_of([text])[0] for text in texts]
    return said


def _keep(text: FileText, said: str | None) -> None:
    if said is None:
        # What a reader dies of is the file's fault, and it would die of it again.
        log.warning("no words could be read in content %s", text.stored_id)
        text.fail("Không đọc được chữ trong tệp này.", at=clock.now())
    else:
        text.finish(at=clock.now(), text=said, pairs=pairs_of(said))
