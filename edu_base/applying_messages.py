"""What is told of an application on its way in. Parent and child often share a phone, so every
message names whom it is for. Data: as `actions.telling` has it."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind, Phone
from diedie_edu.notices.text_messages import DAY, NAME
from edu_base.messages import PAGE

BOTH = {"whom": NAME, "name": NAME}
COMMUNITY = (Phone(_("Community office")),)

SUBMITTED = Kind(
    code="edu_base.submitted",
    title=_("For {whom}: the application of {name} has arrived"),
    body=_(
        "{whom}: the application of {name} for “{title}” has arrived. We look at it and write "
        "at each step; its page says where it stands."
    ),
    sms=_("For {whom}: {name} has applied:"),
    variables=BOTH,
    link=PAGE,
)
WITHDRAWN = Kind(
    code="edu_base.withdrawn",
    title=_("For {whom}: the application of {name} has been withdrawn"),
    body=_(
        "{whom}: the application of {name} for “{title}” has been withdrawn. Papers that were "
        "sent with it have been deleted."
    ),
    sms=_("For {whom}: {name} has withdrawn."),
    variables=BOTH,
    link=PAGE,
)
GUARDIAN_ASKED = Kind(
    code="edu_base.guardian_asked",
    title=_("For {whom}: {name} would like to apply"),
    body=_(
        "{whom}: {name} would like to apply for “{title}” and names you as guardian. Nothing is "
        "sent in without your yes. Please read it and answer with one tap."
    ),
    sms=_("For {whom}: {name} asks for your yes:"),
    variables=BOTH,
    link="/education/agree/{guardian_token}/",
)
GUARDIAN_DECLINED = Kind(
    code="edu_base.guardian_declined",
    title=_("For {whom}: your guardian has not agreed"),
    body=_(
        "{whom}: your guardian has not agreed to the application for “{title}”, so "
        "nothing was sent in; talk it over at home, or ask us for advice."
    ),
    sms=_("For {whom}: your guardian has not agreed yet. See:"),
    variables={"whom": NAME},
    link=PAGE,
    phones=COMMUNITY,
)
TURNS_18 = Kind(
    code="edu_base.turns_18",
    title=_("For {whom}: {name} turns 18 on {turns_on}"),
    body=_(
        "{whom}: {name} turns 18 on {turns_on}. From that day on the guardian no longer sees the "
        "application for “{title}” and hears no more of it, unless {name} wants it to stay so: "
        "one tap on its page."
    ),
    sms=_("For {whom}: {name} turns 18, {turns_on}:"),
    variables=BOTH | {"turns_on": DAY},
    link=PAGE,
)
STOPPED = Kind(
    code="edu_base.stopped",
    title=_("For {whom}: the application of {name} is on hold"),
    body=_(
        "{whom}: a guardian has said no to the application of {name} for “{title}”. Nothing "
        "goes on until that is settled. Please talk to us."
    ),
    sms=_("For {whom}: on hold, {name}. See:"),
    variables=BOTH,
    link=PAGE,
    phones=COMMUNITY,
)
SETTLED = Kind(
    code="edu_base.settled",
    title=_("For {whom}: the application of {name} goes on"),
    body=_("{whom}: it is settled, and the application of {name} for “{title}” goes on."),
    sms=_("For {whom}: {name} goes on. See:"),
    variables=BOTH,
    link=PAGE,
)
