"""The admin site; its door is the portal's own (`access.AccessMiddleware`)."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(AdminSite):
    site_header = site_title = _("Die'er Learning: administration")
    index_title = _("What we keep")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponseRedirect:
        """One place to change a password, throttled."""
        return redirect("accounts:password_change")


class PortalAdminConfig(AdminConfig):
    default_site = "diedie_edu.accounts.admin_site.PortalAdminSite"
