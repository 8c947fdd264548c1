import hashlib
from datetime import UTC, datetime

import factory

from files.models import StoredFile


class StoredFileFactory(factory.django.DjangoModelFactory):
    """The row of a small PDF; `StoredFileFactory(content=b"…")` for other bytes."""

    class Meta:
        model = StoredFile
        exclude = ("content",)

    content = factory.Sequence(lambda n: b"%PDF-1.7\n% van ban " + str(n).encode() + b"\n%%EOF\n")
    sha256 = factory.LazyAttribute(lambda file: hashlib.sha256(file.content).hexdigest())
    size = factory.LazyAttribute(lambda file: len(file.content))
    kind = "pdf"
    created_at = datetime(2024, 3, 12, 2, 0, tzinfo=UTC)
