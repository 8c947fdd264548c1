"""The ranking of a block on paper: its table of points, and the minutes of the meeting.

The minutes (biên bản họp khối xét thi đua) are a draft for the block: figures are filled in, what
was said at the meeting is left to write.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from lib.official.model import (
    Align,
    Appendix,
    Block,
    Bullet,
    Column,
    Document,
    Header,
    Heading,
    Paragraph,
    Row,
    Signature,
    Table,
)
from lib.vietnamese import number
from scoring.datasets.ballot import Counted
from scoring.models import Ranking, RankingRow

Groups = Sequence[tuple[str, str, Decimal]]
PERCENT = 100
BLANK = "…………………………………………"


def ranking_minutes(
    ranking: Ranking, groups: Groups, rows: Sequence[RankingRow], *, lead: str,
    counted: Sequence[Counted] = (),
) -> Document:  # fmt: skip
    block = f"{ranking.block}"
    ranked = [row for row in rows if row.position]
    return Document(
        header=Header(
            governing_body=block.upper(),
            issuing_body=(lead.upper() or "KHỐI TRƯỞNG",),
            symbol="BB-KTĐ",
            place="Tây Ninh",
            year=(ranking.published_at or ranking.created_at).year,
            issuer=block,
        ),
        kind="BIÊN BẢN",
        subject=f"Họp {block} xét thi đua năm {ranking.year}",
        body=(
            Heading(1, "Thời gian, địa điểm, thành phần"),
            Paragraph(f"Thời gian: {BLANK}; địa điểm: {BLANK}."),
            Paragraph(f"Thành phần: đại diện {len(rows)} đơn vị thành viên. Vắng: {BLANK}."),
            Heading(1, "Kết quả chấm điểm, xếp hạng"),
            Paragraph(
                f"Khối thống nhất kết quả chấm điểm của {len(ranked)} đơn vị được xếp hạng tại "
                "Phụ lục kèm theo, cụ thể:"
            ),
            *(Bullet(_line(row)) for row in ranked),
            *_not_ranked(rows),
            Heading(1, "Đề nghị khen thưởng"),
            *_awards(rows),
            *votes_of(counted),
            Heading(1, "Ý kiến tại cuộc họp"),
            Paragraph(BLANK),
        ),
        closing="Biên bản được thông qua tại cuộc họp",
        signatures=(Signature(position="THƯ KÝ"), Signature(position="CHỦ TRÌ")),
        recipients=(
            "Ban Thi đua - Khen thưởng (Sở Nội vụ)", "Các đơn vị trong khối", "Lưu: VT",
        ),
        appendices=(_annex(ranking, groups, rows),),
    )  # fmt: skip


def votes_of(counted: Sequence[Counted]) -> Iterator[Block]:
    """What the peer votes came to: sums and shares of all members, and nobody's slip."""
    if not counted:
        return
    yield Heading(1, "Kết quả bỏ phiếu suy tôn")
    for one in counted:
        ballot = one.ballot
        yield Paragraph(
            f"{ballot.title}: bỏ phiếu kín, {ballot.slips}/{ballot.members} đơn vị đã bỏ phiếu; "
            "tỷ lệ tính trên tổng số đơn vị thành viên."
        )
        yield _votes_table(one)


def _votes_table(counted: Counted) -> Table:
    columns = (
        Column("Đơn vị", 4), Column("Số phiếu", 1, Align.RIGHT), Column("Tỷ lệ (%)", 1, Align.RIGHT)
    )  # fmt: skip
    rows = tuple(
        Row((str(row.unit), str(row.votes), number(row.share * PERCENT, 1)))
        for row in counted.standings
    )
    return Table(columns, rows)


def _line(row: RankingRow) -> str:
    parted = f", phân định do {row.decided_by}" if row.decided_by else ""
    return f"Hạng {row.position}: {row.unit}, {number(row.total)} điểm{parted}"


def _not_ranked(rows: Sequence[RankingRow]) -> tuple[Block, ...]:
    out = [row for row in rows if not row.position]
    if not out:
        return ()
    said = (f"{row.unit}: {row.get_state_display().lower()}. {row.state_reason}" for row in out)
    return (Paragraph("Đơn vị không xếp hạng:"), *(Bullet(one.rstrip(".")) for one in said))


def _awards(rows: Sequence[RankingRow]) -> tuple[Block, ...]:
    awards = list(dict.fromkeys(row.award for row in rows if row.award))
    if not awards:
        return (Paragraph("Không có đơn vị đủ điều kiện đề nghị khen thưởng."),)
    return tuple(
        Bullet(f"{award}: {', '.join(str(row.unit) for row in rows if row.award == award)}")
        for award in awards
    )


def _annex(ranking: Ranking, groups: Groups, rows: Sequence[RankingRow]) -> Appendix:
    points = Align.RIGHT
    columns = (
        Column("Hạng", 0.7, Align.CENTER),
        Column("Đơn vị", 3.4),
        *(Column(f"{code} ({number(most)})", 1, points) for code, _, most in groups),
        Column("Thưởng", 0.9, points),
        Column("Trừ", 0.8, points),
        Column("Tổng điểm", 1.1, points),
    )
    lines = tuple(Row(_cells(row, groups)) for row in rows)
    names = tuple(Paragraph(f"{code}: {name}.") for code, name, _ in groups)
    return Appendix(
        title=f"Bảng tổng hợp điểm thi đua năm {ranking.year}",
        blocks=(Table(columns, lines), *names),
        landscape=True,
    )


def _cells(row: RankingRow, groups: Groups) -> tuple[str, ...]:
    return (
        str(row.position) if row.position else "–",
        str(row.unit),
        *(
            number(Decimal(row.groups[code])) if code in row.groups else "–"
            for code, _, _ in groups
        ),
        number(row.bonus),
        number(row.deduction),
        number(row.total),
    )
