from django.urls import path

from campaign.views import chasing, letters, outbox

urlpatterns = [
    path("don-doc/", chasing.chasing, name="chasing"),
    path("don-doc/danh-sach/", chasing.chasing_list, name="chasing-list"),
    path("don-doc/nhac/", chasing.chasing_remind, name="chasing-remind"),
    path("don-doc/lich-nhac/", chasing.reminder_rules, name="reminder-rules"),
    path("don-doc/cong-van/", letters.letters, name="letters"),
    path("don-doc/cong-van/lap/", letters.letter_new, name="letter-new"),
    path("don-doc/cong-van/<int:pk>/so/", letters.letter_number, name="letter-number"),
    path("don-doc/cong-van/<int:pk>/tep/<str:kind>/", letters.letter_file, name="letter-file"),
    path("nhac-viec/da-xem/", chasing.reminders_seen, name="reminders-seen"),
    path("thu-da-gui/", outbox.outbox, name="outbox"),
    path("thu-da-gui/<int:pk>/gui-lai/", outbox.outbox_resend, name="outbox-resend"),
]
