from django.urls import path

from awards.views import council_ballot, meeting

FOLDER = "khen-thuong/phien-hop"
ONE = f"{FOLDER}/<int:pk>"
BALLOT = f"{FOLDER}/bo-phieu/<int:pk>"

meetings = [
    path(f"{FOLDER}/", meeting.meetings, name="meetings"),
    path(f"{FOLDER}/moi/", meeting.new, name="meeting-new"),
    path(f"{ONE}/", meeting.meeting, name="meeting"),
    path(f"{ONE}/sua/", meeting.edit, name="meeting-edit"),
    path(f"{ONE}/noi-dung/", meeting.agenda, name="meeting-agenda"),
    path(f"{ONE}/du-hop/", meeting.attendance, name="meeting-attendance"),
    path(f"{ONE}/ket-luan/", meeting.outcomes, name="meeting-outcomes"),
    path(f"{ONE}/chuyen/", meeting.move, name="meeting-move"),
    path(f"{ONE}/tep/<str:name>.<str:kind>", meeting.meeting_file, name="meeting-file"),
]

ballots = [
    path(f"{ONE}/bo-phieu/<int:form_pk>/", council_ballot.open_ballot, name="council-ballot-open"),
    path(f"{BALLOT}/", council_ballot.council_ballot, name="council-ballot"),
    path(f"{BALLOT}/phieu/", council_ballot.vote, name="council-ballot-vote"),
    path(f"{BALLOT}/kiem-phieu/", council_ballot.close, name="council-ballot-close"),
    path(f"{BALLOT}/huy/", council_ballot.cancel, name="council-ballot-cancel"),
    path(f"{BALLOT}/bien-ban.<str:kind>", council_ballot.record, name="council-ballot-record"),
]

urlpatterns = [*meetings, *ballots]
