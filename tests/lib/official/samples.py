"""Documents the tests of this folder write: a report with everything in it, a receipt, a letter."""

from datetime import date

from lib.official.model import (
    Align,
    Appendix,
    Bullet,
    Column,
    Document,
    Facts,
    Header,
    Heading,
    Paragraph,
    Row,
    RowKind,
    Run,
    Signature,
    Table,
)

HEADER = Header(
    governing_body="UBND tỉnh Tây Ninh",
    issuing_body=("Sở Nội vụ",),
    symbol="BC-SNV",
    number="5",
    place="Tây Ninh",
    issued_date=date(2024, 3, 7),
    issuer="Sở Nội vụ",
)

SENT = Table(
    columns=(
        Column("STT", 0.6, Align.CENTER),
        Column("Đơn vị", 3.4),
        Column("Số, ký hiệu", 2),
        Column("Ngày gửi", 1.4, Align.CENTER),
        Column("Số phần việc", 1.2, Align.RIGHT),
        Column("Ghi chú", 1.4),
    ),
    rows=(
        Row(("I. Khối Thi đua Văn hóa - Xã hội",), RowKind.GROUP),
        Row(
            ("1", "Sở Văn hóa, Thể thao và Du lịch", "123/KH-SVHTTDL", "20/3/2024", "12", ""),
        ),
        Row(("2", "Sở Y tế", "45/KH-SYT", "25/3/2024", "1.204", "Trễ 3 ngày")),
        Row(("II. Khối Thi đua Nội chính",), RowKind.GROUP),
        Row(("3", "Bộ Chỉ huy Quân sự tỉnh", "678/KH-BCH", "19/3/2024", "31", "")),
        Row(("", "Tổng cộng", "", "", "1.247", ""), RowKind.TOTAL),
    ),
    caption="Biểu 1. Tình hình gửi kế hoạch theo Khối Thi đua",
)

REPORT = Document(
    header=HEADER,
    kind="Báo cáo",
    subject=(
        "Tổng hợp việc xây dựng kế hoạch triển khai Đợt Thi đua đặc biệt lập thành tích"
        " chào mừng các ngày lễ lớn năm 2024"
    ),
    addressees=("Ủy ban nhân dân tỉnh Tây Ninh",),
    bases=(
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
        "Căn cứ Kế hoạch số 735/KH-UBND ngày 07/3/2024 về phát động Đợt Thi đua đặc biệt;",
    ),
    body=(
        Heading(1, "Tình hình gửi kế hoạch"),
        Paragraph(
            (
                Run("Đến hết ngày 22/3/2024, "),
                Run("đã gửi 98/105 đơn vị", bold=True),
                Run(" (đúng hạn 91, trễ 07), "),
                Run("chưa gửi 07 đơn vị", italic=True),
                Run(". Danh sách từng đơn vị nêu tại Phụ lục I."),
            )
        ),
        Heading(2, "Theo Khối Thi đua"),
        SENT,
        Heading(2, "Đơn vị chưa gửi"),
        Bullet("Hội Luật gia tỉnh;"),
        Bullet("Liên minh Hợp tác xã tỉnh."),
        Heading(1, "Công trình, phần việc đăng ký"),
        Paragraph(
            "Các cơ quan, đơn vị, địa phương đăng ký 1.247 công trình, phần việc, tập trung vào"
            " công tác tuyên truyền, giáo dục truyền thống; hoạt động “Đền ơn, đáp nghĩa”; giúp"
            " Nhân dân xây dựng nông thôn mới, xóa đói, giảm nghèo bền vững tại các xã biên giới."
        ),
        Heading(3, "Tuyên truyền"),
        Paragraph("Có 312 hoạt động."),
        Heading(3, "Khen thưởng"),
        Paragraph("Có 54 hoạt động."),
        Heading(1, "Đề xuất, kiến nghị"),
        Paragraph("Đề nghị các đơn vị chưa gửi hoàn thành kế hoạch trước ngày 29/3/2024."),
    ),
    closing="Trên đây là báo cáo tổng hợp của Sở Nội vụ.",
    signature=Signature(
        authority=("KT. Giám đốc",), position="Phó Giám đốc", name="Nguyễn Thị Ánh Nguyệt"
    ),
    recipients=("Như trên", "CT, các PCT UBND tỉnh", "Thành viên HĐ. TĐKT tỉnh", "Lưu: VT, BTĐ"),
    appendices=(
        Appendix(
            title="Danh sách đơn vị gửi kế hoạch",
            landscape=True,
            blocks=(
                Table(
                    columns=SENT.columns,
                    rows=tuple(
                        Row(
                            (
                                str(place),
                                f"Ủy ban nhân dân xã biên giới số {place}",
                                f"{place}/KH-UBND",
                                "22/3/2024",
                                str(place * 3),
                                "Đúng hạn",
                            )
                        )
                        for place in range(1, 46)
                    ),
                ),
            ),
        ),
        Appendix(
            title="Nhiệm vụ chưa có hoạt động đăng ký",
            blocks=(Paragraph("Không có nhiệm vụ nào chưa được đăng ký."),),
        ),
    ),
)

RECEIPT = Document(
    header=Header(
        governing_body="Sở Nội vụ",
        issuing_body=("Ban Thi đua - Khen thưởng",),
        place="Tây Ninh",
        issued_date=date(2024, 3, 20),
    ),
    kind="Phiếu tiếp nhận",
    subject="Kế hoạch triển khai Đợt Thi đua đặc biệt",
    body=(
        Facts(
            (
                ("Đơn vị gửi", "Sở Văn hóa, Thể thao và Du lịch"),
                ("Thời điểm nhận", "10:21 ngày 20/3/2024"),
                ("Kết luận", "Đúng hạn"),
            )
        ),
    ),
    verification="Mã kiểm tra: TN-7F3K-92QD",
)

LETTER = Document(
    header=HEADER,
    subject="V/v đôn đốc gửi kế hoạch triển khai Đợt Thi đua",
    addressees=("Các sở, ban, ngành tỉnh", "UBND các huyện, thị xã, thành phố"),
    body=(Paragraph("Sở Nội vụ đề nghị các cơ quan, đơn vị gửi kế hoạch đúng thời hạn"),),
    closing="Trân trọng./.",
    signature=Signature(position="Giám đốc", name="Trần Văn Đông"),
    recipients=("Như trên", "Lưu: VT, BTĐ"),
)

MINUTES = Document(
    header=Header(
        governing_body="UBND tỉnh Tây Ninh", issuing_body=("Đoàn kiểm tra",), symbol="BB-ĐKT"
    ),
    kind="Biên bản",
    subject="Kiểm tra việc thực hiện Đợt Thi đua tại Sở Nội vụ",
    body=(Paragraph("Bắt đầu lúc 8 giờ 00, ngày 20 tháng 5 năm 2024."),),
    closing="Biên bản kết thúc vào hồi 11 giờ 00",
    signatures=(
        Signature(position="Đại diện đơn vị được kiểm tra"),
        Signature(position="Thư ký", name="Lê Văn Minh"),
        Signature(position="Trưởng đoàn", name="Trần Văn Đông"),
    ),
    recipients=("Sở Nội vụ", "Lưu: ĐKT"),
)
