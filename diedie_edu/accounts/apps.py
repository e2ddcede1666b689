from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "diedie_edu.accounts"
    verbose_name = _("Accounts and roles")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from diedie_edu.accounts import checks, form_owner  # noqa: F401  (registers the check)

        user_logged_in.connect(form_owner.note_owner, dispatch_uid="accounts.form_owner")
