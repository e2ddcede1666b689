"""Milestones of learning, and what a certificate may say."""

from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused


class Milestones(NamedTuple):
    """Hours that have been reached, the next ones, and how far it is to them."""

    reached: list[int]
    next: int | None
    missing: float


def milestones(minutes: int) -> Milestones:
    """House rule: lifelong learning is celebrated at so many hours (LEARNING_MILESTONES)."""
    marks = sorted(int(hours) for hours in settings.LEARNING_MILESTONES.split(","))
    ahead = [hours for hours in marks if hours * 60 > minutes]
    missing = round(ahead[0] - minutes / 60, 1) if ahead else 0.0
    return Milestones([one for one in marks if one not in ahead], next(iter(ahead), None), missing)


def check_learned(occasions: int) -> None:
    """House rule: where nothing was attended there is nothing to certify. Raises `Refused`."""
    if not occasions:
        raise Refused("nothing", _("Nothing was attended in these days. Choose other days."))
