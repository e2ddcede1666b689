"""Messages and attempts to look up; only the outbox writes them."""

import re
from functools import partial

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.admin_base import LookUp, LookUpOnly, PortalAdmin, PortalInline
from diedie_edu.accounts.admin_words import CodesFilter
from diedie_edu.common.manifests import parts_by
from diedie_edu.lists.admin import ListIn
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.models import ApprovedTemplate, Attempt, Notice, Reached
from diedie_edu.notices.queries import addresses


def kind_in_words(code: str) -> str:
    """The title of a kind without what differs from one message to the next."""
    kind = parts_by(Kind, "code").get(code)
    return re.sub(r"\{\w+\}", "…", gettext(str(kind.title))) if kind else "–"


class KindFilter(CodesFilter):
    codes = staticmethod(partial(parts_by, Kind, "code"))
    label = staticmethod(kind_in_words)


class AttemptInline(LookUp, PortalInline):
    model = Attempt
    fields = ["number", "started_at", "ended_at", "outcome", "reason", "detail"]
    extra = 0


@admin.register(Notice)
class NoticeAdmin(LookUpOnly):
    list_display = ["created_at", "kind_in_words", "addressee", "channel", "status", "settled_at"]
    list_filter = ["status", "channel", ("kind", KindFilter), "created_at"]
    search_fields = ["recipient__name_key__holds", "account__display_name"]
    list_select_related = ["recipient", "account"]
    ordering = ["-pk"]
    fields = [
        "kind_in_words",
        "recipient",
        "account",
        "channel",
        "sent_to",
        "status",
        "created_at",
        "next_try_at",
        "expires_at",
        "settled_at",
        "read_at",
        "tries",
        "again_of",
        "again_by",
    ]
    readonly_fields = ["kind_in_words", "sent_to"]
    inlines = [AttemptInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        return addresses.with_address(super().get_queryset(request))

    @admin.display(description=_("kind of message"), ordering="kind")
    def kind_in_words(self, notice: Notice) -> str:
        return kind_in_words(notice.kind)

    @admin.display(description=_("recipient"))
    def addressee(self, notice: Notice) -> str:
        return str(notice.addressee or "–")

    @admin.display(description=_("sent to"))
    def sent_to(self, notice: Notice) -> str:
        return addresses.masked_address(notice) or "–"


@admin.register(Attempt)
class AttemptAdmin(LookUpOnly):
    list_display = ["notice", "number", "started_at", "ended_at", "outcome", "reason", "detail"]
    list_filter = ["outcome", "reason", "started_at"]
    list_select_related = ["notice"]
    fields = [
        "notice",
        "number",
        "started_at",
        "ended_at",
        "outcome",
        "reason",
        "detail",
    ]


@admin.register(ApprovedTemplate)
class ApprovedTemplateAdmin(ListIn, PortalAdmin):
    list_slug = "templates"
    list_display = ["name", "provider", "code", "approved_on"]
    list_filter = ["provider", "approved_on"]
    search_fields = ["name", "code"]
    fields = ["provider", "name", "code", "approved_on", "text"]


@admin.register(Reached)
class ReachedAdmin(LookUpOnly):
    list_display = ["at", "what", "recipient", "account", "by"]
    list_filter = ["at"]
    list_select_related = ["recipient", "account", "by"]
    fields = ["what", "recipient", "account", "by", "at"]
    readonly_fields = ["what"]

    @admin.display(description=_("kind of message"), ordering="event")
    def what(self, reached: Reached) -> str:
        return kind_in_words(reached.event.partition(":")[0])
