"""What residents see and do."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import public
from diedie_edu.activities.queries import sign_ups
from diedie_edu.activities.queries.places import places_of, who_takes_seats
from diedie_edu.activities.rules.sign_up import check_sign_up
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.errors import refusal_of
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import family_of
from residents_school.forms.search import LectureSearch
from residents_school.models import Lecture
from residents_school.queries import lectures, materials, seasons, wishes


@public
@require_safe
def lecture_list(request: HttpRequest) -> HttpResponse:
    now = local_now()
    search = LectureSearch.of(request.GET, local_day(now))
    found: Any = _found(search, now)
    page = Paginator(found, lectures.PER_PAGE).get_page(request.GET.get("page"))
    seasons.with_places_in_series(list(page.object_list))
    if request.user.is_authenticated:
        lectures.with_own_sign_ups(list(page.object_list), family_of(request.user))
    context = {"page": page, "search": search, "is_filtered": search.is_filtered}
    return render(request, "residents_school/lecture_list.html", context)


def _found(search: LectureSearch, now: datetime) -> QuerySet[Any] | lectures.Ahead:
    """A choice that cannot be read is none."""
    if search.is_filtered and search.form.is_valid():
        return _filtered(lectures.lectures_ahead(now), search.form.cleaned_data)
    return lectures.Ahead(now)


def _filtered(found: QuerySet[Lecture], wanted: dict) -> QuerySet[Lecture]:
    if wanted["q"]:
        found = lectures.mentioning(found, wanted["q"])
    if wanted["topic"].startswith("area-"):
        found = found.filter(topic__area=wanted["topic"].removeprefix("area-"))
    elif wanted["topic"]:
        found = found.filter(topic=wanted["topic"])
    if wanted["teaching_form"]:
        found = found.filter(teaching_form=wanted["teaching_form"])
    if wanted["day"]:
        found = found.filter(starts_at__date=wanted["day"])  # type: ignore[misc]
    if wanted["free"]:
        found = found.filter(taken__lt=F("capacity"), state="published")
    return found


def _series(lecture: Lecture, family: list[Resident], now: datetime) -> dict[str, Any] | None:
    """The dates of its series, with the family's own places; None where it stands alone."""
    dates = list(seasons.announced_dates(lecture.series_id)) if lecture.series_id else []
    if len(dates) < 2:
        return None
    lectures.with_own_sign_ups(dates, family)
    ahead = [row for row in dates if row.starts_at > now]
    return {
        "dates": dates,
        "ahead": len(ahead),
        "full": [row for row in ahead if not row.free and row.sign_up is None],
        "is_open": any(row.sign_up is None and row.sign_up_opens_at <= now for row in ahead),
    }


@public
@require_safe
def lecture_detail(request: HttpRequest, pk: int) -> HttpResponse:
    lecture = lectures.announced_lecture.first(pk=pk)
    if lecture is None:
        raise Http404
    now = local_now()
    family = who_takes_seats(request.user)
    places = places_of(lecture, family, lecture.occasion.starts_at, now)
    context = {
        "lecture": lecture,
        "speakers": lectures.speakers(lecture),
        "materials": materials.materials_of(lecture),
        "waiting": 0 if lecture.free else sign_ups.waiting_count(pk),
        "places": places,
        "choices": [place for place in places if place.may_sign_up],
        "series": _series(lecture, family, now),
        "closed": refusal_of(check_sign_up, lecture, Resident(), now),
        "is_wished": bool(family) and wishes.has_wished(family[0], lecture.topic),
    }
    return render(request, "residents_school/lecture_detail.html", context)
