"""What the desk of the education base shows of the Dream scheme's nominations."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Q, Sum

from diedie_edu.accounts.models import User
from diedie_edu.common.parts import Panel
from edu_base.models import Allotment, Nomination
from edu_base.queries import nominations

PLACE = 50


def panels(user: User, now: datetime) -> Iterator[Panel]:
    """Target, what is allotted and nominated of the newest year, and what staff see to."""
    year = nominations.dream_years().first()
    if year is None:
        return
    live = Q(ended_at=None, allotment__scheme_year=year)
    counted = Nomination.objects.filter(live).aggregate(
        nominated=Count("pk"), confirmed=Count("pk", filter=Q(confirmed_at__isnull=False))
    )
    returned = Allotment.objects.filter(scheme_year=year).aggregate(number=Sum("returned"))
    facts = {
        "year": year,
        **counted,
        "returned": returned["number"] or 0,
        "left": nominations.left_the_job().count(),
    }
    yield Panel(PLACE, "edu_base/dream_panel.html", facts)
