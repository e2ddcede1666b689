"""What a record of what went out may say."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused


def check_days(went_out_on: date, over_on: date | None, today: date) -> None:
    """House rule: it went out by today, and was over no sooner. Raises `Refused` (`ahead`,
    `over_first`)."""
    if went_out_on > today:
        raise Refused("ahead", _("This day lies in the future."), "went_out_on")
    if over_on is not None and over_on < went_out_on:
        text = _("It cannot be over before it went out.")
        raise Refused("over_first", text, "over_on")


def check_says_where(place: str, link: str) -> None:
    """House rule: somebody else finds it again. Raises `Refused` (`nowhere`)."""
    if not place and not link:
        raise Refused("nowhere", _("Say where: a place or a link."), "place")
