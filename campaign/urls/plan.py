from django.urls import path

from campaign.views import plan

urlpatterns = [
    path("ke-hoach/<str:code>/", plan.plan, name="plan"),
    path("ke-hoach/<str:code>/<str:item_code>/", plan.plan_item, name="plan-item"),
]
