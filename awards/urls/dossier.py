from django.urls import path

from awards.views import check, dossier, nomination, nomination_import, paper, reception

FOLDER = "khen-thuong/ho-so"
ONE = f"{FOLDER}/<int:pk>"
PAPER = "khen-thuong/giay-to/<int:pk>"

unit = [
    path("khen-thuong/", dossier.dossiers, name="dossiers"),
    path(f"{FOLDER}/lap/", dossier.dossier_start, name="dossier-start"),
    path(f"{ONE}/", dossier.dossier, name="dossier"),
    path(f"{ONE}/to-trinh/", dossier.letter, name="dossier-letter"),
    path(f"{ONE}/them/", nomination.nomination_add, name="nomination-add"),
    path(f"{ONE}/kiem-tra/", check.nomination_check, name="nomination-check"),
    path(f"{ONE}/nhap/", nomination_import.nominations_import, name="nominations-import"),
    path(f"{ONE}/nhap/mau/", nomination_import.list_template, name="nominations-template"),
    path(f"{ONE}/trinh/", dossier.hand, name="dossier-hand"),
    path(f"{ONE}/tra-chuyen-vien/", dossier.hand_back, name="dossier-hand-back"),
    path(f"{ONE}/duyet-gui/", dossier.sign, name="dossier-sign"),
    path(f"{ONE}/lay-lai/", dossier.take_back, name="dossier-take-back"),
    path(f"{ONE}/rut/", dossier.withdraw, name="dossier-withdraw"),
    path(f"{ONE}/suy-ton/", dossier.block_vote, name="dossier-block-vote"),
    path(f"{ONE}/suy-ton/tra-lai/", dossier.block_back, name="dossier-block-back"),
]

board = [
    path(f"{ONE}/tra-lai/", reception.send_back, name="dossier-return"),
    path(f"{ONE}/day-du/", reception.complete, name="dossier-complete"),
]

papers = [
    path(f"{ONE}/giay-to/", paper.attach, name="paper-attach"),
    path(f"{ONE}/<str:which>.<str:kind>", paper.dossier_file, name="dossier-file"),
    path(f"{PAPER}/", paper.paper, name="paper"),
    path(f"{PAPER}/bo/", paper.remove, name="paper-remove"),
    path(f"{PAPER}/kiem-tra/", reception.tick, name="paper-tick"),
]

urlpatterns = [*unit, *board, *papers]
