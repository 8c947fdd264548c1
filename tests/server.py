"""Databases made and copied on the server that DATABASE_URL names, where it names one."""

import contextlib
import os
from urllib.parse import urlsplit

import psycopg2


def is_there():
    return bool(os.environ.get("DATABASE_URL"))


def database(name, *, like="template1"):
    """The address of a fresh database, empty or a copy of one that nobody is connected to."""
    url = os.environ["DATABASE_URL"]
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
    return urlsplit(url)._replace(path=f"/{name}").geturl()
