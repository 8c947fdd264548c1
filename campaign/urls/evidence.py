from django.urls import path

from campaign.views import evidence

ONE = "minh-chung/<int:pk>"

urlpatterns = [
    path("hoat-dong/<int:pk>/minh-chung/", evidence.of_activity, name="evidence-of-activity"),
    path("bao-cao-ky/<int:pk>/minh-chung/", evidence.of_report, name="evidence-of-report"),
    path(
        "bao-cao-ky/<int:pk>/minh-chung/<str:code>/",
        evidence.of_figure,
        name="evidence-of-figure",
    ),
    path(f"{ONE}/", evidence.evidence, name="evidence"),
    path(f"{ONE}/anh-nho/", evidence.thumbnail, name="evidence-thumbnail"),
    path(f"{ONE}/chu-thich/", evidence.describe, name="evidence-describe"),
    path(f"{ONE}/go/", evidence.remove, name="evidence-remove"),
]
