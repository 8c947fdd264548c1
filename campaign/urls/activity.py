from django.urls import path

from campaign.views import followed, followed_act, followed_several

FOLDER = "hoat-dong"
ONE = f"{FOLDER}/<int:pk>"

urlpatterns = [
    path(f"{FOLDER}/", followed.activities, name="activities"),
    path(f"{FOLDER}/them-moi/", followed.activity_new, name="followed-activity-add"),
    path(f"{FOLDER}/hoan-thanh/", followed_several.complete, name="activities-complete"),
    path(f"{FOLDER}/tam-hoan/", followed_several.postpone, name="activities-postpone"),
    path(f"{ONE}/", followed.followed_activity, name="followed-activity"),
    path(f"{ONE}/sua/", followed.activity_change, name="followed-activity-edit"),
    path(f"{ONE}/buoc/", followed_act.move, name="followed-activity-move"),
    path(f"{ONE}/moi-phoi-hop/", followed_act.ask, name="followed-activity-ask"),
    path(f"{ONE}/tra-loi/", followed_act.answer, name="followed-activity-answer"),
    path(f"{ONE}/thoi-moi/", followed_act.release, name="followed-activity-release"),
    path(f"{ONE}/gop/", followed_act.fold, name="followed-activity-fold"),
    path(f"{ONE}/tach/", followed_act.unfold, name="followed-activity-unfold"),
    path(f"{ONE}/tra-lai/", followed_act.hand_back, name="followed-activity-hand-back"),
]
