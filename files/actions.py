"""Send a file ahead of its form, and take it up when the form arrives."""

import json
import os
from base64 import b64decode
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import IO
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from accounts.handover import hand_over
from accounts.models import User
from accounts.workflow import Refused
from files import store
from files.checks import (
    ATTACHMENTS,
    CONTENT_TYPES,
    LARGEST,
    MEGABYTE,
    READABLE,
    BadFile,
    Kind,
    check,
    display_name,
    refuse,
    too_large,
)
from files.models import FileText, StagedFile, StoredFile
from files.tasks import read_text
from lib.confined import Failed, run

KEEP_STAGED = timedelta(hours=48)
QUOTA_WINDOW = timedelta(hours=1)
QUOTA_BYTES = 10 * LARGEST
QUOTA_FILES = 60
PICTURES = frozenset({Kind.JPG.value, Kind.PNG.value})


def stage_file(
    *, by: User, at: datetime, name: str, content: IO[bytes],
    accepts: Collection[Kind] = ATTACHMENTS,
) -> StagedFile:  # fmt: skip
    """Check a content and keep it for two days; `BadFile` says why not.

    Nothing here holds the database while the content is read: that may take seconds.
    """
    size = content.seek(0, os.SEEK_END)
    content.seek(0)
    if size > LARGEST:
        raise too_large(display_name(name), size)
    _require_quota(by, at, size)
    with store.receive(content) as incoming:
        checked = check(name, incoming.path, accepts)
        store.place(incoming)
        with transaction.atomic():
            return StagedFile.objects.create(
                owner=by,
                stored=_stored(incoming.sha256, incoming.size, checked.kind, at),
                name=checked.name,
                created_at=at,
                expires_at=at + KEEP_STAGED,
            )


def keep_document(content: bytes, kind: Kind, *, at: datetime) -> StoredFile:
    """Keep a document the portal itself built. Refer to it in the same transaction."""
    sha256, size = store.store(content)
    with transaction.atomic():
        return _stored(sha256, size, kind, at)


def keep_thumbnails(staged: Sequence[StagedFile], *, at: datetime) -> dict[int, StoredFile]:
    """A small picture of every picture among the files, by the id of its content.

    One confined process makes them all; `BadFile` names the picture it could not read.
    """
    pictures = {file.stored_id: file for file in staged if file.stored.kind in PICTURES}
    if not pictures:
        return {}
    paths = [str(store.path_of(file.stored.sha256)) for file in pictures.values()]
    try:
        made = [b64decode(text) for text in json.loads(run("files.thumbnail", *paths))]
    except Failed:
        made = [b""] * len(pictures)
    kept = {}
    for (pk, file), content in zip(pictures.items(), made, strict=True):
        if not content:
            raise refuse(file.name, "broken")
        kept[pk] = keep_document(content, Kind.JPG, at=at)
    return kept


def claim_staged(tokens: Collection[str | UUID], *, by: User, at: datetime) -> list[StagedFile]:
    """The files a form names by their tokens, in its order; the sender's own and no others.

    They stay claimable until they expire: a form sent twice finds them twice.
    """
    wanted = [_token(token) for token in tokens]
    staged = StagedFile.objects.of(by).unexpired(at).select_related("stored")
    found = {file.token: file for file in staged.filter(token__in=wanted)}
    if any(token not in found for token in wanted):
        raise Refused("Tệp gửi kèm đã quá hạn giữ tạm. Mời chọn lại tệp rồi gửi lại.")
    return [found[token] for token in wanted]


def _token(token: str | UUID) -> UUID:
    try:
        return UUID(str(token))
    except ValueError:
        raise Refused("Mã tệp gửi kèm không đúng. Mời chọn lại tệp rồi gửi lại.") from None


def _stored(sha256: str, size: int, kind: Kind, at: datetime) -> StoredFile:
    # Locked, so that the sweeper cannot take the row before somebody refers to it.
    stored, is_new = StoredFile.objects.select_for_update().get_or_create(
        sha256=sha256,
        defaults={
            "size": size,
            "kind": kind.value,
            "content_type": CONTENT_TYPES[kind],
            "created_at": at,
        },
    )
    if is_new and kind in READABLE:
        text = FileText.objects.create(stored=stored, asked_at=at)
        hand_over(read_text, text_id=text.pk)
    return stored


def _require_quota(by: User, at: datetime, size: int) -> None:
    recent = StagedFile.objects.of(by).staged_since(at - QUOTA_WINDOW)
    used = recent.aggregate(total=Sum("stored__size"))["total"] or 0
    if used + size > QUOTA_BYTES or recent.count() >= QUOTA_FILES:
        left = max(0, QUOTA_BYTES - used) // MEGABYTE
        raise BadFile(
            "T13",
            f"Mỗi giờ gửi được tối đa {QUOTA_FILES} tệp, tổng cộng {QUOTA_BYTES // MEGABYTE} MB; "
            f"hiện còn {left} MB. Xin gửi tiếp sau ít phút.",
        )
