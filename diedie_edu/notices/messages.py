"""The kinds of notice that belong to no programme: one-time codes, trials of the channels, and what
is the matter with the portal itself."""

from functools import partial

from django.utils.translation import gettext_noop as _

from diedie_edu.accounts.models import OneTimeCode
from diedie_edu.notices import groups
from diedie_edu.notices.kinds import QUIETLY, Kind, Sort
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import CODE, MOMENT

Purpose = OneTimeCode.Purpose
WATCH = Sort("watch", _("The portal itself: messages that stand still, back-ups"), of_branch=True)
ACCOUNTS = Sort("accounts", _("Accounts: roles given, a new number stopped, too many codes"))

# Providers take no second variable beside a code, so the minutes (`OneTimeCode.MINUTES`) are words.
CODES: dict[str, Kind] = {
    purpose: Kind(
        code=f"notices.code_{purpose}",
        title=title,
        body=sms,
        sms=sms,
        variables={"code": CODE},
        urgent=True,
    )
    for purpose, title, sms in [
        (
            Purpose.REGISTER,
            _("Your code to register"),
            _("Your code to register is {code}, valid for 10 minutes. Tell it to nobody."),
        ),
        (
            Purpose.SIGN_IN,
            _("Your code to sign in"),
            _("Your code to sign in is {code}, valid for 10 minutes. Tell it to nobody."),
        ),
        (
            Purpose.RESET,
            _("Your code for a new password"),
            _("Your code for a new password is {code}, valid for 10 minutes. Tell it to nobody."),
        ),
        (
            Purpose.FAMILY,
            _("Your code to join a family"),
            _(
                "Somebody enters you in their family and may sign you up. If you agree, tell them "
                "the code {code}, valid for 10 minutes."
            ),
        ),
        (
            Purpose.CHANGE,
            _("Your code for a new phone number"),
            _("Your code for a new number is {code}, valid for 10 minutes. Tell it to nobody."),
        ),
    ]
}
TRIAL = Kind(
    code="notices.trial",
    title=_("A trial: messages reach you"),
    body=_("You asked at {sent_at} whether messages reach you. This one did."),
    sms=_("A trial that you asked for at {sent_at}: text messages reach you."),
    variables={"sent_at": MOMENT},
    link="/messages/trial/",
    is_called=False,
    confirms=True,
    group=groups.Group(
        groups.TRIAL,
        _("A trial, asked for at {sent_at}: alerts reach this chat."),
        link="/messages/robots/",
    ),
    goes_by_both=True,
)

# What is the matter with the portal itself. By text message it would be of no use: that is how it
# fails.
OWN = Subject("portal")
_watched = partial(Kind, channels=QUIETLY, sort=WATCH, is_called=False)
STANDS_STILL = _watched(
    code="notices.stands_still",
    title=_("Messages stand still"),
    body=_(
        "Messages have waited for more than ten minutes to go out. Please tell whoever looks after "
        "the server: a worker may be away."
    ),
    sms=_("Messages of the portal stand still. Please see to the server:"),
    link="/messages/delivery/",
    group=groups.Group(
        groups.PORTAL,
        _("Messages of the portal have stood still for more than ten minutes."),
        "/messages/delivery/",
    ),
)
GATEWAY_AILS = _watched(
    code="notices.gateway_ails",
    title=_("No text message goes out"),
    body=_(
        "The gateway of text messages has taken none for half an hour. They wait and are tried "
        "again; please look what it says, and call people where it is urgent."
    ),
    sms=_("The gateway of text messages takes none. Please look:"),
    link="/messages/trial/",
    group=groups.Group(
        groups.PORTAL,
        _("No text message of the portal has gone out for half an hour: the gateway takes none."),
        "/messages/trial/",
    ),
)
UNAPPROVED = _watched(
    code="notices.unapproved",
    title=_("Text messages without an approved template"),
    body=_(
        "Text messages did not go out today, because the provider has not approved their "
        "templates. Whom nothing else reached is on the call list."
    ),
    sms=_("Text messages did not go out: no approved template. Please look:"),
    link="/messages/templates/",
    group=groups.Group(
        groups.PORTAL,
        _("Text messages did not go out: the provider has not approved their templates."),
        "/messages/templates/",
    ),
)
NO_BACK_UP = _watched(
    code="notices.no_back_up",
    title=_("The last back-up failed, or is too old"),
    body=_(
        "No back-up of the portal has been made for more than a day, or the last one failed. "
        "Please tell whoever looks after the server."
    ),
    sms=_("The portal has no new back-up. Please see to the server:"),
    link="/desk/",
    group=groups.Group(
        groups.PORTAL, _("The portal's last back-up failed, or is more than a day old."), "/desk/"
    ),
)
ABOUT_THE_PORTAL = (STANDS_STILL, GATEWAY_AILS, UNAPPROVED, NO_BACK_UP)
