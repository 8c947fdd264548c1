"""A file sent along with a form, checked before the form is believed."""

from django import forms

from accounts.http import UserRequest
from files.actions import stage_file
from files.checks import BadFile


def staged_file(request: UserRequest, form: forms.Form) -> str | None:
    """The token of the file of a form that is otherwise right; what is wrong with it is said
    beside its field."""
    if not form.is_valid() or not (sent := form.cleaned_data["file"]):
        return None
    try:
        staged = stage_file(by=request.user, at=request.at, name=sent.name or "", content=sent)
    except BadFile as bad:
        form.add_error("file", bad.sentence)
        return None
    return str(staged.token)
