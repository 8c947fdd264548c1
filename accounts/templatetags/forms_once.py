"""`{% form_tokens %}`: what every form that changes something carries."""

import uuid

from django import template
from django.middleware.csrf import get_token
from django.template import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.once import FIELD

register = template.Library()


@register.simple_tag(takes_context=True)
def form_tokens(context: RequestContext) -> SafeString:
    """The CSRF token, and the random key by which `accounts.once` knows a form sent twice.

    Asks the request itself, so that it also works in a template included with `only`.
    """
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="{}" value="{}">',
        get_token(context.request),
        FIELD,
        uuid.uuid4(),
    )
