"""What residents want to learn: a wish with one tap, all year round."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, public, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.queries.places import who_takes_seats
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.groups import SMALL
from diedie_edu.common.next_page import next_page
from diedie_edu.people.models import Resident, Topic
from diedie_edu.people.queries import family_of
from residents_school.actions.wishes import make_wish, take_back_wish
from residents_school.queries import surveys
from residents_school.queries.wishes import topics_by_area


@public
@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    now = local_now()
    context = {
        "areas": topics_by_area(_oneself(request), now),
        "surveys": surveys.running_surveys(local_day(now)),
        "found": surveys.surveys_with_results(),
        "few": SMALL,
    }
    return render(request, "residents_school/needs.html", context)


@requires(Permission.TAKE_SEATS)
def wish(request: SignedInRequest, pk: int) -> HttpResponse:
    """A GET comes from signing in on the way: on to the list with the button."""
    topic = get_object_or_404(Topic, pk=pk, is_offered=True)
    if request.method == "POST":
        if make_wish(resident=_member(request), topic=topic, now=local_now()):
            text = _("Noted: %(topic)s. We tell you when there is a lecture on it.")
        else:
            text = _("%(topic)s is noted already. We tell you when there is a lecture on it.")
        messages.success(request, text % {"topic": topic})
    return redirect(next_page(request, _place_of(topic)))


@requires(Permission.TAKE_SEATS)
def wish_back(request: SignedInRequest, pk: int) -> HttpResponse:
    topic = get_object_or_404(Topic, pk=pk)
    if request.method == "POST":
        take_back_wish(resident=_member(request), topic=topic)
        messages.success(request, _("Taken back: %(topic)s.") % {"topic": topic})
    return redirect(next_page(request, _place_of(topic)))


def _place_of(topic: Topic) -> str:
    return f"{reverse('residents_school:needs')}#topic-{topic.pk}"


def _oneself(request: HttpRequest) -> Resident | None:
    return next(iter(who_takes_seats(request.user)), None)


def _member(request: SignedInRequest) -> Resident:
    """The family member named in the form, oneself where none is."""
    wanted = request.POST.get("resident", "")
    for member in family_of(request.user):
        if wanted in ("", str(member.pk)):
            return member
    raise Http404
