"""A calendar as other programs read it (iCalendar, RFC 5545): whole days, plain values in, bytes out.

The same entries give the same bytes, so that whoever asks again can be told that nothing changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, vText

PRODUCT = "-//Tinh Tay Ninh//Cong Thi dua//VI"


@dataclass(frozen=True)
class Entry:
    """One or several whole days; `uid` stays the same for as long as the thing is the same."""

    uid: str
    title: str
    first: date
    last: date
    category: str = ""
    text: str = ""
    url: str = ""


def write_ics(name: str, entries: Iterable[Entry], *, stamp: datetime) -> bytes:
    """`stamp` is the moment the entries are told to be of; constant, or nothing would be the same."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # Not in the standard, but what the common programs show and obey.
    calendar.add("x-wr-calname", vText(name))
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    calendar.add("x-published-ttl", "PT6H")
    for entry in entries:
        calendar.add_component(_event(entry, stamp))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + timedelta(days=1))  # the first day that is no longer part of it
    event.add("summary", entry.title)
    if entry.text:
        event.add("description", entry.text)
    if entry.category:
        event.add("categories", [entry.category])
    if entry.url:
        event.add("url", entry.url)
    event.add("transp", "TRANSPARENT")  # the person is not busy all day
    return event
