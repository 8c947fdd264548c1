from django.urls import path

from units import views

app_name = "units"

urlpatterns = [
    path("don-vi/", views.units, name="units"),
    path("don-vi/<str:code>/", views.unit, name="unit"),
    path("khoi-thi-dua/", views.blocks, name="blocks"),
    path("khoi-thi-dua/<str:code>/", views.block, name="block"),
]
