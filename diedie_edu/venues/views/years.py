"""A year of the calendar: what staff entered of it, and whether that is all."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_now
from diedie_edu.common.next_page import next_page
from diedie_edu.venues.actions.years import mark_complete, mark_incomplete
from diedie_edu.venues.models import CompleteYear, SpecialDay
from diedie_edu.venues.queries.special_days import calendar


@requires(Permission.KEEP_CALENDAR)
def year(request: SignedInRequest, year: str) -> HttpResponse:
    number = int(year)
    if request.method == "POST":
        if "complete" in request.POST:
            mark_complete(year=number, by=request.user, now=local_now())
            messages.success(request, _("Marked: all days of %(year)s stand.") % {"year": number})
        else:
            mark_incomplete(year=number, by=request.user)
            messages.success(request, _("Open again: some days are still missing."))
        return redirect(next_page(request, reverse("venues:year", args=[year])))
    known = calendar()
    context = {
        "year": number,
        "days": SpecialDay.objects.filter(day__year=number),
        "is_announced": known.is_announced(number),
        "marked": CompleteYear.objects.filter(year=number).select_related("marked_by").first(),
        "makeup_workdays": known.makeup_workdays(number),
        "lecture_days": len(known.lecture_days(number)),
    }
    return render(request, "venues/year.html", context)
