"""A sealed ballot box (hòm phiếu kín): slips go in, only their sum comes out (ADR 0016).

The whole box is one sealed text: how many slips lie in it and how often each choice was marked,
in numbers of fixed width, so that every box over the same choices is equally long. There is no
row, no time and no order of a single slip. Each slip seals the box anew, so two states of it
cannot be compared without the key.

The key of a box follows from the server's secret, the name of the ballot and its choices: a
sealed text opens in no other ballot and under no other list of choices.
"""

import base64
import json
import struct
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_LENGTH = 32
MOST_SLIPS = 2**32 - 1
# Fernet writes the moment of sealing in clear; a box does not tell when it was last used.
NO_TIME = 0


class BoxSpoiled(Exception):
    """The box does not open, or holds other than it should: nobody may count it."""


class BadSlip(Exception):
    """A slip that names a choice twice, or one that is not up for the vote."""


@dataclass(frozen=True)
class Count:
    """What was in the box: how many slips, and how often each choice was marked on them."""

    slips: int
    votes: Mapping[str, int]


class BallotBox:
    """The box of one ballot. `secrets`: the server's secret first, then those it had before."""

    def __init__(self, ballot: str, choices: Sequence[str], *, secrets: Sequence[str]) -> None:
        if len(set(choices)) != len(choices) or not choices:
            raise ValueError("a ballot needs choices, each named once")
        self.choices = tuple(choices)
        self._numbers = struct.Struct(f">{len(choices) + 1}I")
        said = json.dumps([ballot, *self.choices]).encode()
        self._seal = MultiFernet([Fernet(_key(secret, said)) for secret in secrets])

    def empty(self) -> str:
        return self._sealed([0] * (len(self.choices) + 1))

    def cast(self, sealed: str, slip: Collection[str]) -> str:
        """The box with one slip more; an empty slip is a blank vote and counts as a slip."""
        if len(set(slip)) != len(slip) or not set(slip) <= set(self.choices):
            raise BadSlip
        slips, *votes = self._opened(sealed)
        if slips == MOST_SLIPS:
            raise BoxSpoiled
        marked = (now + (one in slip) for now, one in zip(votes, self.choices, strict=True))
        return self._sealed([slips + 1, *marked])

    def pour(self, sealed: str, more: Count) -> str:
        """The box with slips more that people counted on paper; only their sum is known here."""
        if not set(more.votes) <= set(self.choices):
            raise BadSlip
        if more.slips < 0 or any(not 0 <= marks <= more.slips for marks in more.votes.values()):
            raise BadSlip
        slips, *votes = self._opened(sealed)
        if slips + more.slips > MOST_SLIPS:
            raise BoxSpoiled
        added = (now + more.votes.get(one, 0) for now, one in zip(votes, self.choices, strict=True))
        return self._sealed([slips + more.slips, *added])

    def count(self, sealed: str, *, voters: int) -> Count:
        """Open the box; refused unless it holds one slip of each voter and no more marks."""
        slips, *votes = self._opened(sealed)
        if slips != voters or any(one > slips for one in votes):
            raise BoxSpoiled
        return Count(slips, dict(zip(self.choices, votes, strict=True)))

    def _sealed(self, numbers: Sequence[int]) -> str:
        said = self._numbers.pack(*numbers)
        return self._seal.encrypt_at_time(said, NO_TIME).decode()

    def _opened(self, sealed: str) -> tuple[int, ...]:
        try:
            return self._numbers.unpack(self._seal.decrypt(sealed.encode()))
        except (InvalidToken, struct.error):
            raise BoxSpoiled from None


def _key(secret: str, said: bytes) -> bytes:
    derived = HKDF(SHA256(), KEY_LENGTH, salt=None, info=b"ballot-box:" + said)
    return base64.urlsafe_b64encode(derived.derive(secret.encode()))
