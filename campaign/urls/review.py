from django.urls import path

from campaign.views import queue, register, review

ONE = "xem-xet/<int:pk>"

urlpatterns = [
    path("xem-xet/", queue.queue, name="queue"),
    path("xem-xet/nhan/", queue.queue_take, name="queue-take"),
    path("xem-xet/phan-cong/", queue.review_assignments, name="review-assignments"),
    path(f"{ONE}/", review.review, name="review"),
    path(f"{ONE}/nhan/", review.review_take, name="review-take"),
    path(f"{ONE}/quyet-dinh/", review.review_decide, name="review-decide"),
    path(f"{ONE}/ghi-chu/", review.review_note, name="review-note"),
    path(f"{ONE}/tep/<int:file_pk>/", review.sub_plan_preview, name="sub-plan-preview"),
    path("nhap-thay/", register.register_receipt, name="register-receipt"),
]
