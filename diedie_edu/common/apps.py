from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    name = "diedie_edu.common"
    verbose_name = _("Shared tools")

    def ready(self) -> None:
        from diedie_edu.common import checks  # noqa: F401  (registers the check)
        from diedie_edu.common.manifests import read_manifests

        read_manifests()
