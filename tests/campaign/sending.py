"""A form as a browser sends it: with a fresh key."""

from uuid import uuid4


def send(client, url, **typed):
    return client.post(url, {"form_key": str(uuid4()), **typed})
