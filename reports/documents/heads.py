"""The top of a report: whose it is decides who issues it, in which form, under which symbol.

A unit's own report follows the form of its kind (domain guide §5.6): the Party's with ĐẢNG CỘNG
SẢN VIỆT NAM and “12-BC/…”, the army's and the police's under the body they answer to.
"""

from lib import clock
from lib.official.model import Form, Header
from reports.datasets.consolidated import Consolidated
from reports.datasets.fixed_texts import issuer_of
from reports.datasets.words import Words
from reports.kinds import Level, symbol_of
from units.models import Unit

PROVINCE, PARTY = "UBND tỉnh Tây Ninh", "Tỉnh ủy Tây Ninh"
ABOVE = {
    Unit.Group.PARTY: PARTY,
    Unit.Group.DEPARTMENT: PROVINCE,
    Unit.Group.PUBLIC_SERVICE: PROVINCE,
}
# Whom the armed forces answer to.
COMMANDS = {
    "BCHQS": "Bộ Tư lệnh Quân khu 7",
    "BCHBDBP": "Bộ Tư lệnh Bộ đội Biên phòng",
    "CAT": "Bộ Công an",
}


def header_of(data: Consolidated, words: Words) -> Header:
    form, above = _form_of(data)
    scope = data.scope
    issuer = issuer_of(data)
    return Header(
        form=form,
        governing_body=above,
        issuing_body=(issuer,),
        symbol=symbol_of(scope.level, scope.code, scope.group),
        number=words.number,
        place=data.plan.place,
        issued_date=words.issued_on,
        year=clock.local_day(data.as_of).year,
        issuer=issuer,
    )


def _form_of(data: Consolidated) -> tuple[Form, str]:
    scope = data.scope
    if scope.level is Level.BLOCK:
        return Form.STATE, "Hội đồng Thi đua - Khen thưởng tỉnh Tây Ninh"
    if scope.level is not Level.UNIT:
        return Form.STATE, "Sở Nội vụ"
    if scope.group == Unit.Group.PARTY:
        return Form.PARTY, PARTY
    above = COMMANDS.get(scope.code) or ABOVE.get(Unit.Group(scope.group), "")
    return Form.STATE, above
