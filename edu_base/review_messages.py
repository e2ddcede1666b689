"""What applicants and guardians hear while an application is reviewed, each naming whom it is
about; and what reviewers hear. Never marks, ranks or others' names."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import MOMENT, NAME, TITLE
from edu_base.models import Intake

INTAKE = Subject("intake", Intake)
PAGE = "/education/applications/{application}/"
ABOUT = {"name": NAME, "title": TITLE}

MORE_ASKED = Kind(
    code="edu_base.more_asked",
    title=_("Something is missing for {name}: {title}"),
    body=_(
        "For the application of {name} for “{title}” we still need: {reason} Please add it on the "
        "page and send it in again. If that is difficult, come by or ring the community."
    ),
    sms=_("For {name} and {title} something is missing. Please add it:"),
    variables=ABOUT,
    link=PAGE,
)
ELIGIBLE = Kind(
    code="edu_base.eligible",
    title=_("{name} meets the conditions: {title}"),
    body=_(
        "{name} meets the conditions of “{title}”. Next the applications are marked by the "
        "published criteria. We tell you of each step."
    ),
    sms=_("The conditions are met: {name}, {title}. What comes next:"),
    variables=ABOUT,
    link=PAGE,
)
REFUSED = Kind(
    code="edu_base.refused",
    title=_("Not possible for {name}: {title}"),
    body=_(
        "The application of {name} for “{title}” cannot go on: {reason} If you think that "
        "something was overlooked, ring the community."
    ),
    sms=_("The application of {name} for {title} cannot go on. Why:"),
    variables=ABOUT,
    link=PAGE,
)
TAKEN_UP = Kind(
    code="edu_base.taken_up",
    title=_("We look again: {name}, {title}"),
    body=_("The application of {name} for “{title}” has been taken up again. {reason}"),
    sms=_("We look again at the application of {name} for {title}:"),
    variables=ABOUT,
    link=PAGE,
)
INTERVIEW = Kind(
    code="edu_base.interview",
    title=_("Interview of {name} at {starts_at}"),
    body=_(
        "The interview of {name} for “{title}” begins at {starts_at}: {place}. Please bring your "
        "identity paper. If you cannot come, ring the community before."
    ),
    sms=_("Interview of {name} at {starts_at}. Where, and what to bring:"),
    variables={"name": NAME, "starts_at": MOMENT},
    link=PAGE,
)
INTERVIEWED = Kind(
    code="edu_base.interviewed",
    title=_("Thank you for the interview: {name}"),
    body=_("{name} was at the interview for “{title}”. Now the marks of all applicants come in."),
    sms=_("Thank you for the interview: {name}, {title}. What comes next:"),
    variables=ABOUT,
    link=PAGE,
)
RANKED = Kind(
    code="edu_base.ranked",
    title=_("All marks are in: {title}"),
    body=_(
        "The applications for “{title}” are ranked, that of {name} too. Next the places are "
        "proposed; we tell you how it goes on."
    ),
    sms=_("All marks are in: {name}, {title}. What comes next:"),
    variables=ABOUT,
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
)
