from django.apps import AppConfig
from django.db.backends.signals import connection_created

from config.collation import teach_vietnamese


class ConfigApp(AppConfig):
    """The roof: settings, addresses, commands that know every app."""

    name = "config"

    def ready(self) -> None:
        connection_created.connect(teach_vietnamese)
