"""How a stored file leaves the portal: never as a page of ours."""

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from files.checks import Kind
from files.models import StoredFile
from files.store import open_stored, relative_path

# A browser that would show the content after all shows it without scripts, forms or our origin.
_NOTHING_RUNS = "sandbox; default-src 'none'; frame-ancestors 'none'"
# Not every browser starts its viewer of PDF inside `sandbox`; the checks refused scripts in it.
_SHOWN_IN_OUR_FRAME = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


def serve(stored: StoredFile, name: str, *, inline_pdf: bool = False) -> HttpResponseBase:
    """Send a file to be saved; or, for a PDF beside its review, to be shown in our own frame."""
    inline = inline_pdf and stored.kind == Kind.PDF.value
    response = _content(stored)
    response["Content-Type"] = stored.content_type
    response["Content-Length"] = str(stored.size)
    disposition = content_disposition_header(as_attachment=not inline, filename=name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = _SHOWN_IN_OUR_FRAME if inline else _NOTHING_RUNS
    response["X-Frame-Options"] = "SAMEORIGIN" if inline else "DENY"
    return response


def _content(stored: StoredFile) -> HttpResponseBase:
    """Behind nginx the server sends the bytes itself; without it, we do."""
    prefix = getattr(settings, "ACCEL_PREFIX", "")
    if not prefix:
        return FileResponse(open_stored(stored.sha256))
    response = HttpResponse()
    response["X-Accel-Redirect"] = f"{prefix.rstrip('/')}/{relative_path(stored.sha256)}"
    return response
