from django.apps import AppConfig
from django.core.checks import register
from django.db.backends.signals import connection_created

from config.checks import check_database_disk, check_queue_keeps_everything
from config.collation import teach_vietnamese


class ConfigApp(AppConfig):
    """The roof: settings, addresses, commands that know every app."""

    name = "config"

    def ready(self) -> None:
        connection_created.connect(teach_vietnamese)
        register(check_database_disk, deploy=True)
        register(check_queue_keeps_everything, deploy=True)
