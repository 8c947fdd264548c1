import hashlib
from datetime import UTC, datetime

import factory

from files.models import FileText, StoredFile
from files.store import store
from lib.search import pairs_of


class StoredFileFactory(factory.django.DjangoModelFactory):
    """The row of a small PDF; `content=b"…"` for other bytes, `on_disk=True` to be read back."""

    class Meta:
        model = StoredFile

    class Params:
        content = factory.Sequence(lambda n: b"%%PDF-1.7\n%% van ban %d\n%%%%EOF\n" % n)
        on_disk = False

    sha256 = factory.LazyAttribute(
        lambda file: (
            store(file.content)[0] if file.on_disk else hashlib.sha256(file.content).hexdigest()
        )
    )
    size = factory.LazyAttribute(lambda file: len(file.content))
    kind = "pdf"
    content_type = "application/pdf"
    created_at = datetime(2024, 3, 12, 2, 0, tzinfo=UTC)


class FileTextFactory(factory.django.DjangoModelFactory):
    """The words of a content, as a worker has read them."""

    class Meta:
        model = FileText

    stored = factory.SubFactory(StoredFileFactory)
    text = "Kế hoạch triển khai"
    pairs = factory.LazyAttribute(lambda read: pairs_of(read.text))
    state = FileText.State.DONE
    asked_at = datetime(2024, 3, 12, 2, 0, tzinfo=UTC)
    finished_at = datetime(2024, 3, 12, 2, 1, tzinfo=UTC)
