"""The kinds of notice that belong to no programme: one-time codes."""

from django.utils.translation import gettext_noop as _

from diedie_edu.accounts.models import OneTimeCode
from diedie_edu.notices.kinds import Kind

Purpose = OneTimeCode.Purpose

CODES: dict[str, Kind] = {
    purpose: Kind(code=f"notices.code_{purpose}", title=title, body=sms, sms=sms, urgent=True)
    for purpose, title, sms in [
        (
            Purpose.REGISTER,
            _("Your code to register"),
            _("{code} is your code to register, valid for {minutes} minutes. Tell it to nobody."),
        ),
        (
            Purpose.SIGN_IN,
            _("Your code to sign in"),
            _("{code} is your code to sign in, valid for {minutes} minutes. Tell it to nobody."),
        ),
        (
            Purpose.RESET,
            _("Your code for a new password"),
            _(
                "{code} is your code for a new password, valid for {minutes} minutes. "
                "Tell it to nobody."
            ),
        ),
    ]
}
