"""The admin site; its door is the portal's own (`access.AccessMiddleware`)."""

from functools import partial
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from diedie_edu.common import alike
from diedie_edu.common.belonging import belonging
from diedie_edu.common.days import local_now
from diedie_edu.common.parts import AdminPanels, rows_of


class ToldApart(AutocompleteJsonView):
    """Answers to what is looked up; those that read alike say what tells them apart."""

    def get_context_data(self, *, object_list: Any = None, **kwargs: Any) -> Any:
        context = super().get_context_data(object_list=object_list, **kwargs)
        facts = [partial(_of_whom, fact) for fact in alike.OF_GROWN_UPS]
        self.apart = alike.told_apart(context["object_list"], str, facts)
        return context

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        said = super().serialize_result(obj, to_field_name)
        apart = self.apart.get(obj.pk)
        return said | {"text": f"{said['text']}{alike.SAID}{apart}"} if apart else said


def _of_whom(fact: alike.Fact, row: Any) -> str:
    """A volunteer's are those of the resident, which its words have read."""
    return fact(row._state.fields_cache.get("resident", row))


class PortalAdminSite(AdminSite):
    site_header = site_title = _("Administration")
    index_title = _("What we keep")

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return ToldApart.as_view(admin_site=self)(request)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponseRedirect:
        """One place to change a password, throttled."""
        return redirect("accounts:password_change")

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """What waits for the reader stands above the tables."""
        panels = rows_of(AdminPanels, request.user, local_now())
        return super().index(request, {"panels": panels} | (extra_context or {}))

    def get_log_entries(self, request: HttpRequest) -> QuerySet:
        """What was done to rows that the reader sees, and still sees today."""
        from django.contrib.contenttypes.models import ContentType  # apps are being loaded

        kinds = ContentType.objects.get_for_models(*self._registry, for_concrete_models=False)
        seen = Q(pk__in=[])
        for model, pages in self._registry.items():
            if pages.has_view_permission(request):
                seen |= Q(content_type=kinds[model]) & _about_rows_seen(request, model)
        return super().get_log_entries(request).filter(seen)


def _about_rows_seen(request: HttpRequest, model: type[Model]) -> Q:
    """Deleted rows, too, for a reader who saw them all."""
    user: Any = request.user
    scopes = user.scopes_for(f"{model._meta.app_label}.view_{model._meta.model_name}")
    where = belonging(model).at(scopes)
    rows = model._default_manager.filter(where).values_list(Cast("pk", TextField()))
    return Q(object_id__in=rows) if where else where


class PortalAdminConfig(AdminConfig):
    default_site = "diedie_edu.accounts.admin_site.PortalAdminSite"
