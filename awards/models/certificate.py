"""Where the words of a certificate stand on its preprinted form (phôi bằng), in millimetres."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from awards.models.catalogue import AwardForm


class CertificateLayout(models.Model):
    """The form of the certificates of one award; `shift` moves everything, for a printer that
    feeds its paper askew."""

    form = models.OneToOneField(AwardForm, models.CASCADE, related_name="certificate_layout")
    width = models.DecimalField(
        "khổ giấy, rộng (mm)", default=Decimal(420), max_digits=5, decimal_places=1
    )
    height = models.DecimalField(
        "khổ giấy, cao (mm)", default=Decimal(297), max_digits=5, decimal_places=1
    )
    shift_x = models.DecimalField(
        "dịch ngang (mm)", default=Decimal(0), max_digits=5, decimal_places=1
    )
    shift_y = models.DecimalField(
        "dịch dọc (mm)", default=Decimal(0), max_digits=5, decimal_places=1
    )

    class Meta:
        verbose_name = "mẫu in bằng"
        verbose_name_plural = "mẫu in bằng"
        constraints = [
            models.CheckConstraint(
                condition=Q(width__gte=100, width__lte=600, height__gte=100, height__lte=600),
                name="certificate_is_of_a_paper_size",
            ),
        ]

    def __str__(self) -> str:
        return f"Mẫu in {self.form}"


class CertificateText(models.Model):
    """One piece of text: where its middle line begins, how wide it may run, how it is set."""

    class Name(models.TextChoices):
        RECIPIENT = "recipient", "Họ và tên, tên tập thể"
        POSITION = "position", "Chức vụ, đơn vị"
        REASON = "reason", "Thành tích"
        PLACE_DATE = "place_date", "Địa danh, ngày tháng năm"
        SIGNER_POSITION = "signer_position", "Chức vụ người ký"
        SIGNER_NAME = "signer_name", "Họ và tên người ký"
        DECISION = "decision", "Số, ngày quyết định"
        GOLDEN_BOOK = "golden_book", "Số sổ vàng"

    class Align(models.TextChoices):
        LEFT = "left", "Trái"
        CENTER = "center", "Giữa"

    layout = models.ForeignKey(CertificateLayout, models.CASCADE, related_name="texts")
    name = models.CharField("nội dung", max_length=20, choices=Name)
    x = models.DecimalField("cách mép trái (mm)", max_digits=5, decimal_places=1)
    y = models.DecimalField("cách mép trên (mm)", max_digits=5, decimal_places=1)
    width = models.DecimalField("rộng (mm)", max_digits=5, decimal_places=1)
    size = models.DecimalField("cỡ chữ (pt)", max_digits=5, decimal_places=1)
    align = models.CharField("căn lề", max_length=10, choices=Align, default=Align.CENTER)
    is_bold = models.BooleanField("đậm", default=False)
    is_shown = models.BooleanField("in", default=True)

    class Meta:
        verbose_name = "chữ trên bằng"
        verbose_name_plural = "chữ trên bằng"
        constraints = [
            models.UniqueConstraint(fields=["layout", "name"], name="certificate_text_once"),
            models.CheckConstraint(
                condition=Q(x__gte=0, y__gte=0, width__gt=0, size__gte=6, size__lte=72),
                name="certificate_text_is_on_the_paper",
            ),
        ]

    def __str__(self) -> str:
        return self.get_name_display()
