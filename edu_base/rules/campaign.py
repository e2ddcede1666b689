"""What of a campaign is due and late, and when people are asked what became of an offer."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import local_day, years_later
from diedie_edu.common.errors import Refused
from edu_base.models import CampaignEvent, EnterpriseOffer, OfferInterest

NOTICE = timedelta(days=14)  # what is due within it stands on the desk
TO_PLAN = timedelta(days=30)  # before an event should take place, it should be planned
ASKED_AFTER = timedelta(days=30)
# Plan 六(二): by which day of the year each takes place; the launch before the windows open.
PLAN_BY = {
    CampaignEvent.Kind.LAUNCH: (6, 30),
    CampaignEvent.Kind.AWARD: (8, 31),
    CampaignEvent.Kind.INDUSTRY: (10, 31),
}
TWIN = _("This stands in the campaign of that year already.")
OFFER_TWIN = _("This offer of the enterprise stands here already.")


def check_can_be_copied(year: int, today: date, *, has_year: bool, has_next: bool) -> None:
    """House rule: a year is copied once, into one that is not there yet and lies ahead.

    Raises `Refused` (`no_year`, `already`, `past`).
    """
    if year < today.year:
        raise Refused("past", _("The year after it has begun already."))
    if not has_year:
        raise Refused("no_year", _("There is nothing of that year to copy."))
    if has_next:
        raise Refused("already", _("The next year is there already; nothing was changed."))


def check_takes_offers(event: CampaignEvent) -> None:
    """Plan 六(二)5: enterprises meet residents at the events of October."""
    if not event.takes_offers or event.is_called_off:
        raise Refused("no_offers", _("At this event enterprises offer nothing."))


def check_can_interest(offer: EnterpriseOffer, ends_at: datetime, now: datetime) -> None:
    """House rule: one says so until people are asked what became of it."""
    check_takes_offers(offer.event)
    if now >= ends_at + ASKED_AFTER:
        raise Refused("over", _("This event is over; please ask the enterprise itself."))


def check_can_answer(interest: OfferInterest, ends_at: datetime, now: datetime) -> None:
    """House rule: from the event's end on, and whoever answered may put it right for a year."""
    if now < ends_at:
        raise Refused("early", _("The event is not over yet."))
    if local_day(now) > years_later(local_day(ends_at)):
        raise Refused("over", _("That was long ago. Please call us."))


def check_can_be_taken_out(is_wanted: bool) -> None:
    """House rule: what somebody was interested in stays for the figures."""
    if is_wanted:
        raise Refused("wanted", _("Somebody is interested in this offer, so it stays."))


def incomplete() -> Refused:
    """What a short form of a page says where something is missing."""
    return Refused("incomplete", _("Please fill in everything."))
