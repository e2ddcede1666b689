"""What enterprises offer at an event, whom it interests, and who took it up after 30 days."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused, constraint_of
from diedie_edu.notices.actions import notify
from diedie_edu.people.models import Organisation, Resident
from edu_base import campaign_messages as messages
from edu_base.models import CampaignEvent, EnterpriseOffer, OfferInterest
from edu_base.rules import campaign as rules


@transaction.atomic
def add(
    *,
    event: CampaignEvent,
    enterprise: Organisation,
    kind: str,
    title: str,
    places: int,
    by: User,
    now: datetime,
) -> EnterpriseOffer:
    """Raises `Refused` (`no_offers`, `twin`)."""
    rules.check_takes_offers(event)
    words = {"kind": kind, "title": title, "places": places}
    try:
        with transaction.atomic():
            return EnterpriseOffer.objects.create(
                event=event, enterprise=enterprise, made_by=by, made_at=now, **words
            )
    except IntegrityError as error:
        if constraint_of(error) != "an_offer_stands_once":
            raise
        raise Refused("twin", rules.OFFER_TWIN, "title") from error


@transaction.atomic
def take_out(*, offer: EnterpriseOffer) -> None:
    """A mistake goes. Raises `Refused` (`wanted`) where somebody is interested already."""
    locked = EnterpriseOffer.objects.select_for_update().get(pk=offer.pk)
    rules.check_can_be_taken_out(locked.interests.exists())
    locked.delete()


@transaction.atomic
def interest(
    *, offer: EnterpriseOffer, resident: Resident, by: User, now: datetime
) -> OfferInterest:
    """Write down whom it interests; twice is once. Raises `Refused` (`no_offers`, `over`)."""
    locked = EnterpriseOffer.objects.select_for_update().get(pk=offer.pk)
    rules.check_can_interest(locked, locked.event.occasion.ends_at, now)
    row, _is_new = locked.interests.get_or_create(
        resident=resident, defaults={"said_at": now, "said_by": by}
    )
    return row


@transaction.atomic
def no_interest(*, offer: EnterpriseOffer, resident: Resident) -> None:
    """Taken back; what has been asked or answered stays."""
    offer.interests.filter(resident=resident, asked_at=None, answer="").delete()


@transaction.atomic
def answer(*, interest: OfferInterest, taken: bool, by: User | None, now: datetime) -> None:
    """Whether they took it up: by their link, or by staff on the phone; the last word counts.

    Raises `Refused` (`early`, `over`).
    """
    locked = OfferInterest.objects.select_for_update().get(pk=interest.pk)
    rules.check_can_answer(locked, locked.offer.event.occasion.ends_at, now)
    said = OfferInterest.Answer.TAKEN if taken else OfferInterest.Answer.NOT_TAKEN
    rows = OfferInterest.objects.filter(pk=locked.pk)
    rows.update(answer=said, answered_at=now, answered_by=by)


@transaction.atomic
def ask(now: datetime) -> int:
    """Ask everybody whom an offer interested, 30 days after the event, once."""
    asked = 0
    for row in _to_ask(now).select_for_update(of=("self",), skip_locked=True):
        asked += notify(
            kind=messages.OFFER_ASKED,
            recipients=[row.resident_id] if row.resident_id else [],
            subject=messages.INTEREST.of(row.pk),
            data={
                "name": row.resident.full_name if row.resident else "",
                "what": row.offer.title,
                "title": row.offer.event.title,
                "offer_interest": row.pk,
            },
            now=now,
        )
        OfferInterest.objects.filter(pk=row.pk).update(asked_at=now)
    return asked


def _to_ask(now: datetime) -> QuerySet[OfferInterest]:
    rows = OfferInterest.objects.filter(
        asked_at=None,
        answer="",
        offer__event__occasions__ends_at__lte=now - rules.ASKED_AFTER,
        offer__event__occasions__is_called_off=False,
    )
    return rows.select_related("resident", "offer__event").order_by("pk")
