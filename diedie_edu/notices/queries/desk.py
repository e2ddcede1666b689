"""Messages on the staff desk: whom to call, and what did not surely arrive."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.parts import Problem
from diedie_edu.notices.queries import calls
from diedie_edu.notices.queries.trouble import open_trouble


def problems(user: User, now: datetime) -> Iterator[Problem]:
    """All of each sort in one line; no names, for the desk is not logged as a look."""
    if scopes := user.scopes(Permission.CALL_PEOPLE):
        yield from _calls(scopes, now)
    if user.may(Permission.SEE_DELIVERY):
        yield from _trouble()


def _calls(scopes: set[str], now: datetime) -> Iterator[Problem]:
    url = reverse("notices:call_list")
    if alarms := calls.unheard_alarms(scopes, now).count():
        text = ngettext(
            "%(number)d alarm has reached nobody.", "%(number)d alarms have reached nobody.", alarms
        )
        yield Problem(1, text % {"number": alarms}, url, _("See to it now"), "brick")
    today, later = calls.numbers_to_call(scopes, now)
    if today:
        text = ngettext(
            "%(number)d person is to be called today: no message reached them.",
            "%(number)d people are to be called today: no message reached them.",
            today,
        )
        yield Problem(2, text % {"number": today}, url, _("Call them now"), "brick")
    if later:
        text = ngettext(
            "%(number)d person is to be called: no message reached them.",
            "%(number)d people are to be called: no message reached them.",
            later,
        )
        yield Problem(10, text % {"number": later}, url, _("Open the call list"))


def _trouble() -> Iterator[Problem]:
    if troubled := open_trouble().count():
        text = ngettext(
            "%(number)d message did not surely arrive.",
            "%(number)d messages did not surely arrive.",
            troubled,
        )
        url = reverse("notices:trouble")
        yield Problem(10, text % {"number": troubled}, url, _("Look at them"), "brick")
