"""What an erasure means, and what stands in its way: said beforehand by every app."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _

from diedie_edu.accounts.queries import branch_leads
from diedie_edu.common.days import day_text, local_day
from diedie_edu.common.manifests import parts_of
from diedie_edu.people import queries
from diedie_edu.people.endings import Endings
from diedie_edu.people.models import ErasureRequest
from diedie_edu.people.rules.erasures import Matter


def matters_of(request: ErasureRequest, now: datetime) -> list[Matter]:
    """What it means, and what stands in the way, that first."""
    found = list(_of_account(request))
    if request.scope == ErasureRequest.Scope.ALL and request.resident:
        person = request.resident
        found += _of_children(request, local_day(now))
        found += [one for app in parts_of(Endings) for one in app.matters(person, now)]
    return sorted(found, key=lambda matter: not matter.stops)


def _of_account(request: ErasureRequest) -> Iterator[Matter]:
    if request.account and branch_leads() == [request.account_id]:
        yield Matter(
            _("This is the only branch lead. First somebody else is made branch lead."), stops=True
        )


def _of_children(request: ErasureRequest, today: date) -> Iterator[Matter]:
    guardian = request.resident
    if guardian is None:
        return
    for bond in guardian.wards.select_related("child").order_by("child__birth_date", "pk"):
        child = bond.child
        words = {"name": child.full_name, "day": day_text(request.due_on)}
        if queries.is_alone_with(child, guardian, today):
            text = _(
                "%(name)s is erased too, for nobody else answers for the child. Until %(day)s "
                "another guardian can be entered at the service desk."
            )
        elif not queries.is_held_by_another(child, guardian, today):
            text = _(
                "The consent for %(name)s ends. The other guardian is asked; without a new consent "
                "the child is erased some days later."
            )
        else:
            text = _("%(name)s stays with the other guardian.")
        yield Matter(text % words)
