"""Pages that cross programmes."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from after_school.queries import children, terms
from diedie_edu.accounts.access import public, requires, signed_in
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.queries import no_shows
from diedie_edu.common.days import local_day, local_now, weekend_of
from diedie_edu.common.next_page import next_page
from diedie_edu.notices.queries import inbox
from diedie_edu.people.forms import FreeTimesForm
from diedie_edu.people.models import Volunteer
from diedie_edu.people.queries import family_of
from diedie_edu.portal.context import VIEW_COOKIE, VIEWS
from diedie_edu.portal.queries import desk_school, desk_surveys
from diedie_edu.portal.queries.desk import attention, coming_rows, figures, quick_actions
from diedie_edu.portal.queries.my_page import been_to, duties_of, entries_ahead
from diedie_edu.portal.style_samples import style_samples
from diedie_edu.programmes.models import Programme, Statement
from diedie_edu.volunteering.queries import hours
from residents_school.queries import materials, surveys, wishes
from residents_school.queries.lectures import announced_lectures, next_lectures
from residents_school.rules.lectures import PROGRAMME as RESIDENTS_SCHOOL

LECTURES_ON_HOME = 4
YEAR = 365 * 24 * 3600


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    now = local_now()
    lectures = next_lectures(now, LECTURES_ON_HOME)
    _saturday, sunday = weekend_of(local_day(now))
    signed_in = request.user.is_authenticated
    context = {
        "this_weekend": [row for row in lectures if local_day(row.starts_at) <= sunday],
        "later": [row for row in lectures if local_day(row.starts_at) > sunday],
        "terms": terms.terms_to_enrol_in(now),
        "now": now,
        "surveys": surveys.surveys_waiting_for(request.user, local_day(now)),
        "programmes": Programme.objects.all(),
        "notices": inbox.unread_notices(request.user)[:3] if signed_in else [],
    }
    return render(request, "portal/home.html", context)


@signed_in
@require_GET
def my_page(request: HttpRequest) -> HttpResponse:
    now = local_now()
    family = family_of(request.user)
    ahead = entries_ahead(family, now)
    context = {
        "offered": [entry for entry in ahead if entry.is_offered],
        "upcoming": [entry for entry in ahead if entry.is_seated],
        "waiting": [entry for entry in ahead if entry.is_waiting],
        "past": been_to(family),
        "household": family if len(family) > 1 else [],
        "duties": duties_of(family[0], now) if family else [],
        "hours": hours.hours_of(family[0]) if family else None,
        "wishes": wishes.wishes_of(family),
        "put_behind": no_shows.put_behind_among([one.pk for one in family], now),
        "children": children.rights_of(request.user),
        "serves": _serves(request.user),
    }
    return render(request, "portal/my_page.html", context)


def _serves(user: User) -> bool:
    """Whether a volunteer's pages open: the role alone, without an entry, has none."""
    registered = Volunteer.objects.filter(resident__account=user)
    return user.may(Permission.SERVE) and registered.exists()


@requires(Permission.SERVE)
def free_times(request: HttpRequest) -> HttpResponse:
    """When a volunteer could give a lecture, as the planning board shows it."""
    volunteer = get_object_or_404(Volunteer, resident__account=request.user)
    form = FreeTimesForm(request.POST or None, instance=volunteer)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Thank you. The staff see this when they plan."))
        return redirect("portal:my_page")
    return render(request, "portal/free_times.html", {"form": form})


@requires(Permission.OPEN_DESK)
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    now = local_now()
    rows = coming_rows(now, request.user)
    context = {
        "today": now,
        "occasions": rows,
        "stats": [
            *desk_school.school_figures(now, request.user),
            *figures(rows),
            *desk_surveys.survey_figures(now, request.user),
        ],
        "problems": attention(now, request.user),
        "actions": quick_actions(request.user),
    }
    return render(request, "portal/desk.html", context)


@public
@require_GET
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Programme, slug=slug)
    statements = list(found.statements.order_by("position"))
    context = {
        "programme": found,
        "aims": [row for row in statements if row.kind == Statement.Kind.AIM],
        "principles": [row for row in statements if row.kind == Statement.Kind.PRINCIPLE],
        "arrangements": [row for row in statements if row.kind == Statement.Kind.ARRANGEMENT],
        "leads": found.leads.all(),
        "responsibilities": found.responsibilities.all(),
        "has_lectures": slug == RESIDENTS_SCHOOL,
    }
    return render(request, "portal/programme_detail.html", context)


@public
@require_GET
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One address for every activity, as messages carry it; its programme has the page. Who
    speaks at a draft is told of it too."""
    if terms.shown_terms(local_now()).filter(pk=pk).exists():
        return redirect("after_school:school")
    if announced_lectures().filter(pk=pk).exists():
        return redirect("residents_school:lecture_detail", pk)
    speaks = request.user.is_authenticated and materials.lectures_spoken_by(request.user)
    if speaks and speaks.filter(occasion__activity=pk).exists():
        return redirect("residents_school:own_lecture", pk)
    raise Http404


@public
@require_POST
def view_mode(request: HttpRequest) -> HttpResponse:
    """Switch between the standard and the elder view, and stay on the page."""
    response = redirect(next_page(request, reverse("portal:home")))
    mode = request.POST.get("mode")
    if mode in VIEWS:
        response.set_cookie(
            VIEW_COOKIE,
            mode,
            max_age=YEAR,
            samesite="Lax",
            secure=settings.SECURE,
            httponly=True,
        )
    return response


@requires(Permission.OPEN_DESK)
@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """Every part of the look in every state, for those who build pages."""
    return render(request, "style.html", style_samples(local_now()))
