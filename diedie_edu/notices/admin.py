"""Messages and attempts to look up; only the outbox writes them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.admin_base import LookUp, LookUpOnly, PortalInline
from diedie_edu.notices.models import Attempt, Notice, Reached
from diedie_edu.notices.queries import addresses


class AttemptInline(LookUp, PortalInline):
    model = Attempt
    fields = ["number", "started_at", "ended_at", "outcome", "reason", "detail"]
    extra = 0


@admin.register(Notice)
class NoticeAdmin(LookUpOnly):
    list_display = ["created_at", "kind", "addressee", "channel", "status", "settled_at"]
    list_filter = ["status", "channel", "kind"]
    date_hierarchy = "created_at"
    search_fields = ["recipient__name_key__holds", "account__display_name", "subject"]
    list_select_related = ["recipient", "account"]
    show_full_result_count = False
    fields = [
        "kind",
        "subject",
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
    readonly_fields = ["sent_to"]
    inlines = [AttemptInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        return addresses.with_address(super().get_queryset(request))

    @admin.display(description=_("recipient"))
    def addressee(self, notice: Notice) -> str:
        return str(notice.addressee or "–")

    @admin.display(description=_("sent to"))
    def sent_to(self, notice: Notice) -> str:
        return addresses.masked_address(notice) or "–"


@admin.register(Attempt)
class AttemptAdmin(LookUpOnly):
    list_display = ["notice", "number", "started_at", "ended_at", "outcome", "reason", "detail"]
    list_filter = ["outcome", "reason"]
    date_hierarchy = "started_at"
    list_select_related = ["notice"]
    show_full_result_count = False
    fields = [
        "notice",
        "number",
        "started_at",
        "ended_at",
        "outcome",
        "reason",
        "detail",
    ]


@admin.register(Reached)
class ReachedAdmin(LookUpOnly):
    list_display = ["at", "event", "recipient", "account", "by"]
    date_hierarchy = "at"
    list_select_related = ["recipient", "account", "by"]
    show_full_result_count = False
    fields = ["event", "recipient", "account", "by", "at"]
