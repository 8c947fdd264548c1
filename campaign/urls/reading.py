from django.urls import path

from campaign.views import reading, reading_facts, reading_launch, reading_row, readings

FOLDER = "doc-ke-hoach"
ONE = f"{FOLDER}/<int:pk>"
ROW = f"{ONE}/muc/<int:number>"

urlpatterns = [
    path(f"{FOLDER}/", readings.readings, name="readings"),
    path(f"{FOLDER}/chep/<str:code>/", reading_launch.reading_copy, name="reading-copy"),
    path(f"{ONE}/", reading.reading, name="reading"),
    path(f"{ONE}/tien-do/", readings.reading_progress, name="reading-progress"),
    path(f"{ONE}/tep/", readings.reading_file, name="reading-file"),
    path(f"{ONE}/doc-lai/", readings.reading_again, name="reading-again"),
    path(f"{ONE}/bo/", readings.reading_discard, name="reading-discard"),
    path(f"{ONE}/giu-het/", reading.reading_keep_all, name="reading-keep-all"),
    path(f"{ONE}/thong-tin/", reading_facts.reading_facts, name="reading-facts"),
    path(
        f"{ONE}/thong-tin/tu-luu/",
        reading_facts.reading_facts_autosave,
        name="reading-facts-autosave",
    ),
    path(f"{ONE}/ten-co-quan/", reading_facts.reading_names, name="reading-names"),
    path(f"{ONE}/tao/", reading_launch.reading_launch, name="reading-launch"),
    path(f"{ROW}/", reading_row.reading_row, name="reading-row"),
    path(f"{ROW}/chon/", reading.reading_act, name="reading-act"),
    path(f"{ROW}/tu-luu/", reading_row.reading_row_autosave, name="reading-row-autosave"),
    path(f"{ROW}/them/", reading_row.reading_row_add, name="reading-row-add"),
]
