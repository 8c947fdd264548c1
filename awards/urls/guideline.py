from django.urls import path

from awards.views import guideline

FOLDER = "khen-thuong/huong-dan"
ONE = f"{FOLDER}/<int:pk>"

urlpatterns = [
    path(f"{FOLDER}/", guideline.guidelines, name="guidelines"),
    path(f"{FOLDER}/lap/", guideline.guideline_start, name="guideline-start"),
    path(f"{ONE}/", guideline.guideline, name="guideline"),
    path(f"{ONE}/sua/", guideline.guideline_edit, name="guideline-edit"),
    path(f"{ONE}/ban-hanh/", guideline.guideline_issue, name="guideline-issue"),
]
