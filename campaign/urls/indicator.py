from django.urls import path

from campaign.views import indicator

FOLDER = "chi-tieu"
ONE = f"{FOLDER}/<int:pk>"

urlpatterns = [
    path(f"{FOLDER}/", indicator.indicators, name="indicators"),
    path(f"{FOLDER}/them/", indicator.indicator_add, name="indicator-add"),
    path(f"{ONE}/", indicator.indicator_edit, name="indicator-edit"),
    path(f"{ONE}/len/", indicator.indicator_up, name="indicator-up"),
    path(f"{ONE}/xuong/", indicator.indicator_down, name="indicator-down"),
    path(f"{ONE}/ngung-dung/", indicator.indicator_retire, name="indicator-retire"),
    path(f"{ONE}/dung-lai/", indicator.indicator_restore, name="indicator-restore"),
]
