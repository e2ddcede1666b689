"""Several people in one step: each on their own, or together or not at all."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import offers, seats, taking
from diedie_edu.activities.actions.seats import sign_up
from diedie_edu.activities.models import Activity, Party, SignUp
from diedie_edu.activities.queries import sign_ups
from diedie_edu.activities.rules import offers as offers_rules
from diedie_edu.activities.rules.sign_up import (
    check_fits_together,
    check_not_off,
    check_sign_up,
)
from diedie_edu.common.errors import Refused, constraint_of
from diedie_edu.people.actions.following import GUARDS, who_is_there
from diedie_edu.people.models import Resident


@transaction.atomic
def sign_up_each(
    *, activity: Activity, residents: Sequence[Resident], by: User | None, now: datetime
) -> list[SignUp]:
    """Sign several people up, each on their own: some may get seats and others wait.

    All of them or none: raises `Refused`, with the person's name, as `sign_up` does.
    """
    return [_sign_up_named(activity, resident, by, now) for resident in residents]


def _sign_up_named(
    activity: Activity, resident: Resident, by: User | None, now: datetime
) -> SignUp:
    try:
        return sign_up(activity=activity, resident=resident, by=by, now=now)
    except Refused as refusal:
        raise _named(refusal, resident) from refusal


def _named(refusal: Refused, resident: Resident) -> Refused:
    words = {"person": resident.full_name, "reason": refusal.message}
    return Refused(refusal.code, _("%(person)s: %(reason)s") % words, refusal.field)


def sign_up_together(
    *, activity: Activity, residents: Sequence[Resident], by: User | None, now: datetime
) -> list[SignUp]:
    """Seats for all of them, or one place in the queue for all of them as a party.

    Whoever is in already keeps their place; the others come together. Repeating it is
    harmless. Raises `Refused`, with the person's name, where a rule says no to one of them.
    """
    coming = not_in_yet(activity, residents)
    if not coming:
        return _present(activity, residents)
    check_all(activity, coming, now)
    try:
        with transaction.atomic():
            return seats.enter(activity, coming, by, now)
    except (taking.AlreadyIn, IntegrityError) as error:
        # One of them came in by another form meanwhile, and may have left since; or was merged.
        if isinstance(error, IntegrityError) and constraint_of(error) not in GUARDS:
            raise
        there = who_is_there(residents)
        return sign_up_together(activity=activity, residents=there, by=by, now=now)


@transaction.atomic
def sign_up_again(*, sign_up: SignUp, by: User | None, now: datetime) -> list[SignUp]:
    """Sign the people of a sign-up that has ended up anew, together where they were a party.

    Repeating it is harmless. Raises `Refused` as `sign_up_together` does.
    """
    activity = offers.lock_activity(sign_up.activity_id)
    offers.offer_places(activity.pk, now)
    ended = SignUp.objects.select_related("resident").get(pk=sign_up.pk)
    people = [row.resident for row in sign_ups.companions(ended)]
    return sign_up_together(activity=activity, residents=people, by=by, now=now)


@transaction.atomic
def give_back(
    *, sign_up: SignUp, leaving: Collection[int] | None, by: User | None, now: datetime
) -> list[SignUp]:
    """Give back the places of those of a party (residents' ids) who cannot come, or without a
    choice one's own; an offer is declined for all. Who they are. Raises `Refused` as
    `seats.cancel_sign_up` does, and where nobody is chosen (`nobody`)."""
    party = sign_ups.companions(sign_up)
    if sign_up.is_offered:
        chosen = party
    elif leaving is None or len(party) == 1:
        chosen = [sign_up]
    else:
        chosen = [row for row in party if row.resident_id in leaving]
    if not chosen:
        raise Refused("nobody", _("Tick who cannot come, please."))
    for row in chosen:
        seats.cancel_sign_up(activity=row.activity, resident=row.resident, by=by, now=now)
    return chosen


@transaction.atomic
def sit_with_fewer(
    *, sign_up: SignUp, coming: Collection[int] | None, by: User | None, now: datetime
) -> list[SignUp]:
    """Some of a party (residents' ids) sit at once on seats that are held for it, and the others
    wait on, each on their own, where they stood; who sits. Repeating it is harmless.

    Raises `Refused` where nobody is chosen (`nobody`), or more than are held (`not_held`).
    """
    activity = offers.lock_activity(sign_up.activity_id)
    check_not_off(activity)
    offers.offer_places(activity.pk, now)
    own = SignUp.objects.select_related("party").get(pk=sign_up.pk)
    if own.is_seated or own.party is None:
        return [own]
    party = sign_ups.companions(own)
    comes = offers_rules.who_comes(party, coming)
    offers_rules.check_are_held(len(comes), own.party.held if own.is_waiting else 0)
    stay = [row.pk for row in party if row not in comes]
    SignUp.objects.filter(pk__in=stay).update(party=None)
    Party.objects.filter(pk=own.party.pk).update(held=F("held") - len(comes))
    offers.seat(comes, activity, now)
    offers.offer_places(activity.pk, now)
    return comes


def not_in_yet(activity: Activity, residents: Sequence[Resident]) -> list[Resident]:
    present = {row.resident_id for row in _present(activity, residents)}
    return [resident for resident in residents if resident.pk not in present]


def _present(activity: Activity, residents: Sequence[Resident]) -> list[SignUp]:
    rows = SignUp.objects.filter(activity_id=activity.pk, status__in=SignUp.LIVE)
    return list(rows.filter(resident__in=residents).order_by("id"))


def check_all(activity: Activity, residents: Sequence[Resident], now: datetime) -> None:
    for resident in residents:
        try:
            check_sign_up(activity, resident, now)
        except Refused as refusal:
            raise _named(refusal, resident) from refusal
    check_fits_together(activity, len(residents))
