"""What students hear of their grants. Where a family shares a phone, each names whom it is for.

Data: name, title_zh and title_en of the grant, amount in yuan."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import DAY, NAME, Longest
from edu_base.models import Award

AWARD = Subject("grant_award", Award)
PAGE = "/me/"
AMOUNT = Longest("999999.99")
WHOSE = {"name": NAME}
ABOUT = WHOSE | {"amount": AMOUNT}

GRANT_AWARDED = Kind(
    code="edu_base.grant_awarded",
    title=_("For {name}: a grant is awarded"),
    body=_(
        "{name} is awarded the grant “{title}” of {amount} yuan. Congratulations! We tell you when "
        "and where it is handed over; somebody you name may sign in your place."
    ),
    sms=_("Congratulations, {name}: a grant of {amount} yuan."),
    variables=ABOUT,
    link=PAGE,
)
GRANT_SIGNED_FOR = Kind(
    code="edu_base.grant_signed_for",
    title=_("For {name}: somebody has signed for the grant"),
    body=_(
        "{proxy} ({proxy_is}) has signed for the grant “{title}” of {amount} yuan in the place of "
        "{name}. If that is not right, please call us at once."
    ),
    sms=_("For {name} a grant was signed for by somebody else:"),
    variables=WHOSE,
    link=PAGE,
)
GRANT_PAID = Kind(
    code="edu_base.grant_paid",
    title=_("For {name}: the grant is paid"),
    body=_("The grant “{title}” of {amount} yuan was paid to {name} on {paid_on}."),
    sms=_("Grant of {name}: {amount} yuan paid on {paid_on}."),
    variables=ABOUT | {"paid_on": DAY},
    link=PAGE,
)
GRANT_TAKEN_BACK = Kind(
    code="edu_base.grant_taken_back",
    title=_("For {name}: the grant does not stand"),
    body=_(
        "The award of the grant “{title}” of {amount} yuan to {name} has been taken back. Please "
        "call us if you would like to know why."
    ),
    sms=_("The grant of {name} does not stand. Please call us."),
    variables=WHOSE,
    link=PAGE,
)
