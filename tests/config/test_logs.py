import json
import logging
import sys

from config.logs import JsonLines


def record(message, *values, **extra):
    made = logging.makeLogRecord(
        {"name": "portal", "levelname": "ERROR", "msg": message, "args": values, "created": 0.5}
    )
    vars(made).update(extra)
    return made


def test_an_event_is_one_line_with_its_time_in_utc():
    line = JsonLines().format(record("tệp %s\nhỏng", "a.pdf", unit="SVHTTDL"))

    assert "\n" not in line
    assert json.loads(line) == {
        "at": "1970-01-01T00:00:00.500000+00:00",
        "level": "ERROR",
        "logger": "portal",
        "message": "tệp a.pdf\nhỏng",
        "unit": "SVHTTDL",
    }


def test_a_trace_stays_in_the_line():
    try:
        int("hỏng")
    except ValueError:
        line = JsonLines().format(record("lỗi", exc_info=sys.exc_info()))

    assert (
        json.loads(line)["trace"].splitlines()[-1]
        == "ValueError: invalid literal for int() with base 10: 'hỏng'"
    )
