"""Lists with all that is in them: asked for by POST with a reason, each application in them written
down as looked at."""

from django.http import HttpResponse
from django.shortcuts import render

from diedie_edu.accounts.access import SignedInRequest, confirmed
from diedie_edu.common import downloads
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.spreadsheets.columns import values_of
from diedie_edu.common.spreadsheets.workbooks import write_xlsx
from diedie_edu.lists.leaving import note_export
from diedie_edu.people.looks import in_a_file
from edu_base.actions import documents
from edu_base.forms.lists import WholeListForm
from edu_base.lists.applications import APPLICATIONS_LIST
from edu_base.lists.students import STUDENTS_LIST
from edu_base.queries.review import years
from edu_base.views.doors import uncovers

KINDS = {kind.slug: kind for kind in (APPLICATIONS_LIST, STUDENTS_LIST)}


@uncovers
@confirmed
def whole_lists(request: SignedInRequest) -> HttpResponse:
    titles = [(slug, kind.title) for slug, kind in KINDS.items()]
    form = WholeListForm(
        request.POST or None, kinds=titles, years=years(), initial={"kind": titles[0][0]}
    )
    if request.method == "POST" and form.is_valid():
        return _handed_out(request, **form.cleaned_data)
    return render(request, "edu_base/whole_lists.html", {"form": form})


def _handed_out(request: SignedInRequest, kind: str, year: int, reason: str) -> HttpResponse:
    """Written down first, in one statement."""
    now = local_now()
    today, of_kind = local_day(now), KINDS[kind]
    rows = list(of_kind.rows(request.user, today).filter(year=year))  # type: ignore[attr-defined]
    title = str(of_kind.title)
    documents.log_looks(applications=rows, what=title, by=request.user, now=now, reason=reason)
    note_export(kind, len(rows), reason, by=request.user, now=now)
    columns = of_kind.columns(today)
    with in_a_file(by=request.user, page=f"list {kind}", now=now, reason=reason) as names:
        data = write_xlsx(columns, names.noted(values_of(columns, rows)), sheet=f"{year}")
    return downloads.workbook(data, f"{title} {year} {today}")
