"""The notices about who is a guardian, and about what guardians consent to."""

from django.utils.translation import gettext_noop as _

from after_school.messages import LINK, PHONES
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.text_messages import DAY, NAME

GUARDIAN_ADDED = Kind(
    code="after_school.guardian_added",
    title=_("{name}: a second guardian"),
    body=_(
        "Our staff have entered {who} as a second guardian of {name}, who sees its page and may "
        "collect it. If this is not right, call us at once."
    ),
    sms=_("New guardian of {name}: {who}. Please check:"),
    variables={"name": NAME, "who": NAME},
    link=LINK,
    phones=PHONES,
)

GUARDIAN_INVITED = Kind(
    code="after_school.guardian_invited",
    title=_("Will you be the second guardian of {name}?"),
    body=_(
        "{by} asks you to be the second guardian of {name} at the 4:30 school. Open the page, read "
        "what it means, and agree or not. If you do not know {name}, say no."
    ),
    sms=_("4:30 school: will you be the second guardian of {name}?"),
    variables={"name": NAME},
    link="/school/guardians/{guardian_invitation_token}/",
)

GUARDIAN_AGREED = Kind(
    code="after_school.guardian_agreed",
    title=_("{name}: {who} is the second guardian"),
    body=_(
        "{who} has agreed to be the second guardian of {name}, sees its page and may collect it."
    ),
    sms=_("Second guardian of {name}: {who} has agreed."),
    variables={"name": NAME, "who": NAME},
    link=LINK,
)

GUARDIAN_DECLINED = Kind(
    code="after_school.guardian_declined",
    title=_("{name}: {who} said no"),
    body=_("{who} does not want to be the second guardian of {name}. Nothing has changed."),
    sms=_("Second guardian of {name}: {who} said no."),
    variables={"name": NAME, "who": NAME},
    link=LINK,
)

CONSENT_ENDED = Kind(
    code="after_school.consent_ended",
    title=_("{name}: the consent has ended"),
    body=_(
        "The consent to keep the data of {name} has ended. The place at the 4:30 school is "
        "given back, nothing new is stored, and on {erase_on} everything is erased. If you "
        "change your mind before that day, give the consent again on the page."
    ),
    sms=_("Consent for {name} ended; all is erased on {erase_on}."),
    variables={"name": NAME, "erase_on": DAY},
    link=LINK,
)

CONSENT_RUNS_OUT = Kind(
    code="after_school.consent_runs_out",
    title=_("{name}: the consent runs out"),
    body=_(
        "Your consent to keep the data of {name} holds until {until_on}. Please open the page "
        "and give it again; without it {name} cannot come in from the day after."
    ),
    sms=_("Consent for {name} ends on {until_on}. Please renew:"),
    variables={"name": NAME, "until_on": DAY},
    link=LINK,
)

CONSENT_TEXT_NEW = Kind(
    code="after_school.consent_text_new",
    title=_("{name}: the words of the consent have changed"),
    body=_(
        "We have written anew what you agree to for {name}. The page shows what you agreed to and "
        "what is new. Please read it and answer until {until_on}; until then nothing changes."
    ),
    sms=_("New consent for {name}: answer by {until_on}:"),
    variables={"name": NAME, "until_on": DAY},
    link=f"{LINK}consent/",
)

CONSENT_RUN_OUT = Kind(
    code="after_school.consent_run_out",
    title=_("{name} cannot come in: the consent has run out"),
    body=_(
        "Your consent for {name} held until {until_on}. Without it we may not let {name} in. The "
        "place is kept until {kept_on}: please open the page and agree, or sign at the office."
    ),
    sms=_("No consent for {name}; place kept to {kept_on}:"),
    variables={"name": NAME, "kept_on": DAY},
    link=f"{LINK}consent/",
    phones=PHONES,
)
