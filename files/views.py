from uuid import UUID

from django.http import JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from accounts.http import UserRequest, methods
from files.actions import stage_file
from files.checks import BadFile
from files.http import serve
from files.models import StagedFile


@methods("POST")
def stage(request: UserRequest) -> JsonResponse:
    """Take one file of a form that is still being filled in."""
    sent = request.FILES.getlist("file")
    if len(sent) != 1:
        return _refusal("T05", "Mỗi lần gửi đúng một tệp. Hãy chọn lại tệp.")
    try:
        staged = stage_file(
            by=request.user,
            at=request.at,
            name=sent[0].name or "",
            content=sent[0],
        )
    except BadFile as bad:
        return _refusal(bad.code, bad.sentence)
    return JsonResponse(
        {
            "token": str(staged.token),
            "name": staged.name,
            "size": staged.stored.size,
            "sha256": staged.stored.sha256,
        }
    )


@methods("GET")
def staged(request: UserRequest, token: UUID) -> HttpResponseBase:
    """Give a person back the file they sent ahead of their form."""
    mine = StagedFile.objects.of(request.user).unexpired(request.at).select_related("stored")
    file = get_object_or_404(mine, token=token)
    return serve(file.stored, file.name)


def _refusal(code: str, sentence: str) -> JsonResponse:
    return JsonResponse({"code": code, "message": sentence}, status=422)
