"""The law a paper of a day stands on (domain 4.1); pure."""

from datetime import date

LOCAL_GOVERNMENT = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Luật sửa đổi, bổ sung "
    "một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng "
    "11 năm 2019"
)
_NEW_LOCAL_GOVERNMENT = date(2025, 3, 1)
_LAW_2003 = "Căn cứ Luật Thi đua, Khen thưởng năm 2003 và các Luật sửa đổi, bổ sung năm 2005, 2013"
_LAW_2022 = "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
# From which day, the law, the decree.
_IN_FORCE = (
    (date(2025, 7, 1), _LAW_2022,
     ("Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân "
     "cấp, phân quyền trong lĩnh vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn thi hành "
     "một số điều của Luật Thi đua, khen thưởng")),
    (date(2024, 1, 1), _LAW_2022,
     ("Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ quy định chi tiết "
     "thi hành một số điều của Luật Thi đua, khen thưởng")),
    (date.min, _LAW_2003,
     ("Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ quy định chi tiết "
     "thi hành một số điều của Luật Thi đua, Khen thưởng")),
)  # fmt: skip


def bases_on(day: date) -> tuple[str, str]:
    """The law and the decree in force on a day."""
    return next((law, decree) for since, law, decree in _IN_FORCE if since <= day)


def local_government_on(day: date) -> str:
    if day >= _NEW_LOCAL_GOVERNMENT:
        return "Căn cứ Luật Tổ chức chính quyền địa phương năm 2025"
    return LOCAL_GOVERNMENT
