"""本周活动: what groups do in the seven days ahead, by day and kind."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import public
from diedie_edu.common.days import local_day, local_now, moment
from happy_square.queries import meet_ups
from happy_square.queries.directory import kinds_with_groups


@public
@require_safe
def week(request: HttpRequest) -> HttpResponse:
    kinds = kinds_with_groups()
    wanted = next((row for row in kinds if str(row.pk) == request.GET.get("kind")), None)
    rows = meet_ups.week_ahead(local_now())
    if wanted:
        rows = rows.filter(group__kind=wanted)
    days = groupby(rows, key=lambda row: local_day(row.occasion.starts_at))
    choices = [(_("All kinds"), ""), *((row.title, urlencode({"kind": row.pk})) for row in kinds)]
    chosen = urlencode({"kind": wanted.pk}) if wanted else ""
    context = {
        "days": [(moment(day), list(found)) for day, found in days],
        "is_filtered": wanted is not None,
        "shortcuts": [
            {"label": label, "url": f"?{query}", "current": query == chosen}
            for label, query in choices
        ],
    }
    return render(request, "happy_square/week.html", context)
