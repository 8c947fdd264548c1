"""Bodies named as a class: “các sở, ban, ngành tỉnh; UBND các huyện, thị xã, thành phố”.

Read head by head: each must be known, else the phrase is left to a person. What is vague by its
own words (“liên quan”, “một số”) names nobody.
"""

import re

from lib.vietnamese import fold

# Codes as `DutyParty.Class` stores them; a test holds the two together.
ALL = "ALL"
BLOCKS = "KTDCT"
DISTRICTS = "UBNDCH"
DEPARTMENTS = "SBN"
FRONT = "DOANTHE"
PARTY = "DANG"
ARMED = "LLVT"
ASSOCIATIONS = "HOI"
ENTERPRISES = "DN"

_HEADS = {
    **dict.fromkeys(("so", "ban", "nganh", "so nganh", "ban nganh", "so ban nganh"), DEPARTMENTS),
    **dict.fromkeys(("doan the", "to chuc chinh tri xa hoi", "to chuc doan the", "to chuc chinh tri", "doan the chinh tri xa hoi"), FRONT),
    **dict.fromkeys(("huyen", "quan", "thi xa", "thanh pho", "huyen uy", "thi uy", "thanh uy"), DISTRICTS),
    **dict.fromkeys(("doanh nghiep",), ENTERPRISES),
    **dict.fromkeys(("hoi", "hoi quan chung", "hoi dac thu", "to chuc hoi", "to chuc xa hoi"), ASSOCIATIONS),
    **dict.fromkeys(("ban dang", "ban xay dung dang", "co quan dang", "ban cua tinh uy"), PARTY),
    **dict.fromkeys(("luc luong vu trang",), ARMED),
    **dict.fromkeys(("khoi", "cum", "khoi thi dua", "cum thi dua", "cum khoi thi dua", "khoi cum thi dua"), BLOCKS),
    **dict.fromkeys(("co quan", "don vi", "dia phuong", "co quan don vi", "cap", "truong hoc", "cap nganh"), ALL),
}  # fmt: skip
_VAGUE = re.compile(
    r"\b(?:lien quan|mot so|duoc giao|truc thuoc|khac|nay|tren|cap huyen|cap xa|cac cap|trung uong)\b"
)
# All of the districts, said in one word.
_TIER = re.compile(r"^(?:(?:chu tich )?(?:ubnd|uy ban nhan dan) )?cap huyen$")
_WHOLE = re.compile(
    r"^(?:thu truong|lanh dao|nguoi dung dau|chu tich|giam doc|truong)\s+(?=cac|ubnd|uy ban)"
)
_OPENING = re.compile(r"^(?:(?:ubnd|uy ban nhan dan)\s+)?(?:tat ca |toan the )?(?:cac|nhung)\s+")
_ABODE = re.compile(
    r"\s+(?:(?:tren|trong) (?:dia ban )?(?:toan )?tinh|tren dia ban|trong tinh|(?:cap|cua|thuoc|toan|o) tinh"
    r"|trong toan tinh|tinh|thuoc tinh)$"
)
# The one class that needs no “các”.
_ONE_BODY = "luc luong vu trang"
_DIVIDED = re.compile(r"\s*[,;/]\s*(?:va\s+)?|\s+va\s+|\s+-\s+(?=xa hoi)")
_OFFICE = re.compile(r"^(?:(?:ubnd|uy ban nhan dan)\s+)?(?:cac\s+)?")


def classes_in(name: str) -> tuple[str, ...]:
    """The classes a phrase consists of, or none where any of it is not understood."""
    said = re.sub(r"\(.*?\)", " ", fold(name)).replace("chinh tri - xa hoi", "chinh tri xa hoi")
    said = _WHOLE.sub("", " ".join(said.strip(" .,;:").split()))
    if _TIER.match(said):
        return (DISTRICTS,)
    said = _without_abode(said)
    if not (_OPENING.match(said) or said == _ONE_BODY) or _VAGUE.search(said):
        return ()
    found = [_HEADS.get(_without_abode(_OFFICE.sub("", head))) for head in _DIVIDED.split(said)]
    known = tuple(dict.fromkeys(one for one in found if one))
    if not found or None in found:
        return ()
    return (ALL,) if ALL in known else known


def _without_abode(said: str) -> str:
    while (shorter := _ABODE.sub("", said)) != said:
        said = shorter
    return said
