"""The layout of a certificate before anybody moved its texts: a place for each on an A3 form."""

from collections.abc import Sequence
from decimal import Decimal

from awards.models import AwardForm, CertificateLayout, CertificateText

Name = CertificateText.Name
# Name: from the left, from the top, width (mm); size (pt); bold.
_START: dict[str, tuple[int, int, int, int, bool]] = {
    Name.RECIPIENT: (70, 120, 280, 28, True),
    Name.POSITION: (70, 137, 280, 18, False),
    Name.REASON: (70, 152, 280, 18, False),
    Name.PLACE_DATE: (230, 185, 140, 14, False),
    Name.SIGNER_POSITION: (230, 193, 140, 16, True),
    Name.SIGNER_NAME: (230, 243, 140, 16, True),
    Name.DECISION: (40, 240, 140, 12, False),
    Name.GOLDEN_BOOK: (40, 248, 140, 12, False),
}


def layout_of(form: AwardForm) -> tuple[CertificateLayout, Sequence[CertificateText]]:
    """As it was saved; a form nobody touched yet has the usual places, not in the database."""
    saved = CertificateLayout.objects.filter(form=form).select_related("form").first()
    if saved is not None:
        texts = {text.name: text for text in saved.texts.all()}
        return saved, [texts.get(name) or _text(saved, name) for name in Name]
    fresh = CertificateLayout(form=form)
    return fresh, [_text(fresh, name) for name in Name]


def _text(layout: CertificateLayout, name: str) -> CertificateText:
    x, y, width, size, bold = _START[name]
    align = CertificateText.Align
    return CertificateText(
        layout=layout, name=name, x=Decimal(x), y=Decimal(y), width=Decimal(width),
        size=Decimal(size), is_bold=bold,
        align=align.LEFT if name in {Name.DECISION, Name.GOLDEN_BOOK} else align.CENTER,
    )  # fmt: skip
