"""What the XML parts of a Word or Excel file may say: read in pieces, kept nowhere.

The parser is the plain one of the standard library, for a document type declaration, the door to
every trick with entities, ends the reading at once.
"""

import re
from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

from files.findings import Finding

DEEPEST: Final = 256

_CONTENT_TYPES = "[content_types].xml"
_MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_FETCHING_FIELDS = re.compile(r"\b(?:DDEAUTO|DDE|INCLUDEPICTURE|INCLUDETEXT)\b", re.IGNORECASE)
# Word notes where the template lies on the writer's own disk; nobody else's Word can fetch it.
_OWN_DISK = re.compile(r"file:///[A-Za-z]:[\\/]|[A-Za-z]:[\\/]", re.IGNORECASE)
_EMBEDDED_RELATIONS = frozenset({"oleObject", "aFChunk"})
_MACRO_RELATIONS = frozenset({"vbaProject", "control", "activeXControlBinary"})
# Luật Bảo vệ bí mật nhà nước 29/2018/QH14, Điều 8: the three levels, as they are stamped.
_SECRET_STAMPS = frozenset({"MẬT", "TỐI MẬT", "TUYỆT MẬT"})
_LONGEST_STAMP = 12
_LONGEST_FIELDS = 1_000_000


class PartReader:
    """Reads part after part; what only the whole can tell is asked in `finish`."""

    def __init__(self, kind: str) -> None:
        self._main = _MAIN[kind]
        self._content_types: set[str] = set()

    def part(self, name: str) -> "Part":
        return Part(name, self._content_types)

    def finish(self) -> None:
        if any("macroenabled" in one or "vbaproject" in one for one in self._content_types):
            raise Finding("macro")
        if self._main not in self._content_types:
            raise Finding("mismatch")


class Part:
    def __init__(self, name: str, content_types: set[str]) -> None:
        self._content_types = content_types
        self._is_list_of_types = name == _CONTENT_TYPES
        self._depth = 0
        self._fields = ""
        self._in_field = False
        self._in_text = False
        self._paragraph = ""
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        if name.startswith("word/"):
            self._parser.CharacterDataHandler = self._text

    def feed(self, chunk: bytes) -> None:
        self._parser.Parse(chunk, False)

    def close(self) -> None:
        self._parser.Parse(b"", True)
        if _FETCHING_FIELDS.search(self._fields):
            raise Finding("external")

    def _doctype(self, *_: object) -> None:
        raise Finding("broken")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Finding("broken")
        local = name.rpartition(" ")[2]
        if local == "Relationship":
            _check_relation(attributes)
        elif local in {"Override", "Default"} and self._is_list_of_types:
            self._content_types.add(attributes.get("ContentType", "").lower())
        elif local == "fldSimple":
            self._add_to_fields(" ".join(attributes.values()) + " ")
        elif local == "instrText":
            self._in_field = True
        elif local == "t":
            self._in_text = True

    def _end(self, name: str) -> None:
        self._depth -= 1
        local = name.rpartition(" ")[2]
        if local == "instrText":
            self._in_field = False
        elif local == "t":
            self._in_text = False
        elif local == "p":
            if self._paragraph.strip() in _SECRET_STAMPS:
                raise Finding("secret")
            self._paragraph = ""

    def _text(self, text: str) -> None:
        if self._in_field:
            self._add_to_fields(text)
        elif self._in_text and len(self._paragraph) <= _LONGEST_STAMP:
            self._paragraph += text

    def _add_to_fields(self, text: str) -> None:
        """One field may be cut over many runs, so their pieces are read as one text."""
        self._fields += text
        if len(self._fields) > _LONGEST_FIELDS:
            raise Finding("broken")


def _check_relation(attributes: Mapping[str, str]) -> None:
    kind = attributes.get("Type", "").rstrip("/").rpartition("/")[2]
    if kind in _MACRO_RELATIONS:
        raise Finding("macro")
    is_external = attributes.get("TargetMode", "").lower() == "external"
    if kind in _EMBEDDED_RELATIONS and not is_external:
        raise Finding("embedded")
    if not is_external or kind == "hyperlink":
        return
    if kind == "attachedTemplate" and _OWN_DISK.match(attributes.get("Target", "")):
        return
    raise Finding("external")
