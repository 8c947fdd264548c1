"""The bytes of a small PDF file: numbered objects, written as they come (ISO 32000-1, 7.5)."""

import zlib


class Objects:
    """A file under construction; every object is written once, in any order."""

    def __init__(self) -> None:
        self._written = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        self._length = len(self._written[0])
        self._places: dict[int, int] = {}
        self._last = 0

    def reserve(self) -> int:
        self._last += 1
        return self._last

    def put(self, number: int, body: str | bytes) -> None:
        content = body.encode() if isinstance(body, str) else body
        self._places[number] = self._length
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, content))

    def add(self, body: str | bytes) -> int:
        number = self.reserve()
        self.put(number, body)
        return number

    def add_stream(self, content: bytes, entries: str = "") -> int:
        packed = zlib.compress(content, 6)
        head = f"<</Length {len(packed)}/Filter/FlateDecode{entries}>>stream\n".encode()
        return self.add(head + packed + b"\nendstream")

    def finish(self, root: int) -> bytes:
        start = self._length
        lines = [f"xref\n0 {self._last + 1}\n0000000000 65535 f \n"]
        lines += [f"{self._places[place]:010} 00000 n \n" for place in range(1, self._last + 1)]
        lines.append(f"trailer<</Size {self._last + 1}/Root {root} 0 R>>\n")
        lines.append(f"startxref\n{start}\n%%EOF")
        return b"".join([*self._written, "".join(lines).encode()])

    def _write(self, content: bytes) -> None:
        self._written.append(content)
        self._length += len(content)
