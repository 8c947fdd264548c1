from django.urls import path

from scoring.views import ballot, block_year, meeting

FOLDER = "cham-diem"
YEAR = f"{FOLDER}/khoi/<str:code>/<int:year>/nam"
MEETING = f"{FOLDER}/hoi-nghi/<int:pk>"
BALLOT = f"{FOLDER}/bo-phieu/<int:pk>"

years = [
    path(f"{YEAR}/", block_year.block_year, name="block-year"),
    path(f"{YEAR}/moc/", block_year.days, name="block-days"),
    path(f"{YEAR}/giao-uoc/", block_year.pledge, name="pledge"),
    path(f"{YEAR}/giao-uoc/tep/", block_year.pledge_file, name="pledge-file"),
    path(f"{YEAR}/giao-uoc/chi-tieu/", block_year.add_target, name="target-add"),
    path(f"{YEAR}/giao-uoc/chi-tieu/<int:pk>/bo/", block_year.remove_target, name="target-remove"),
    path(f"{YEAR}/ban-giao/", block_year.hand_over, name="hand-over"),
    path(f"{YEAR}/ban-giao/nhan/", block_year.receive, name="hand-over-receive"),
]

meetings = [
    path(f"{YEAR}/hoi-nghi/", meeting.note, name="meeting-note"),
    path(f"{MEETING}/", meeting.meeting, name="meeting"),
    path(f"{MEETING}/sua/", meeting.edit, name="meeting-edit"),
    path(f"{MEETING}/bien-ban.<str:kind>", meeting.minutes, name="meeting-minutes"),
    path(f"{MEETING}/tep/", meeting.minutes_file, name="meeting-file"),
]

ballots = [
    path(f"{YEAR}/bo-phieu/", ballot.open_ballot, name="ballot-open"),
    path(f"{BALLOT}/", ballot.ballot, name="ballot"),
    path(f"{BALLOT}/phieu/<int:unit_pk>/", ballot.vote, name="ballot-vote"),
    path(f"{BALLOT}/kiem-phieu/", ballot.count, name="ballot-count"),
    path(f"{BALLOT}/huy/", ballot.cancel, name="ballot-cancel"),
]

urlpatterns = [*years, *meetings, *ballots]
