from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = _("Jianbei")

    def ready(self) -> None:
        from config import logs
        from config.checks import environment

        logs.configure()
        checks.register(environment)
