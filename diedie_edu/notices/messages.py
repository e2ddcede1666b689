"""The kinds of notice that belong to no programme: one-time codes, and trials of the channels."""

from django.utils.translation import gettext_noop as _

from diedie_edu.accounts.models import OneTimeCode
from diedie_edu.notices import groups
from diedie_edu.notices.kinds import Kind, Sort
from diedie_edu.notices.text_messages import CODE, MOMENT

Purpose = OneTimeCode.Purpose
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
