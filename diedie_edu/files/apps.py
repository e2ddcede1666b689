from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "diedie_edu.files"
    verbose_name = _("Files")

    def ready(self) -> None:
        from diedie_edu.files import checks  # noqa: F401  (a check)
