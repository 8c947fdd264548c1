"""Texts typed in the fonts of the nineties, TCVN3 (ABC) and VNI, where “Kế” is stored as “KÕ”.

Both are told by letter pairs that Vietnamese in Unicode never has, and both convert one to one.
The capitals of TCVN3 lie in fonts of their own, so a line whose plain letters
are capitals is taken as one in capitals.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from campaign.reader.lines import Line, Piece, Source, Warned
from campaign.reader.refusal import Unreadable
from lib.vietnamese import clean

_TCVN3 = str.maketrans(
    dict(
        zip(
            "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",  # noqa: RUF001  # á, as it was stored
            "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
            strict=True,
        )
    )
)
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_HAT, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_VNI_MARKS = {
    **dict(zip("øùûõï", (_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT), strict=True)),
    "â": _HAT,
    **{sign: _HAT + tone for sign, tone in zip("àáåãä", (_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT), strict=True)},
    "ê": _BREVE,
    **{sign: _BREVE + tone for sign, tone in zip("èéúüë", (_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT), strict=True)},
}  # fmt: skip
_VNI_LETTERS = dict(zip("ñôöæóòîÑÔÖÆÓÒÎ", "đơưỉĩịỵĐƠƯỈĨỊỴ", strict=True))
_VNI_PAIR = re.compile(
    r"([aeouyôöAEOUYÔÖ])([øùûõïâàáåãäêèéúüëØÙÛÕÏÂÀÁÅÃÄÊÈÉÚÜË])|([ñôöæóòîÑÔÖÆÓÒÎ])"
)

_TCVN3_WORDS = re.compile(r"vµ|cña|®|c¸c|Õ ho¹ch|é[in]g?\b|thùc hiÖn|ViÖt|TØnh|tØnh")  # noqa: RUF001  # á, as it was stored
_VNI_WORDS = re.compile(r"vaø|cuûa|caùc|hoaïch|thöïc|hieän|Vieät|tænh|ñ")
_UNICODE_ONLY = re.compile("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđư]", re.IGNORECASE)
_SURE = 5


WARNING = Warned(
    1, "Văn bản dùng phông chữ cũ (TCVN3 hoặc VNI), đã chuyển sang Unicode; xin xem lại chữ hoa."
)
_BETWEEN = "\x1e"


def in_unicode(pieces: Sequence[Piece], *, is_old: bool) -> Source:
    """The pieces with their text in Unicode and cleaned; refused where an old font stays unread."""
    said = [piece.text if isinstance(piece, Line) else "\x1f".join(piece.cells) for piece in pieces]
    whole = _BETWEEN.join(said)
    converted = convert(whole)
    if is_old and converted is None and not _UNICODE_ONLY.search(whole):
        raise Unreadable(
            "Văn bản dùng phông chữ cũ (TCVN3 hoặc VNI) và không chuyển được sang Unicode. Hãy chuyển mã rồi chọn lại."
        )
    texts = (converted or whole).split(_BETWEEN)
    made = [_with_text(piece, text) for piece, text in zip(pieces, texts, strict=True)]
    return Source(made, [WARNING] if converted is not None else [])


def _with_text(piece: Piece, text: str) -> Piece:
    if isinstance(piece, Line):
        return replace(piece, text=clean(text).strip())
    return replace(piece, cells=tuple(clean(cell).strip() for cell in text.split("\x1f")))


def convert(text: str) -> str | None:
    """The text in Unicode, if it was in one of the old codes."""
    if len(_UNICODE_ONLY.findall(text[:20_000])) > len(text[:20_000]) / 100:
        return None
    tcvn3, vni = len(_TCVN3_WORDS.findall(text)), len(_VNI_WORDS.findall(text))
    if max(tcvn3, vni) < _SURE:
        return None
    return _from_tcvn3(text) if tcvn3 >= vni else _from_vni(text)


def _from_tcvn3(text: str) -> str:
    turned = text.translate(_TCVN3)
    return "\n".join(_in_capitals(line) for line in turned.split("\n"))


def _in_capitals(line: str) -> str:
    plain = [c for c in line if c.isascii() and c.isalpha()]
    capitals = sum(c.isupper() for c in plain)
    return line.upper() if capitals > len(plain) * 0.8 else line


def _from_vni(text: str) -> str:
    return _VNI_PAIR.sub(_compose, text)


def _compose(found: re.Match[str]) -> str:
    letter, sign = found[1] or found[3], (found[2] or "").lower()
    base = _VNI_LETTERS.get(letter, letter)
    return unicodedata.normalize("NFC", base + _VNI_MARKS.get(sign, ""))
