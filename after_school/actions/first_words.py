"""The first messages of an enrolment: of which child, its first day to come, and where."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from after_school import messages, saying_messages
from after_school.models import Enrolment, Session, ZoneDay
from after_school.queries.sessions import guardians_to_notify
from after_school.queries.terms import STANDS
from diedie_edu.activities import messages as activity_messages
from diedie_edu.activities.actions import offers
from diedie_edu.activities.models import SignUp
from diedie_edu.common.days import local_day, moment
from diedie_edu.notices.actions import notify
from diedie_edu.notices.kinds import Kind

OWN = {
    activity_messages.SEATED.code: saying_messages.ENROLLED,
    activity_messages.OFFERED.code: saying_messages.PLACE_KEPT,
}


def notify_of_places(kind: Kind, sign_ups: Sequence[SignUp], now: datetime) -> None:
    """In the place of the words that all programmes share; `kind` is theirs, and keeps them where
    there are no others."""
    if kind.code not in OWN:
        offers.notify_of(kind, sign_ups, now)
        return
    enrolled = Enrolment.objects.filter(sign_up__in=[row.pk for row in sign_ups])
    for enrolment in enrolled.select_related("child", "sign_up", "term", "zone__venue"):
        notify_of_place(OWN[kind.code], enrolment, now)


def notify_of_enrolment(enrolment: Enrolment, now: datetime) -> None:
    """A child has just been enrolled: it has a seat, or waits for one."""
    is_seated = enrolment.sign_up.is_seated
    own = saying_messages.ENROLLED if is_seated else saying_messages.QUEUED
    notify_of_place(own, enrolment, now)


def notify_of_place(kind: Kind, enrolment: Enrolment, now: datetime) -> None:
    """Each guardian once for each state of a sign-up."""
    sign_up, until = enrolment.sign_up, enrolment.sign_up.offer_expires_at
    facts = {"sign_up": sign_up.pk, "term_title": enrolment.term.title}
    facts |= {"offer_expires_at": until} if until else {}
    notify(
        kind=kind,
        recipients=guardians_to_notify(enrolment.child_id),
        subject=messages.CHILD.of(enrolment.child_id),
        revision=f"{sign_up.pk}.{until:%s}" if until else sign_up.pk,
        data=messages.child_data(enrolment.child, **facts, **_first_day(enrolment, now)),
        expires_at=until,
        now=now,
    )


def _first_day(enrolment: Enrolment, now: datetime) -> dict[str, Any]:
    """When the child comes first, into which room and zone; the term's first day where none of its
    own lies ahead."""
    ahead = Session.objects.filter(
        STANDS,
        term=enrolment.term_id,
        day__gte=local_day(now),
        weekday__in=enrolment.weekdays,
    )
    days = ahead.select_related("term").order_by("day")[:2]
    first = next((row for row in days if row.ends_at > now), None)
    places = ZoneDay.objects.filter(session=first, zone=enrolment.zone_id)
    place = places.select_related("occasion__venue").first() if first else None
    venue = place.occasion.venue if place else enrolment.zone.venue
    term = enrolment.term
    return {
        "first_at": first.starts_at if first else moment(term.first_day, term.starts),
        "venue_zh": venue.title_zh,
        "venue_en": venue.title_en,
        **messages.in_both("zone", enrolment.zone.get_kind_display),
    }
