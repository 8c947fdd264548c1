from django.urls import path

from awards.views import catalogue

urlpatterns = [path("khen-thuong/danh-muc/", catalogue.catalogue, name="catalogue")]
