"""Read a text as a plan, as the command does, without a process of its own."""

from campaign.reader.extract import extract
from campaign.reader.plan import read_source
from campaign.reader.record import as_json, source_lines


def read(content):
    if isinstance(content, str):
        content = content.encode()
    return as_json(read_source(extract(content)))


def codes(things):
    return [thing["code"] for thing in things]


def duties(assignment):
    return [duty["text"] for duty in assignment["duties"]]


def read_with_source(content):
    """What was read, and the lines it was read in."""
    source = extract(content)
    return as_json(read_source(source)), source_lines(source)
