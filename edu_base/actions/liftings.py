"""An exception to a condition of a class: one of the staff asks, a lead who has not asked decides
(`decisions`), and the reason stays with the application.

Lock order: the application → its request.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.names import covered
from diedie_edu.decisions.actions import erasing, requests
from diedie_edu.decisions.kinds import DecisionKind
from diedie_edu.decisions.models import Request
from edu_base.actions.steps import lock_application
from edu_base.models import Application, Lifting
from edu_base.models.schemes import PROGRAMME
from edu_base.queries import liftings as queries
from edu_base.queries.concerned import is_concerned
from edu_base.rules import review as rules


@transaction.atomic
def ask(
    *, application: Application, conditions: Collection[str], reason: str, by: User, now: datetime
) -> Request:
    """Ask for conditions to be lifted; while that waits, asking again changes what is asked.

    Raises `Refused` (`concerned`, `not_now`, `lifted`), and as `decisions` does.
    """
    locked = lock_application(application.pk)
    rules.check_not_concerned(is_concerned(by, locked))
    rules.check_can_be_lifted(locked, conditions)
    row = queries.waiting(locked) or Lifting(application=locked)
    row.conditions, row.reason = sorted(conditions), reason.strip()
    row.save()
    return requests.submit(
        kind=EXCEPTION,
        subject=row.pk,
        programme=PROGRAMME,
        data={
            "name": covered(locked.person.full_name) if locked.person else "",
            "title": locked.intake.title_zh,
        },
        by=by,
        now=now,
    )


def approve(request: Request, by: User, now: datetime) -> None:
    """The conditions are lifted. Raises `Refused` (`concerned`, `not_now`, `lifted`)."""
    row = Lifting.objects.get(pk=request.subject)
    locked = lock_application(row.application_id)
    rules.check_not_concerned(is_concerned(by, locked))
    rules.check_can_be_lifted(locked, row.conditions)
    locked.lifted = sorted({*locked.lifted, *row.conditions})
    locked.lifted_reason = "\n".join(filter(None, [locked.lifted_reason, row.reason]))
    locked.save(update_fields=["lifted", "lifted_reason"])


def forget(*, applications: Collection[int], now: datetime) -> None:
    """Of applications whose words are erased no words stay in requests either."""
    rows = Lifting.objects.filter(application__in=applications)
    numbers = list(rows.values_list("pk", flat=True))
    erasing.erase(kind=EXCEPTION, subjects=numbers, by=None, now=now)
    rows.delete()


def _lock(number: int) -> Application:
    return lock_application(Lifting.objects.get(pk=number).application_id)


def _form(number: int) -> str:
    application = Lifting.objects.get(pk=number).application_id
    return reverse("edu_base:exception", args=[application])


def _forget(number: int) -> None:
    Lifting.objects.filter(pk=number).delete()


EXCEPTION = DecisionKind(
    slug=queries.KIND,
    title=_("Exception to the conditions of a class"),
    line=_("{name}, {title}"),
    permission=Permission.OPEN_APPLICANTS,
    days=3,
    lock=_lock,
    contents=queries.contents,
    lines=queries.lines,
    approve=approve,
    change=_form,
    forget=_forget,
)
