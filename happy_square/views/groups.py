"""What everybody sees of the groups."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import public
from diedie_edu.activities.queries.places import who_takes_seats
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import refusal_of
from diedie_edu.people.models import Resident
from happy_square.forms.groups import GroupFilter
from happy_square.models import Group
from happy_square.queries import directory as directories
from happy_square.queries import groups, leaders, meet_ups, members, pictures
from happy_square.rules.members import check_can_join

PER_PAGE = 24
MEET_UPS_SHOWN = 4
NOTES_SHOWN = 3


@public
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    form = GroupFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(directories.directory(wanted), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "groups": directories.with_next_meet_ups(page, local_now()),
        "form": form,
        "is_filtered": any(wanted.values()),
        "shortcuts": _shortcuts(form, request.GET.urlencode()),
    }
    return render(request, "happy_square/directory.html", context)


def _shortcuts(form: GroupFilter, chosen: str) -> list[dict[str, object]]:
    """Every kind in one tap."""
    choices = [(_("All kinds"), "")]
    choices += [(kind.title, urlencode({"kind": kind.pk})) for kind in form.kinds]
    return [
        {"label": label, "url": f"?{query}", "current": query == chosen} for label, query in choices
    ]


@public
@require_safe
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """All that everybody may know of one; each section of the page is a template of its own."""
    found = get_object_or_404(groups.announced_groups(), pk=pk)
    now = local_now()
    context = {
        "group": found,
        "times": directories.usual_times(found),
        "meet_ups": groups.next_meet_ups(found, now)[:MEET_UPS_SHOWN],
        "lately": meet_ups.written_about(pk, now)[:NOTES_SHOWN],
        "leaders": leaders.live_leaderships(pk),
        "pictures": pictures.published(pk),
        "runs_it": groups.run_by(request.user).filter(pk=pk).exists(),
        **_belonging(request, found, now),
    }
    return render(request, "happy_square/group.html", context)


def _belonging(request: HttpRequest, group: Group, now: datetime) -> dict[str, object]:
    """How the reader's family stands towards the group, without whoever leads it; members see who
    else belongs to it, by covered names."""
    family = who_takes_seats(request.user)
    leading = set(leaders.leader_ids(group.pk))
    rows = members.standings_towards(group, family, now) if family else []
    standings = [row for row in rows if row.is_in or row.resident.pk not in leading]
    is_member = any(row.sign_up and row.sign_up.is_seated for row in standings)
    return {
        "standings": standings,
        "is_led": bool(family) and not standings,
        "closed": refusal_of(check_can_join, group, Resident(), now),
        "members": members.members_of(group.pk) if is_member else [],
    }
