from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class KeepingConfig(AppConfig):
    name = "diedie_edu.keeping"
    verbose_name = _("Keeping it")

    def ready(self) -> None:
        from diedie_edu.keeping import checks  # noqa: F401  (a check)
        from diedie_edu.keeping.actions.guards import put_back

        post_migrate.connect(put_back, sender=self)
