"""Children's lists with all that is in them: asked for by POST with a reason, every child in them
written down as looked at."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from after_school.lists.children import children_with_consents, pupil_columns
from after_school.lists.register import AFTERNOON, register_of
from after_school.models import Session, Term
from after_school.views.doors import opens_children
from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import downloads
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.spreadsheets.columns import Column, values_of
from diedie_edu.common.spreadsheets.workbooks import write_xlsx
from diedie_edu.lists.leaving import ask_why, note_export
from diedie_edu.people.actions import access_log

WHOLE = gettext_lazy(
    "Names, phones and all that staff may know. Your reason is kept, "
    "and every child in the list is written down as looked at by you."
)


@opens_children
def term_opened(request: SignedInRequest, pk: int) -> HttpResponse:
    term = get_own_or_404(request, Term.objects, pk=pk)
    return _asked(
        request,
        pupil_columns(local_day(local_now())),
        lambda: children_with_consents(term),
        title=f"{_('Children')} {term.title}",
        back=(_("Children"), reverse("after_school:term_children", args=[pk])),
    )


@opens_children
def session_opened(request: SignedInRequest, session: int) -> HttpResponse:
    found = get_own_or_404(request, Session.objects.select_related("term"), pk=session)
    return _asked(
        request,
        AFTERNOON,
        lambda: register_of(found),
        title=f"{_('Afternoon')} {found.day}",
        back=(_("Today's children"), reverse("after_school:session", args=[session])),
    )


def _asked(
    request: SignedInRequest,
    columns: list[Column],
    children: Callable[[], Iterable[Any]],
    *,
    title: str,
    back: tuple[str, str],
) -> HttpResponse:
    def hand_out(reason: str) -> HttpResponse:
        rows = list(values_of(columns, children()))
        return _handed_out(request, columns, rows, title, reason)

    return ask_why(request, hand_out, title=title, back=back, lead=WHOLE)


def _handed_out(
    request: SignedInRequest,
    columns: list[Column],
    rows: list[dict[str, Any]],
    title: str,
    reason: str,
) -> HttpResponse:
    """Written down first, in one statement."""
    children = [row["child"] for row in rows]
    now = local_now()
    note_export("children", len(rows), reason, by=request.user, now=now)
    access_log.log_access(children=children, by=request.user, page="list", reason=reason, now=now)
    return downloads.workbook(write_xlsx(columns, rows, sheet=title), f"{title} {local_day(now)}")
