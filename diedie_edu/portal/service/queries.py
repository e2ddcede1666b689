"""A volunteer's own hours: confirmed, and waiting for it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import override

from diedie_edu.common.days import moment
from diedie_edu.common.manifests import programmes
from diedie_edu.people.models import Resident
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries import hours

PAPER_LANGUAGE = "zh-hans"


def served_between(resident: Resident, first_day: date, last_day: date) -> list[Duty]:
    """Confirmed duties of these days, the first first."""
    start, end = moment(first_day), moment(last_day + timedelta(days=1))
    rows = hours.confirmed_duties(resident).filter(starts_at__gte=start, starts_at__lt=end)
    return list(rows.order_by("starts_at", "pk"))


def waiting_of(resident: Resident, now: datetime) -> QuerySet[Duty]:
    """What is over and nobody has confirmed, in all programmes."""
    return hours.duties_to_confirm(list(programmes()), now).filter(volunteer__resident=resident)


def work_of(duties: Sequence[Duty]) -> list[str]:
    """Where and as what, each once, in the language of the paper: 居民学校：主讲人."""
    with override(PAPER_LANGUAGE):
        rows = [f"{duty.occasion.activity.programme}：{duty.get_work_display()}" for duty in duties]
    return list(dict.fromkeys(rows))
