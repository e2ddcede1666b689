"""What applicants and guardians hear while an application is reviewed, each naming whom it
is for and about; and what reviewers hear. Never marks, ranks or others' names."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import MOMENT, NAME, TITLE
from edu_base.messages import GIVEN_WORK, PAGE
from edu_base.models import Intake

INTAKE = Subject("intake", Intake)
BOTH = {"whom": NAME, "name": NAME}

MORE_ASKED = Kind(
    code="edu_base.more_asked",
    title=_("For {whom}: something is missing, {name}"),
    body=_(
        "{whom}: for the application of {name} for “{title}” we still need: {reason} Please add it "
        "on the page and send it in again. If that is difficult, come by or ring the community."
    ),
    sms=_("For {whom}: please add something, {name}:"),
    variables=BOTH,
    link=PAGE,
)
ELIGIBLE = Kind(
    code="edu_base.eligible",
    title=_("For {whom}: {name} meets the conditions"),
    body=_(
        "{whom}: {name} meets the conditions of “{title}”. Next the applications are marked by the "
        "published criteria. We tell you of each step."
    ),
    sms=_("For {whom}: {name} meets the conditions:"),
    variables=BOTH,
    link=PAGE,
)
REFUSED = Kind(
    code="edu_base.refused",
    title=_("For {whom}: the application of {name} cannot go on"),
    body=_(
        "{whom}: the application of {name} for “{title}” cannot go on: {reason} If you think that "
        "something was overlooked, ring the community."
    ),
    sms=_("For {whom}: no, {name}. Why:"),
    variables=BOTH,
    link=PAGE,
)
TAKEN_UP = Kind(
    code="edu_base.taken_up",
    title=_("For {whom}: we look again at the application of {name}"),
    body=_(
        "{whom}: the application of {name} for “{title}” has been taken up again. {reason} You "
        "need not do anything."
    ),
    sms=_("For {whom}: we look again, {name}:"),
    variables=BOTH,
    link=PAGE,
)
INTERVIEW = Kind(
    code="edu_base.interview",
    title=_("For {whom}: interview of {name}, {starts_at}"),
    body=_(
        "{whom}: the interview of {name} for “{title}” begins at {starts_at}: {place}. Please "
        "bring the identity paper. If that is impossible, ring the community before."
    ),
    sms=_("For {whom}: {name}, interview {starts_at}:"),
    variables=BOTH | {"starts_at": MOMENT},
    link=PAGE,
)
INTERVIEWED = Kind(
    code="edu_base.interviewed",
    title=_("For {whom}: thank you for the interview, {name}"),
    body=_("{whom}: {name} was at the interview for “{title}”. Now the marks of all come in."),
    sms=_("For {whom}: the interview of {name}, thank you:"),
    variables=BOTH,
    link=PAGE,
)
RANKED = Kind(
    code="edu_base.ranked",
    title=_("For {whom}: all marks are in, {name}"),
    body=_(
        "{whom}: the applications for “{title}” are ranked, that of {name} too. Next the places "
        "are proposed; we tell you how it goes on."
    ),
    sms=_("For {whom}: all marks are in, {name}:"),
    variables=BOTH,
    link=PAGE,
)
APPOINTED = Kind(
    code="edu_base.appointed",
    title=_("You are a reviewer: {title}"),
    body=_(
        "You have been appointed as a reviewer of “{title}”. First say from covered names whom you "
        "know; then mark the applications by the published criteria."
    ),
    sms=_("You are a reviewer of {title}. First say whom you know:"),
    variables={"title": TITLE},
    link="/desk/education/reviewing/",
    sort=GIVEN_WORK,
)
