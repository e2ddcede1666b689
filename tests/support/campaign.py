"""Short hands for tests about the campaign: events, and what enterprises offer there."""

from datetime import timedelta
from itertools import count

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import events
from diedie_edu.people.models import Organisation
from diedie_edu.programmes.models import Programme
from edu_base.actions import campaign, enterprise_offers
from edu_base.models import CampaignEvent, EnterpriseOffer
from edu_base.models.schemes import PROGRAMME
from tests.conftest import NOW
from tests.support.groups import make_place

BEGINS = NOW + timedelta(days=30)
_numbers = count(1)


def make_event(by: User, *, announced: bool = True, **changes: object) -> CampaignEvent:
    """Two hours, thirty days ahead, without sign-up."""
    Programme.objects.get_or_create(slug=PROGRAMME, defaults={"title_zh": "教育基地"})
    usual = {
        "title": "产业与社区互动日",
        "summary": "",
        "introduction": "",
        "kind": CampaignEvent.Kind.INDUSTRY,
        "starts_at": BEGINS,
        "ends_at": BEGINS + timedelta(hours=2),
        "venue": make_place(),
        "capacity": 60,
        "needs_sign_up": False,
        "sign_up_opens_at": NOW,
    }
    plan = campaign.CampaignPlan(**(usual | changes))  # type: ignore[arg-type]
    made = campaign.plan_event(plan=plan, by=by, now=NOW)
    if announced:
        events.announce_event(event=made, now=NOW)
    return CampaignEvent.objects.get(pk=made.pk)


def make_offer(event: CampaignEvent, by: User, **changes: object) -> EnterpriseOffer:
    enterprise = Organisation.objects.create(
        title=f"叠二电器{next(_numbers)}", kind=Organisation.Kind.ENTERPRISE
    )
    usual = {"enterprise": enterprise, "kind": "job", "title": "装配工", "places": 5}
    return enterprise_offers.add(event=event, by=by, now=NOW, **(usual | changes))  # type: ignore[arg-type]
