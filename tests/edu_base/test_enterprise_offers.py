"""What enterprises offer, whom it interests, and who took it up after 30 days."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import schedule
from diedie_edu.common.links import token
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from edu_base.actions import enterprise_offers as acts
from edu_base.models import CampaignEvent, EnterpriseOffer, OfferInterest
from edu_base.queries.campaign import PURPOSE, offers_at
from tests.conftest import NOW
from tests.support.campaign import BEGINS, make_event, make_offer
from tests.support.education import make_person
from tests.support.refusals import code_of, refused_by

pytestmark = pytest.mark.django_db
OVER = BEGINS + timedelta(hours=2)
ASKED = OVER + timedelta(days=30)


@pytest.fixture
def event(staff_user: User) -> CampaignEvent:
    return make_event(staff_user)


@pytest.fixture
def offer(event: CampaignEvent, staff_user: User) -> EnterpriseOffer:
    return make_offer(event, staff_user)


def interested(offer: EnterpriseOffer, by: User, person: Resident | None = None) -> OfferInterest:
    who = person or Resident.objects.get(account=by)
    return acts.interest(offer=offer, resident=who, by=by, now=BEGINS)


def test_people_are_asked_once_after_30_days(offer, resident_user) -> None:
    interested(offer, resident_user)
    assert acts.ask(ASKED - timedelta(seconds=1)) == 0
    assert acts.ask(ASKED) > 0
    assert acts.ask(ASKED) == 0
    assert Notice.objects.filter(kind="edu_base.offer_asked").exists()


def test_nobody_is_asked_about_what_was_called_off(event, offer, resident_user, staff_user) -> None:
    interested(offer, resident_user)
    schedule.call_off(activity=event, reason="台风", by=staff_user, now=BEGINS)
    assert acts.ask(ASKED) == 0


def test_figures_say_how_many_of_those_who_answered(event, offer, staff_user) -> None:
    for said in (True, False, None):
        row = interested(offer, staff_user, make_person())
        if said is not None:
            acts.answer(interest=row, taken=said, by=None, now=ASKED)
    [shown] = offers_at(event.pk)
    assert (shown.n_interested, shown.n_answered, shown.n_taken) == (3, 2, 1)


def test_saying_it_twice_is_once(offer, resident_user) -> None:
    assert interested(offer, resident_user) == interested(offer, resident_user)
    own = Resident.objects.get(account=resident_user)
    acts.no_interest(offer=offer, resident=own)
    assert not offer.interests.exists()


def test_what_somebody_wants_stays(offer, resident_user, staff_user) -> None:
    other = make_offer(offer.event, staff_user)
    interested(offer, resident_user)
    assert code_of(lambda: acts.take_out(offer=offer)) == "wanted"
    acts.take_out(offer=other)
    assert not EnterpriseOffer.objects.filter(pk=other.pk).exists()


def test_answers_have_their_time(offer, resident_user) -> None:
    row = interested(offer, resident_user)
    who = {"interest": row, "taken": True, "by": None}
    assert code_of(lambda: acts.answer(**who, now=BEGINS)) == "early"
    assert code_of(lambda: acts.answer(**who, now=OVER + timedelta(days=400))) == "over"
    late = {"offer": offer, "resident": make_person(), "by": resident_user}
    assert code_of(lambda: acts.interest(**late, now=ASKED)) == "over"


def test_ceremonies_take_no_offers(staff_user) -> None:
    ceremony = make_event(staff_user, kind=CampaignEvent.Kind.AWARD)
    assert code_of(lambda: make_offer(ceremony, staff_user)) == "no_offers"


def test_the_link_answers_without_signing_in(offer, resident_user, clock) -> None:
    row = interested(offer, resident_user)
    clock.move_to(ASKED)
    address = f"/education/enterprise-offers/{token(PURPOSE, row.pk)}/"
    browser = Client()
    assert browser.get(address).status_code == 200
    assert OfferInterest.objects.get().answer == ""  # looking changes nothing
    browser.post(address, {"taken": ""})
    assert OfferInterest.objects.get().answer == "taken"
    assert browser.get(address.replace("-", "-1", 1)).status_code == 404


def test_residents_say_it_on_the_events_page(event, offer, as_user, resident_user, clock) -> None:
    clock.move_to(BEGINS)
    browser = as_user(resident_user)
    assert "我有意向" in browser.get(f"/education/events/{event.pk}/").content.decode()
    own = Resident.objects.get(account=resident_user).pk
    browser.post(f"/education/enterprise-offers/{offer.pk}/interest/", {"resident": own})
    assert offer.interests.get().resident_id == own
    browser.post(f"/education/enterprise-offers/{offer.pk}/interest/", {"resident": own, "no": ""})
    assert not offer.interests.exists()


def test_nobody_speaks_for_others(offer, as_user, resident_user, stranger) -> None:
    other = Resident.objects.get(account=stranger).pk
    answer = as_user(resident_user).post(
        f"/education/enterprise-offers/{offer.pk}/interest/", {"resident": other}
    )
    assert answer.status_code == 404
    assert not offer.interests.exists()


def test_a_draft_is_hidden(staff_user, as_user: Callable[[User], Client], resident_user) -> None:
    draft = make_event(staff_user, announced=False)
    assert as_user(resident_user).get(f"/education/events/{draft.pk}/").status_code == 404


def test_the_database_refuses(offer, staff_user, resident_user) -> None:
    with refused_by("an_offer_says_what"):
        EnterpriseOffer.objects.filter(pk=offer.pk).update(places=0)
    with refused_by("an_offer_stands_once"):
        EnterpriseOffer.objects.create(
            event=offer.event,
            enterprise=offer.enterprise,
            kind=offer.kind,
            title=offer.title,
            places=1,
            made_by=staff_user,
            made_at=NOW,
        )
    row = interested(offer, resident_user)
    with refused_by("interest_in_an_offer_once"):
        OfferInterest.objects.create(
            offer=offer, resident=row.resident, said_at=NOW, said_by=staff_user
        )
    with refused_by("answer_about_an_offer_has_a_time"):
        OfferInterest.objects.filter(pk=row.pk).update(answer="taken")
