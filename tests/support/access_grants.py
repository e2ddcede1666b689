"""A grant, an event with an offer and a milestone for the walk of `test_access.py`."""

from django.db.models import Model

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.links import token
from diedie_edu.people.models import Resident
from edu_base.models import (
    Award,
    CampaignEvent,
    EnterpriseOffer,
    GrantFund,
    Intake,
    Milestone,
    OfferInterest,
    State,
)
from tests.support.campaign import make_event, make_offer
from tests.support.education import make_application
from tests.support.grants import award, make_fund

NAMES: dict[str, type[Model]] = {
    **dict.fromkeys(("fund", "fund_change", "award_add", "grant_record"), GrantFund),
    "grant_sheet": GrantFund,
    **dict.fromkeys(("award", "award_take_back"), Award),
    **dict.fromkeys(("milestone", "milestone_tick", "milestone_remove"), Milestone),
    **dict.fromkeys(("event", "event_poster", "event_prepare", "event_change"), CampaignEvent),
    **dict.fromkeys(("event_announce", "event_call_off", "event_helper_add"), CampaignEvent),
    **dict.fromkeys(("event_helper_release", "offer_add", "offer_remove"), CampaignEvent),
    **dict.fromkeys(("interest_add", "interest_answer"), CampaignEvent),
    "offer_interest": EnterpriseOffer,
}
YEARS = {"campaign_of", "campaign_copy", "milestone_add"}


def make_grants(intake: Intake, by: User) -> None:
    student = make_application(by, intake, State.STUDYING)
    award(make_fund(year=intake.year), student, by)
    offer = make_offer(make_event(by), by)
    OfferInterest.objects.create(
        offer=offer, resident=Resident.objects.earliest("pk"), said_at=local_now(), said_by=by
    )
    day = local_day(local_now())
    Milestone.objects.create(year=day.year, title_zh="走访企业", due_on=day)


def grant_values(name: str) -> dict[str, object]:
    """What stands in the addresses of grants and of the campaign."""
    if name in YEARS:
        return {"year": local_day(local_now()).year}
    if name == "offer_answer":
        return {"token": token("offer_interest", OfferInterest.objects.get().pk)}
    if name not in NAMES:
        return {}
    return {"pk": NAMES[name]._default_manager.earliest("pk").pk, "row": 0}
