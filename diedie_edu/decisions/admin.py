"""Requests and deputies to look up: who asked and decided what and when, never what was asked."""

from functools import partial

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.admin_base import LookUp, LookUpOnly, PortalInline
from diedie_edu.accounts.admin_words import CodesFilter
from diedie_edu.common.manifests import parts_by
from diedie_edu.decisions.kinds import DecisionKind
from diedie_edu.decisions.models import Deputy, Request, Step


def kind_in_words(slug: str) -> str:
    kind = parts_by(DecisionKind, "slug").get(slug)
    return str(kind.title) if kind else "–"


class KindFilter(CodesFilter):
    codes = staticmethod(partial(parts_by, DecisionKind, "slug"))
    label = staticmethod(kind_in_words)


class StepInline(LookUp, PortalInline):
    model = Step
    fields = ["number", "what", "at", "by", "acting_for"]
    extra = 0


@admin.register(Request)
class RequestAdmin(LookUpOnly):
    list_display = [
        *("__str__", "kind_in_words", "programme", "asked_by", "state", "due_on", "decided_by"),
    ]
    list_filter = ["state", ("kind", KindFilter), "programme", "submitted_at"]
    search_fields = ["asked_by__display_name", "decided_by__display_name"]
    list_select_related = ["asked_by", "decided_by"]
    fields = [
        *("kind_in_words", "programme", "subject", "asked_by", "state", "submitted_at", "due_on"),
        *("remind_on", "decided_by", "decided_for", "decided_at", "erased_at"),
    ]
    readonly_fields = ["kind_in_words"]
    inlines = [StepInline]

    @admin.display(description=_("kind of request"), ordering="kind")
    def kind_in_words(self, request: Request) -> str:
        return kind_in_words(request.kind)


@admin.register(Deputy)
class DeputyAdmin(LookUpOnly):
    list_display = ["account", "deputy", "first_day", "last_day", "named_by", "ended_at"]
    date_hierarchy = "first_day"
    list_select_related = ["account", "deputy", "named_by"]
