"""Where branch leads review: a version line by line, one decision or several."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.accounts.admin_base import LookUpOnly
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.errors import Refused, refusal_of
from diedie_edu.decisions import rules as deciding_rules
from diedie_edu.decisions.forms import DecideForm, opened, sealed
from diedie_edu.decisions.kinds import canonical
from diedie_edu.decisions.models import State as Decided
from diedie_edu.decisions.queries.deputies import capacities
from diedie_edu.decisions.queries.requests import open_request
from diedie_edu.decisions.rules import Decision
from diedie_edu.office.actions import remarks, versions
from diedie_edu.office.actions.reviewing import KINDS
from diedie_edu.office.forms.review import COMMENT, REVOKED, ReviewForm
from diedie_edu.office.models import State, Version
from diedie_edu.office.queries import review as queries
from diedie_edu.office.queries.contents import contents
from diedie_edu.office.queries.history import earlier_lines

MOST = 50
SAID = {
    Decided.APPROVED: _("%(version)s is approved. Its authors hear of it."),
    Decided.RETURNED: _("%(version)s goes back with your remarks."),
    COMMENT: _("Your words stand beside the lines of %(version)s."),
    REVOKED: _("The approval of %(version)s is withdrawn. Its authors hear why."),
}


@admin.register(Version)
class VersionAdmin(LookUpOnly):
    """The page of a version is its review; several are decided from the list, after a page that
    shows what each says."""

    list_display = ["what", "number", "state", "total", "due_on", "submitted_by"]
    list_filter = ["state", "document__programme", "document__work", "submitted_at"]
    list_select_related = ["document", "submitted_by"]
    search_fields = ["submitted_by__display_name", "reason"]
    ordering = ["-submitted_at", "-pk"]
    actions = ["decide_together"]
    change_form_template = "admin/office/review.html"

    @admin.display(description=_("document of the office"), ordering="document")
    def what(self, version: Version) -> str:
        return str(version.document)

    @admin.display(description=_("due on"), ordering="document__due_on")
    def due_on(self, version: Version) -> Any:
        return version.document.due_on

    def has_decide_permission(self, request: SignedInRequest) -> bool:
        return bool(request.user.scopes(Permission.REVIEW_OFFICE))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """All that was decided stands on the page itself."""
        self.get_object(request, object_id)
        return redirect(reverse("admin:office_version_change", args=[object_id]) + "#history")

    def change_view(
        self,
        request: SignedInRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        version = self.get_object(request, object_id)
        form = ReviewForm(request.POST or None)
        seen = opened(version, request.POST.get("seen", ""))
        if form.is_valid():
            with refusals.in_form(form):
                self._carry_out(request, version, form, seen)
                return redirect("admin:office_version_changelist")
            version.refresh_from_db()
        return TemplateResponse(
            request, self.change_form_template, self._context(request, version, form, seen)
        )

    def _carry_out(
        self, request: SignedInRequest, version: Version, form: ReviewForm, seen: str
    ) -> None:
        """Raises `Refused`, and `PermissionDenied` where the reader does not review."""
        by, now, what = request.user, local_now(), form.cleaned_data["what"]
        if what == COMMENT:
            said = {None: form.about_all, **form.beside}
            remarks.comment(version=version, said=said, by=by, now=now)
        elif what == REVOKED:
            self._check_reviews(request, version)
            versions.revoke(version=version, reason=form.about_all, by=by, now=now)
        else:
            decision = Decision(what, seen, form.reason)
            remarks.review(version=version, decision=decision, asks=form.beside, by=by, now=now)
        messages.success(request, SAID[what] % {"version": version})

    def _check_reviews(self, request: SignedInRequest, version: Version) -> None:
        if not request.user.may(Permission.REVIEW_OFFICE, version.document.programme):
            raise PermissionDenied

    def _context(
        self, request: SignedInRequest, version: Version, form: ReviewForm, seen: str
    ) -> dict[str, Any]:
        """Where it was changed meanwhile, the page sets what was seen beside what stands now."""
        before = queries.compared_with(version)
        is_changed = bool(seen) and seen != canonical(contents([version.pk])[version.pk])
        rows = queries.rows_between(seen, version) if is_changed else queries.rows(version, before)
        return {
            **self.admin_site.each_context(request),
            "title": str(version),
            "opts": self.opts,
            "version": version,
            "before": before,
            "rows": rows,
            "is_changed": is_changed,
            "steps": queries.history(version.document),
            "earlier": earlier_lines(version.document),
            "refusal": self._refusal(request, version),
            "may_revoke": version.state == State.APPROVED
            and request.user.may(Permission.REVIEW_OFFICE, version.document.programme),
            "form": form,
            "seen": sealed(version, canonical(contents([version.pk])[version.pk])),
            "today": local_day(local_now()),
        }

    def _refusal(self, request: SignedInRequest, version: Version) -> str:
        """Why the reader does not decide on it; empty where they do."""
        asked = open_request(KINDS[version.document.work], version.pk)
        if asked is None or not asked.is_waiting:
            return __("It does not wait for a decision: %s.") % version.get_state_display()
        accounts = capacities(request.user, local_day(local_now()))
        return str(refusal_of(deciding_rules.check_capacity, request.user, accounts, asked) or "")

    @admin.action(description=_("Decide together …"), permissions=["decide"])
    def decide_together(
        self, request: SignedInRequest, queryset: QuerySet[Version]
    ) -> HttpResponse | None:
        """First all that the chosen ones say, then one decision; each is checked anew."""
        chosen = list(queryset.filter(state=State.SUBMITTED)[:MOST])
        if not chosen:
            messages.warning(request, __("None of these waits for a decision."))
            return None
        form = DecideForm(request.POST if "what" in request.POST else None, may_refuse=False)
        left = self._decide(request, chosen, form) if form.is_valid() else {}
        chosen = [version for version in chosen if version.pk in left or not form.is_valid()]
        if not chosen:
            return None
        context = {**self.admin_site.each_context(request), "opts": self.opts, "form": form}
        context |= {"title": __("Decide together"), "rows": self._preview(request, chosen, left)}
        return TemplateResponse(request, "admin/office/decide_together.html", context)

    def _decide(
        self, request: SignedInRequest, chosen: list[Version], form: DecideForm
    ) -> dict[int, Refused]:
        """Those that stay out, with why; what is decided is said."""
        left: dict[int, Refused] = {}
        by, now = request.user, local_now()
        for version in chosen:
            try:
                decision = form.decision(version, request.POST.get(f"seen-{version.pk}", ""))
                remarks.review(version=version, decision=decision, asks={}, by=by, now=now)
            except Refused as refusal:
                left[version.pk] = refusal
        if done := len(chosen) - len(left):
            text = ngettext("%d document is decided.", "%d documents are decided.", done)
            messages.success(request, text % done)
        return left

    def _preview(
        self, request: SignedInRequest, chosen: list[Version], left: dict[int, Refused]
    ) -> list[dict[str, Any]]:
        """What each says now; where it was changed meanwhile, beside what was seen."""
        found = contents([version.pk for version in chosen])
        for version in chosen:
            version.refresh_from_db()
        return [
            {
                "version": version,
                "rows": self._rows_of(request, version, version.pk in left),
                "seen": sealed(version, canonical(found[version.pk])),
                "refusal": left.get(version.pk),
            }
            for version in chosen
        ]

    def _rows_of(
        self, request: SignedInRequest, version: Version, is_left: bool
    ) -> list[queries.Row]:
        seen = opened(version, request.POST.get(f"seen-{version.pk}", ""))
        if seen and is_left:
            return queries.rows_between(seen, version)
        return queries.rows(version, queries.compared_with(version))
