"""What of the documents stands on the desks."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.common.parts import DeskProblems, Panel, Problem
from diedie_edu.common.peeks import Peek
from diedie_edu.office.queries.deciders import stuck, submitted
from diedie_edu.office.queries.owed import not_approved_by, owed_by


def due_panels(user: User, now: datetime) -> Iterator[Panel]:
    """What is late, due or returned in the own programmes, and what nobody can approve."""
    if not user.may(Permission.KEEP_OFFICE):
        return
    today = local_day(now)
    rows = [row for row in owed_by(user, today) if row.is_pressing]
    yield Panel(10, "office/due_panel.html", {"rows": rows, "stuck": stuck(user, today)})


def late(user: User, now: datetime) -> Iterator[Problem]:
    if not user.may(Permission.KEEP_OFFICE):
        return
    late = sum(row.is_late for row in owed_by(user, local_day(now)))
    if late:
        text = ngettext(
            "%(number)d document of the programme office is late.",
            "%(number)d documents of the programme office are late.",
            late,
        )
        yield Problem(30, text % {"number": late}, reverse("office:owed"), _("Look"), "brick")


def waits_for_nobody(user: User, now: datetime) -> Iterator[Problem]:
    for document in stuck(user, local_day(now)):
        text = _(
            "Nobody is left to approve %(document)s. Another branch lead or the administrator "
            "names a deputy."
        )
        url = reverse("decisions:deputies")
        yield Problem(25, text % {"document": document}, url, _("Name a deputy"), "brick")


PROBLEMS = (
    DeskProblems(late, (Peek(not_approved_by),)),
    DeskProblems(waits_for_nobody, (Peek(submitted),)),
)
