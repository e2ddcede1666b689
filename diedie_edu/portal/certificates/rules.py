"""Which days a paper is about, and until when one is on the public list."""

from datetime import date, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.volunteering.models import Certificate
from diedie_edu.volunteering.models.certificates import FEWEST_PUBLIC_DAYS


def check_period(first_day: date, last_day: date, today: date) -> None:
    """House rule: a certificate is about days that have passed. Raises `Refused`."""
    if last_day < first_day:
        raise Refused("backwards", _("The last day comes before the first."), "last_day")
    if last_day > today:
        raise Refused("ahead", _("The last day lies ahead. Choose today or before."), "last_day")


def check_not_tried_out(is_used_up: bool) -> None:
    """House rule: after CERTIFICATE_MISSES numbers in vain a network gets no answer for a while."""
    if is_used_up:
        raise Refused("too_many", _("That was too often in a short time"))


def public_until(kind: str, today: date) -> date | None:
    """Facts 3: proofs of service are publicised for PROOF_PUBLIC_DAYS, never fewer than seven."""
    if kind != Certificate.Kind.SERVICE:
        return None
    return today + timedelta(days=max(settings.PROOF_PUBLIC_DAYS, FEWEST_PUBLIC_DAYS))
