"""What WeasyPrint set, taken over into the press's file object by object."""

from typing import Any

import pikepdf

from lib.official.press.objects import Objects


class Copy:
    """The objects of one file in another, each with a new number from when it is spoken of."""

    def __init__(self, source: pikepdf.Pdf, objects: Objects) -> None:
        self._source = source
        self._objects = objects
        self._numbers: dict[tuple[int, int], int] = {}
        self._left: list[pikepdf.Object] = []

    def stand_in(self, number: int) -> pikepdf.Object:
        """What the source may refer to where it means an object that only the new file has."""
        made = self._source.make_indirect(pikepdf.Dictionary())
        self._numbers[made.objgen] = number
        return made

    def number(self, thing: pikepdf.Object) -> int:
        known = self._numbers.get(thing.objgen)
        if known is None:
            known = self._numbers[thing.objgen] = self._objects.reserve()
            self._left.append(thing)
        return known

    def write(self) -> None:
        """All that has been spoken of, and what that speaks of."""
        while self._left:
            thing = self._left.pop()
            number = self._numbers[thing.objgen]
            if isinstance(thing, pikepdf.Stream):
                said = self._entries(thing.stream_dict, but="/Length")
                self._objects.put_stream(number, thing.read_raw_bytes(), said)
            else:
                self._objects.put(number, self._body(thing))

    def _said(self, thing: Any) -> bytes:
        if getattr(thing, "is_indirect", False):
            return b"%d 0 R" % self.number(thing)
        return self._body(thing)

    def _body(self, thing: Any) -> bytes:
        if isinstance(thing, pikepdf.Array):
            return b"[%b]" % b" ".join(self._said(one) for one in thing)
        if isinstance(thing, pikepdf.Dictionary):
            return b"<<%b>>" % self._entries(thing)
        written: bytes = pikepdf.Array([thing]).unparse()
        return written[1:-1].strip()

    def _entries(self, thing: pikepdf.Object, but: str = "") -> bytes:
        return b"".join(
            b"%b %b" % (pikepdf.Name(name).unparse(), self._said(value))
            for name, value in thing.items()
            if name != but
        )
