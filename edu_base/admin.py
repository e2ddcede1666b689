"""Colleges, years of schemes and classes are kept here; applications are looked up, and worked with
on pages of their own."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.admin_base import LookUp, LookUpOnly, PortalAdmin, PortalInline
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.lists.admin import ListIn, ListOut
from edu_base.actions import grants
from edu_base.actions.proposing import place
from edu_base.forms.schemes import IntakeForm, SchemeYearForm
from edu_base.models import (
    Allotment,
    Application,
    Award,
    CampaignEvent,
    College,
    Enterprise,
    EnterpriseOffer,
    Fact,
    GrantFact,
    GrantFund,
    Intake,
    Major,
    Milestone,
    Nomination,
    SchemeYear,
    State,
)
from edu_base.models.schemes import PROGRAMME


class MajorsInline(PortalInline):
    model = Major
    extra = 1


@admin.register(College)
class CollegeAdmin(PortalAdmin):
    list_display = ["title_zh", "title_en", "note"]
    search_fields = ["title_zh", "title_en"]
    fields = ["title_zh", "title_en", "note"]
    inlines = [MajorsInline]


class OfAYear(PortalAdmin):
    """What it belongs to is said once: applications carry it."""

    said_once: tuple[str, ...]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*(self.said_once if obj else ()), *self.readonly_fields]


@admin.register(SchemeYear)
class SchemeYearAdmin(OfAYear):
    form = SchemeYearForm
    said_once = ("scheme", "year")
    list_display = ["scheme", "year", "target", "allotted", "places", "taken"]
    list_filter = ["scheme", "year"]
    readonly_fields = ["taken", "allotted"]
    fields = [
        *("scheme", "year", ("target", "allotted"), ("places", "taken"), "allotments_end_on"),
        "counts_elsewhere",
    ]


@admin.register(Intake)
class IntakeAdmin(OfAYear):
    form = IntakeForm
    said_once = ("scheme_year",)
    list_display = ["title_zh", "scheme", "year", "places", "taken", "opens_on", "closes_on"]
    list_filter = ["scheme", "year"]
    search_fields = ["title_zh", "title_en"]
    readonly_fields = ["taken"]
    fields = [
        *("scheme_year", ("title_zh", "title_en"), "college", "majors", ("places", "taken")),
        *(("opens_on", "closes_on"), ("min_age", "max_age", "age_counts_on"), "schoolings"),
        *("belongings", "residence_proof", "months_employed", ("study_years", "fee")),
        *("has_interview", "two_reviewers", ("announce_days", "offer_days")),
    ]


class Kept(LookUpOnly):
    """Rows that actions of the page write, for whoever keeps applicants."""

    def has_keep_permission(self, request: HttpRequest) -> bool:
        assert isinstance(request.user, User)  # the middleware lets nobody else in
        return request.user.may(Permission.KEEP_APPLICANTS, PROGRAMME)


@admin.register(Application)
class ApplicationAdmin(Kept):
    """Without numbers, addresses and words: those stand on the page of the application, where
    each look is written down."""

    list_display = ["person", "intake", "state", "state_since", "rank", "origin"]
    list_filter = ["state", "scheme", "year", "origin", "intake"]
    list_select_related = ["person", "intake"]
    search_fields = ["person__name_key__holds"]
    search_help_text = _("Search by name")
    fields = [
        *("intake", "person", "guardian", "origin", "paper_reference", "made_by", "made_at"),
        *("state", "state_since", "submitted_at", "rank", "dwelling", "dwelling_seen_by"),
        *("dwelling_seen_at", "stopped_at", "offer_ends_at", "erased_at"),
    ]
    actions = ["propose"]

    @admin.action(description=_("Propose those chosen, by rank"), permissions=["keep"])
    def propose(self, request: HttpRequest, chosen: QuerySet[Application]) -> None:
        """As the button of the page does; of whoever cannot be proposed it says why."""
        assert isinstance(request.user, User)
        number = 0
        for row in chosen.order_by(F("rank").asc(nulls_last=True), "pk"):
            with refusals.as_message(request):
                place(application=row, to=State.PROPOSED, by=request.user, now=local_now())
                number += 1
        messages.success(request, _("Proposed: %(number)d") % {"number": number})


@admin.register(Enterprise)
class EnterpriseAdmin(ListIn, ListOut, LookUpOnly):
    list_slug = "enterprises"
    list_display = ["organisation", "credit_code"]
    list_select_related = ["organisation"]
    search_fields = ["organisation__title", "credit_code"]
    fields = ["organisation", "credit_code"]


@admin.register(Allotment)
class AllotmentAdmin(LookUpOnly):
    list_display = ["enterprise", "year", "places", "used", "returned", "link_ends_on"]
    list_filter = ["year"]
    list_select_related = ["enterprise__organisation"]
    search_fields = ["enterprise__organisation__title"]
    fields = [
        *("enterprise", "scheme_year", "places", "used", "returned", "link_sent_at"),
        *("link_ends_on", "made_by", "made_at"),
    ]


@admin.register(Nomination)
class NominationAdmin(ListIn, ListOut, LookUpOnly):
    """Without the phone and what the enterprise wrote: those stand on the enterprise's page."""

    list_slug = "workers"
    list_display = ["full_name", "allotment", "nominated_at", "confirmed_at", "ending"]
    list_filter = ["year", "ending"]
    list_select_related = ["allotment__enterprise__organisation"]
    search_fields = ["name_key__holds"]
    search_help_text = _("Search by name")
    fields = [
        *("full_name", "allotment", "nominated_at", "nominated_by", "application"),
        *("confirmed_at", "left_on", "ended_at", "ended_by", "ending", "forgotten_at"),
    ]


@admin.register(GrantFund)
class GrantFundAdmin(LookUpOnly):
    list_display = ["title_zh", "year", "scheme", "total", "awarded", "amount", "document"]
    list_filter = ["year", "scheme"]
    search_fields = ["title_zh", "document"]
    fields = [
        *("title_zh", "title_en", "year", "scheme", ("total", "awarded"), "amount"),
        *("document", "approved_on", "ceremony"),
    ]


class FactsInline(LookUp, PortalInline):
    """All that was entered of an award, what was taken back too."""

    model = GrantFact
    extra = 0
    fields = ("fact", "on", "at", "by", "note", "proxy", "proxy_is", "takes_back", "stands")
    readonly_fields = fields


@admin.register(Award)
class AwardAdmin(ListIn, ListOut, Kept):
    list_slug = "grants"
    list_display = ["application", "fund", "amount", "stands"]
    list_filter = ["stands", "fund__year", "fund"]
    list_select_related = ["application__person", "application__intake", "fund"]
    search_fields = ["application__person__name_key__holds"]
    search_help_text = _("Search by name")
    fields = ["application", "fund", "amount", "stands"]
    inlines = [FactsInline]
    actions = ["pay"]

    @admin.action(description=_("Enter as paid today"), permissions=["keep"])
    def pay(self, request: HttpRequest, chosen: QuerySet[Award]) -> None:
        """As the button of the page does: all of them or none."""
        assert isinstance(request.user, User)
        now = local_now()
        told = grants.Told(local_day(now))
        with refusals.as_message(request):
            grants.record(awards=chosen, fact=Fact.PAID, told=told, by=request.user, now=now)
            messages.success(request, _("Entered as paid: %d") % len(chosen))


@admin.register(CampaignEvent)
class CampaignEventAdmin(LookUpOnly):
    ordering = ["-pk"]
    list_display = ["title", "kind", "state", "needs_sign_up", "taken", "capacity"]
    list_filter = ["kind", "state"]
    search_fields = ["title"]
    fields = [
        *("title", "kind", "summary", "introduction", "state", "needs_sign_up"),
        *("capacity", "taken", "call_off_reason"),
    ]


@admin.register(Milestone)
class MilestoneAdmin(LookUpOnly):
    list_display = ["title_zh", "year", "starts_on", "due_on", "done_at"]
    list_filter = ["year"]
    search_fields = ["title_zh"]
    fields = ["title_zh", "title_en", "year", "starts_on", "due_on", "done_at", "done_by"]


@admin.register(EnterpriseOffer)
class EnterpriseOfferAdmin(LookUpOnly):
    list_display = ["enterprise", "event", "kind", "title", "places"]
    list_filter = ["kind", "event"]
    list_select_related = ["enterprise", "event"]
    search_fields = ["title", "enterprise__title"]
    fields = ["event", "enterprise", "kind", "title", "places", "made_by", "made_at"]
