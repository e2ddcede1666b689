"""What everybody sees of the 4:30 school: its terms and its working rules."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from after_school.messages import PHONES
from after_school.queries import bands
from after_school.queries.terms import terms_to_enrol_in
from after_school.rules.terms import PROGRAMME
from after_school.views.doors import takes_seats
from diedie_edu.accounts.access import SignedInRequest, public
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.next_page import next_page
from diedie_edu.common.paper import paper_of
from diedie_edu.notices.kinds import numbers_to_ring
from diedie_edu.programmes.actions import confirm_rules
from diedie_edu.programmes.models import Programme, RuleConfirmation, RuleVersion
from diedie_edu.programmes.queries import rules_in_force


@public
@require_safe
def school(request: HttpRequest) -> HttpResponse:
    """The terms one can enrol in, and the reader's own children."""
    now = local_now()
    signed_in = request.user.is_authenticated
    context = {
        "programme": Programme.objects.filter(slug=PROGRAMME).first(),
        "terms": terms_to_enrol_in(now),
        "children": bands.children_of(request.user, now) if signed_in else [],  # type: ignore[arg-type]
        "today": local_day(now),
    }
    return render(request, "after_school/school.html", context)


def _rules_or_404() -> RuleVersion:
    rules = rules_in_force(PROGRAMME, local_now())
    if rules is None:
        raise Http404
    return rules


@public
@require_safe
def working_rules(request: HttpRequest) -> HttpResponse:
    rules = _rules_or_404()
    context = {
        "rules": rules,
        "confirmation": RuleConfirmation.objects.filter(
            user=request.user.pk, version=rules
        ).first(),
    }
    return render(request, "after_school/rules.html", context)


@public
@require_safe
def rules_poster(request: HttpRequest) -> HttpResponse:
    """The working rules on paper, for the wall of the room."""
    context = {
        "rules": _rules_or_404(),
        "address": settings.PORTAL_URL + reverse("after_school:rules"),
        "numbers": numbers_to_ring(PHONES),
        **paper_of(request),
    }
    return render(request, "after_school/rules_poster.html", context)


@takes_seats
@require_POST
def rules_confirm(request: SignedInRequest) -> HttpResponse:
    rules = _rules_or_404()
    confirm_rules(version=rules, by=request.user, now=local_now())
    messages.success(request, _("Thank you. We have noted that you keep to the rules."))
    return redirect(next_page(request, reverse("after_school:rules")))
