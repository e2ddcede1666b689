"""What those hear who mobilise, who left a phone, and who study; each names whom it is about, for
parent and child may share a phone."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import DAY, NAME, NUMBER
from edu_base.messages import GIVEN_WORK
from edu_base.models import PhoneLeft, SchemeYear, StudyQuestion

LISTS, PHONE = Subject("contact_lists", SchemeYear), Subject("phone_left", PhoneLeft)
QUESTION = Subject("study_question", StudyQuestion)

LISTS_GIVEN = Kind(
    code="edu_base.lists_given",
    title=_("Buildings for you to visit: {number}"),
    body=_(
        "Please visit the young people of these buildings and tell them how they can study: "
        "{buildings}. My page has the lists; every visit ends with one tap. Thank you!"
    ),
    sms=_("Buildings for you to visit for the education base: {number}. Your lists:"),
    variables={"number": NUMBER},
    link="/me/",
    sort=GIVEN_WORK,
)
NOW_OPEN = Kind(
    code="edu_base.now_open",
    title=_("Applications to study are open until {until_on}"),
    body=_(
        "You left your number with us: applications to the classes of the education base are open "
        "until {until_on}. Your number has been deleted now."
    ),
    sms=_("Applications to study are open until {until_on}. Your number has been deleted. See:"),
    variables={"until_on": DAY},
    link="/education/",
)
HOW_IT_GOES = Kind(
    code="edu_base.how_it_goes",
    title=_("{person}: how are your studies going?"),
    body=_(
        "For {person}: the education base would like to know how it goes. One tap is enough, "
        "and no sign-in is needed."
    ),
    sms=_("For {person}: how do your studies go? One tap is enough:"),
    variables={"person": NAME},
    link="/education/students/{study_question_token}/",
)
