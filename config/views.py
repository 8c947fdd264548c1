"""What operators ask: is the process alive, and can it do its work. Answered to this machine only."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from accounts.http import methods
from accounts.job import Job
from lib import clock

# A unix socket has no address.
LOOPBACK = {"127.0.0.1", "::1", ""}

View = Callable[[HttpRequest], HttpResponse]


def this_machine_only(view: View) -> View:
    """404 for everybody else. A proxy on this machine names the one it speaks for."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        asked_for_another = "HTTP_X_FORWARDED_FOR" in request.META
        if asked_for_another or request.META.get("REMOTE_ADDR", "") not in LOOPBACK:
            raise Http404
        return view(request)

    return answer


@login_not_required
@methods("GET")
@this_machine_only
def health(request: HttpRequest) -> HttpResponse:
    """The process answers: nothing else is asked of it."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@methods("GET")
@this_machine_only
def readiness(request: HttpRequest) -> HttpResponse:
    """Database, migrations, file store and the oldest job that waits; 503 when one is missing."""
    database = is_database_there()
    answer: dict[str, Any] = {
        "database": database,
        "migrations": database and not unapplied_migrations(),
        "files": is_file_store_writable(),
    }
    is_ready = all(answer.values())
    if answer["migrations"]:
        answer["oldest_job_seconds"] = oldest_job_seconds(at=clock.now())
    return JsonResponse(answer, status=200 if is_ready else 503)


def is_database_there() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def unapplied_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_file_store_writable() -> bool:
    try:
        with tempfile.NamedTemporaryFile(dir=settings.FILES_ROOT) as probe:
            probe.write(b"ok")
            probe.flush()
    except OSError:
        return False
    return shutil.disk_usage(settings.FILES_ROOT).free > settings.FILE_UPLOAD_MAX_MEMORY_SIZE


def oldest_job_seconds(*, at: datetime) -> int:
    """How long the job that waits longest has been waiting; 0 when nothing waits."""
    jobs = [model for model in apps.get_models() if issubclass(model, Job)]
    asked = [
        row.asked_at
        for model in jobs
        for row in model._default_manager.filter(state=Job.State.QUEUED).order_by("asked_at")[:1]
    ]
    return max((int((at - moment).total_seconds()) for moment in asked), default=0)
