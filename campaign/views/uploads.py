"""Files that come with a form: sent ahead of it and named by their tokens, or inside it."""

from django.core.files.uploadedfile import UploadedFile

from accounts.http import UserRequest
from files.actions import stage_file
from files.models import StagedFile


def staged_now(request: UserRequest) -> list[str]:
    """Files sent with the form itself, by a browser that could not send them ahead."""
    sent = [file for file in request.FILES.getlist("files") if isinstance(file, UploadedFile)]
    return [
        str(stage_file(by=request.user, at=request.at, name=file.name or "", content=file).token)
        for file in sent
    ]


def staged_before(request: UserRequest) -> list[StagedFile]:
    """What was sent ahead stays with a form that is shown again."""
    mine = StagedFile.objects.of(request.user).unexpired(request.at).select_related("stored")
    tokens = request.POST.getlist("staged")
    known = {str(file.token): file for file in mine} if tokens else {}
    return [known[token] for token in tokens if token in known]
