"""The bytes of a small PDF file: numbered objects, written as they come (ISO 32000-1, 7.5).

The tags of a long list are a hundred thousand small objects; packed as they come (7.5.7), they
never lie about unpacked. Where each object is, is kept as the file says it in the end (7.5.8).
"""

import zlib
from hashlib import sha256
from struct import Struct

_PLACE = Struct(">BIH")  # free, in the file or in a pack; which byte or pack; which one in it
_FREE, _IN_FILE, _IN_PACK = 0, 1, 2
_IN_ONE_PACK = 200


class Objects:
    """A file under construction; every object is written once, in any order."""

    def __init__(self) -> None:
        self._written = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        self._length = len(self._written[0])
        self._places = bytearray(_PLACE.pack(_FREE, 0, 0xFFFF))
        self._waiting: list[tuple[int, bytes]] = []

    def reserve(self) -> int:
        self._places += _PLACE.pack(_FREE, 0, 0)
        return len(self._places) // _PLACE.size - 1

    def put(self, number: int, body: str | bytes) -> None:
        self._waiting.append((number, body.encode() if isinstance(body, str) else body))
        if len(self._waiting) == _IN_ONE_PACK:
            self._pack()

    def add(self, body: str | bytes) -> int:
        number = self.reserve()
        self.put(number, body)
        return number

    def put_stream(self, number: int, packed: bytes, entries: str | bytes) -> None:
        """What cannot be in a pack; `packed` as `entries` say."""
        said = entries.encode() if isinstance(entries, str) else entries
        self._place(number, _IN_FILE, self._length, 0)
        self._write(
            b"%d 0 obj\n<</Length %d%b>>stream\n%b\nendstream\nendobj\n"
            % (number, len(packed), said, packed)
        )

    def add_stream(self, content: bytes, entries: str = "") -> int:
        number = self.reserve()
        self.put_stream(number, zlib.compress(content, 6), f"/Filter/FlateDecode{entries}")
        return number

    def finish(self, entries: str) -> bytes:
        """The whole file; `entries` name its root."""
        self._pack()
        number, start = self.reserve(), self._length
        self._place(number, _IN_FILE, start, 0)
        digest = sha256()
        for piece in self._written:
            digest.update(piece)
        name = digest.hexdigest()[:32]
        size = len(self._places) // _PLACE.size
        self.put_stream(
            number,
            zlib.compress(self._places),
            f"/Type/XRef/Filter/FlateDecode/W[1 4 2]/Size {size}/ID[<{name}><{name}>]{entries}",
        )
        self._write(f"startxref\n{start}\n%%EOF\n".encode())
        return b"".join(self._written)

    def _pack(self) -> None:
        if not self._waiting:
            return
        pack, waiting = self.reserve(), self._waiting
        self._waiting = []
        heads, length = [], 0
        for place, (number, body) in enumerate(waiting):
            self._place(number, _IN_PACK, pack, place)
            heads.append(f"{number} {length}")
            length += len(body) + 1
        head = " ".join(heads).encode() + b"\n"
        bodies = b"\n".join(body for _, body in waiting)
        entries = f"/Type/ObjStm/N {len(waiting)}/First {len(head)}/Filter/FlateDecode"
        self.put_stream(pack, zlib.compress(head + bodies, 6), entries)

    def _place(self, number: int, kind: int, where: int, which: int) -> None:
        _PLACE.pack_into(self._places, number * _PLACE.size, kind, where, which)

    def _write(self, content: bytes) -> None:
        self._written.append(content)
        self._length += len(content)
