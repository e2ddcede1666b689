"""The sign of a branch lead under what was paid above a line or before approval (`decisions`)."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.money import figures
from diedie_edu.decisions.actions import requests
from diedie_edu.decisions.kinds import Content, DecisionKind, Line
from diedie_edu.decisions.models import Request
from diedie_edu.office.actions.drafts import lock_document
from diedie_edu.office.models import Expense
from diedie_edu.office.queries.spending import had_a_hand, titled
from diedie_edu.office.rules import spending as rules


def lock(pk: int) -> Expense:
    """An entry and its budget, until the transaction ends."""
    lock_document(Expense.objects.values_list("item__document", flat=True).get(pk=pk))
    return Expense.objects.select_for_update().get(pk=pk)


def contents(expenses: Collection[int]) -> Mapping[int, Content]:
    return {
        row.pk: {
            "line": row.title,
            "paid_on": str(row.paid_on),
            "payee": row.payee,
            "amount": f"{row.amount:.2f}",
            "people": [str(row.handled_by), str(row.witness), str(row.approver)],
            "reason": row.reason,
        }
        for row in titled(Expense.objects.filter(pk__in=expenses))
    }


def lines(content: Content) -> Iterator[Line]:
    yield Line(_("Line of the budget"), content["line"])
    paid = " · ".join(content[name] for name in ("amount", "paid_on", "payee"))
    yield Line(pgettext("an expense", "Paid"), paid)
    yield Line(_("Handled by, witness, approved by"), "、".join(content["people"]))
    yield Line(_("Why above the line, or before approval"), content["reason"])


def _sign(request: Request, by: User, now: datetime) -> None:
    given = {"signed_by": by, "signed_for": request.decided_for, "signed_at": now}
    Expense.objects.filter(pk=request.subject).update(**given)


def _page(pk: int) -> str:
    return reverse("office:expense", args=[pk])


SIGN = DecisionKind(
    slug="office-spending",
    title=gettext_lazy("Spending above a line"),
    line=gettext_lazy("{programme}, {amount} to {payee}"),
    permission=Permission.REVIEW_OFFICE,
    days=3,
    lock=lock,
    contents=contents,
    lines=lines,
    approve=_sign,
    may_refuse=False,
    authored=had_a_hand,
    change=_page,
    keep_days=3660,
)


def ask_for_sign(*, expense: Expense, by: User, now: datetime) -> Request:
    document = expense.item.document
    data = {
        "programme": document.programme_title,
        "amount": figures(expense.amount),
        "payee": expense.payee,
    }
    return requests.submit(
        kind=SIGN, subject=expense.pk, programme=document.programme, data=data, by=by, now=now
    )


@transaction.atomic
def explain(*, expense: Expense, reason: str, by: User, now: datetime) -> None:
    """Tell the reason anew, where it was returned or its request was taken back.

    Raises `Refused` (`signed`, `no_reason`, `not_yours`).
    """
    locked = lock(expense.pk)
    rules.check_may_explain(locked, reason)
    locked.reason = reason.strip()
    locked.save(update_fields=["reason"])
    ask_for_sign(expense=locked, by=by, now=now)
