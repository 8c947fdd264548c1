import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# Redis gives a message to another worker after this long. Celery wants the number here too, not
# only in the broker options; the shortest in a shared broker wins, so there is one number.
VISIBILITY_SECONDS = 300

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.visibility_timeout = VISIBILITY_SECONDS
app.autodiscover_tasks()
