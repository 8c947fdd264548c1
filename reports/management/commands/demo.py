"""Demonstration data; `--units`, `--activities` and `--periods` make it much."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from campaign.models import Campaign
from files.jobs import sweep_texts
from lib import clock
from reports.demo import (
    accounts,
    awards,
    block_year,
    council,
    history,
    issued,
    progress,
    scale,
    scale_reports,
    scoring,
    sheets,
    writer,
)

COLUMNS = (
    "Tên đăng nhập",
    "Họ và tên",
    "Thư điện tử",
    "Mã đơn vị",
    "Đơn vị",
    "Vai trò",
    "Mật khẩu",
)


class Command(BaseCommand):
    help = "Tạo dữ liệu mẫu: tài khoản cho mọi vai trò và kế hoạch triển khai ở mọi trạng thái."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--campaign", default="2024", help="mã đợt thi đua")
        parser.add_argument("--units", type=int, default=0, help="tổng số đơn vị cần có")
        parser.add_argument("--activities", type=int, default=0, help="tổng số hoạt động cần có")
        parser.add_argument("--periods", type=int, default=0, help="số tháng có báo cáo, đến nay")
        parser.add_argument("--figures", type=int, default=30, help="số chỉ tiêu mỗi báo cáo")
        parser.add_argument("--accounts-csv", type=Path, help="ghi mọi tài khoản mẫu ra tệp này")
        parser.add_argument("--password", default=accounts.PASSWORD)
        parser.add_argument("--force", action="store_true", help="cho phép trên hệ thống thật")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION and not options["force"]:
            raise CommandError("Đây là hệ thống thật: không tạo dữ liệu mẫu ở đây.")
        campaign = Campaign.objects.filter(code=options["campaign"]).first()
        if campaign is None:
            raise CommandError("Chưa có đợt thi đua; hãy chạy load_units và load_campaign trước.")
        made = accounts.make_accounts(password=options["password"])
        self.stdout.write(f"Tài khoản mẫu: thêm {made}.")
        written = writer.write_demo(campaign, now=clock.now())
        self.stdout.write(
            f"Kế hoạch triển khai mẫu: thêm {written}."
            if written
            else "Kế hoạch triển khai mẫu đã có sẵn."
        )
        reports = progress.write_progress(campaign, now=clock.now())
        self.stdout.write(f"Báo cáo kỳ mẫu: thêm {reports}.")
        scales = scoring.write_scales(campaign, now=clock.now())
        years = block_year.write_block_years(campaign, now=clock.now())
        scored = sheets.write_sheets(campaign, now=clock.now())
        self.stdout.write(f"Thang bảng điểm mẫu: thêm {scales}; bảng chấm điểm: thêm {scored}.")
        self.stdout.write(f"Năm hoạt động khối mẫu: thêm {years}.")
        self._write_awards_and_reports(campaign)
        if options["units"] or options["activities"]:
            units, activities = scale.grow(
                campaign, units=options["units"], activities=options["activities"], now=clock.now()
            )
            self.stdout.write(f"Thêm {units} đơn vị và {activities} hoạt động.")
        if options["periods"]:
            reports, figures = scale_reports.report_much(
                campaign, periods=options["periods"], figures=options["figures"], now=clock.now()
            )
            self.stdout.write(f"Thêm {reports} báo cáo kỳ và {figures} số liệu.")
        if options["accounts_csv"]:
            self._write_accounts(options["accounts_csv"], options["password"])

    def _write_awards_and_reports(self, campaign: Campaign) -> None:
        nominated = awards.write_awards(campaign, now=clock.now())
        given, sent = history.write_history(campaign, now=clock.now())
        self.stdout.write(
            f"Đề nghị khen thưởng mẫu: thêm {nominated + sent}; lịch sử khen thưởng: thêm {given}."
        )
        decided = council.write_council(campaign, now=clock.now())
        self.stdout.write(f"Khen thưởng đã quyết định (mẫu): thêm {decided}.")
        made = issued.write_reports(campaign, now=clock.now())
        self.stdout.write(f"Báo cáo tổng hợp mẫu: thêm {made}.")
        # The demonstration opens with its files read: what is in them is found at once.
        while sweep_texts(at=clock.now()):
            pass

    def _write_accounts(self, path: Path, password: str) -> None:
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            table = csv.writer(out)
            table.writerow(COLUMNS)
            for account in accounts.all_accounts():
                table.writerow([*account.row(), password])
        self.stdout.write(f"Danh sách tài khoản mẫu: {path}")
