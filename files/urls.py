from django.urls import path

from files import views

app_name = "files"

staged_urls = [
    path("tam/", views.stage, name="stage"),
    path("tam/<uuid:token>/", views.staged, name="staged"),
]

urlpatterns = [*staged_urls]
