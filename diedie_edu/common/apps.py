from django import forms
from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _

from diedie_edu.common import inputs
from diedie_edu.common.addresses import PersonConverter, YearConverter

# Set before any form is read, so that it holds for every one of them, the admin site's too.
for field in (forms.DateField, forms.DateTimeField):
    field.default_validators = [inputs.check_is_of_our_times]
forms.IntegerField.default_validators = [inputs.check_can_be_kept]
register_converter(YearConverter, "year")
register_converter(PersonConverter, "person")


class CommonConfig(AppConfig):
    name = "diedie_edu.common"
    verbose_name = _("Shared tools")

    def ready(self) -> None:
        from diedie_edu.common import checks, mentions  # noqa: F401  (a check, a lookup)
        from diedie_edu.common.logs import tell_of_crashes
        from diedie_edu.common.manifests import read_manifests
        from diedie_edu.common.peeks import write_function

        read_manifests()
        tell_of_crashes()
        # Django tells apps with models alone that it has migrated; one of them is enough.
        post_migrate.connect(write_function, sender=apps.get_app_config("contenttypes"))
