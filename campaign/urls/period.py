from django.urls import path

from campaign.views import period

FOLDER = "ky-bao-cao"
ONE = f"{FOLDER}/<int:pk>"

urlpatterns = [
    path(f"{FOLDER}/", period.periods, name="periods"),
    path(f"{FOLDER}/them/", period.period_add, name="period-add"),
    path(f"{ONE}/", period.period, name="period"),
    path(f"{ONE}/sua/", period.period_edit, name="period-edit"),
    path(f"{ONE}/bo/", period.period_drop, name="period-drop"),
    path(f"{ONE}/mo/", period.period_open, name="period-open"),
    path(f"{ONE}/khoa/", period.period_lock, name="period-lock"),
    path(f"{ONE}/mo-lai/", period.period_reopen, name="period-reopen"),
    path(f"{ONE}/don-vi/them/", period.period_owing_add, name="period-owing-add"),
    path(f"{ONE}/don-vi/bot/", period.period_owing_remove, name="period-owing-remove"),
]
