"""What is told around the campaign's events."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import NAME
from edu_base.models import OfferInterest

INTEREST = Subject("offer_interest", OfferInterest)

OFFER_ASKED = Kind(
    code="edu_base.offer_asked",
    title=_("For {name}: what became of it?"),
    body=_(
        "At “{title}”, {name} was interested in “{what}”. Did anything come of it? Please tell us "
        "with one tap on the page; it helps us to choose the enterprises of the next year."
    ),
    sms=_("For {name}: did anything come of the enterprise's offer?"),
    variables={"name": NAME},
    link="/education/enterprise-offers/{offer_interest_token}/",
)
