"""A form as a browser sends it, with a fresh key; and what a page asks of the database."""

from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext


def send(client, url, **typed):
    return client.post(url, {"form_key": str(uuid4()), **typed})


def questions(client, url):
    client.get(url)  # the first visit also notes that the session began
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return len(asked)
