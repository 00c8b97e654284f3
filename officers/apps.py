from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficersConfig(AppConfig):
    name = "officers"
    verbose_name = _("Officers")

    def ready(self) -> None:
        """Say what ends with an agency."""
        from officers.actions import closing  # noqa: F401 - needs the models loaded
