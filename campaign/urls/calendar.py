from django.urls import path

from campaign.views import calendar

urlpatterns = [
    path("lich/", calendar.calendar, name="calendar"),
    path("lich/<int:year>/<int:month>/", calendar.calendar_month, name="calendar-month"),
    path("lich/dia-chi/", calendar.calendar_key, name="calendar-key"),
    path("lich/dia-chi/thu-hoi/", calendar.calendar_key_revoke, name="calendar-key-revoke"),
    path("lich/<slug:key>.ics", calendar.calendar_feed, name="calendar-feed"),
]
