"""The planning board: from what residents want to the lecture that answers it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from diedie_edu.common.days import local_now
from diedie_edu.people.models import TopicArea
from residents_school import queries
from residents_school.views.staff import plans


@plans
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    now = local_now()
    wanted = request.GET.get("area", "")
    rows = queries.planning_board(now)
    context = {
        "rows": [row for row in rows if wanted in ("", row.topic.area.slug)],
        "areas": TopicArea.objects.all(),
        "area": wanted,
        "typed": queries.typed_topics(queries.answers_that_count(now)),
    }
    return render(request, "residents_school/board.html", context)
