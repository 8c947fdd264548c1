"""`python -m campaign.reader PATH`: read a plan and print it as JSON, or why it is not read.

Runs confined (`lib/confined.py`), for what it reads may have been made to break it.
"""

import json
import sys
from pathlib import Path
from typing import Any

from campaign.reader.extract import extract
from campaign.reader.plan import read_source
from campaign.reader.record import as_json, source_lines
from campaign.reader.refusal import Unreadable
from lib.confined import confine


def answer(path: Path) -> dict[str, Any]:
    try:
        source = extract(path.read_bytes())
        return {**as_json(read_source(source)), "source": source_lines(source)}
    except Unreadable as refused:
        return {"refused": str(refused)}


if __name__ == "__main__":
    confine()
    json.dump(answer(Path(sys.argv[1])), sys.stdout, ensure_ascii=False)
