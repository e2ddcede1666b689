"""Messages on the staff desk: whom to call, and what did not surely arrive."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.belonging import EVERYWHERE
from diedie_edu.common.parts import DeskProblems, Problem
from diedie_edu.common.peeks import Peek
from diedie_edu.notices.channels.words import in_words
from diedie_edu.notices.models import Attempt, Channel, Notice, Reason, Status
from diedie_edu.notices.queries import calls
from diedie_edu.notices.queries.robots import failing
from diedie_edu.notices.queries.templates import codes_without_template, differing, provider_in_use
from diedie_edu.notices.queries.trouble import open_trouble
from diedie_edu.notices.queries.watching import overdue, since_stalled

SAID_FOR, REFUSED_FOR = timedelta(days=7), timedelta(days=1)


def to_call(user: User, now: datetime) -> Iterator[Problem]:
    """All of each sort in one line; no names, for the desk is not logged as a look."""
    scopes = user.scopes(Permission.CALL_PEOPLE)
    if not scopes:
        return
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


def trouble(user: User, now: datetime) -> Iterator[Problem]:
    if user.may(Permission.SEE_DELIVERY) and (troubled := open_trouble().count()):
        text = ngettext(
            "%(number)d message did not surely arrive.",
            "%(number)d messages did not surely arrive.",
            troubled,
        )
        url = reverse("notices:trouble")
        yield Problem(10, text % {"number": troubled}, url, _("Look at them"), "brick")


def codes_not_approved(user: User, now: datetime) -> Iterator[Problem]:
    """Codes that would not go out, for the provider has approved no template of them."""
    if not user.may(Permission.SEE_DELIVERY) or not provider_in_use():
        return
    url = reverse("notices:templates")
    if codes := codes_without_template():
        text = ngettext(
            "%(number)d sort of code cannot be sent: the provider has approved no template of it.",
            "%(number)d sorts of code cannot be sent: the provider has approved no template of "
            "them.",
            codes,
        )
        yield Problem(3, text % {"number": codes}, url, _("Look at the templates"), "brick")


def differ_from_approved(user: User, now: datetime) -> Iterator[Problem]:
    """What providers send says what they approved, and not what the portal says by now."""
    if not user.may(Permission.SEE_DELIVERY) or not provider_in_use():
        return
    if number := differing():
        text = ngettext(
            "%(number)d text message says something else than its provider approved.",
            "%(number)d text messages say something else than their provider approved.",
            number,
        )
        url = f"{reverse('notices:templates')}?state=differs"
        yield Problem(8, text % {"number": number}, url, _("Look at the templates"))


def not_approved(user: User, now: datetime) -> Iterator[Problem]:
    """What did not go out of late for the same reason."""
    if not user.may(Permission.SEE_DELIVERY) or not provider_in_use():
        return
    url = reverse("notices:templates")
    if number := _unsent(now, now - SAID_FOR).count():
        text = ngettext(
            "%(number)d text message of the last 7 days did not go out: the provider has not "
            "approved its template. Whom nothing else reached is on the call list.",
            "%(number)d text messages of the last 7 days did not go out: the provider has not "
            "approved their templates. Whom nothing else reached is on the call list.",
            number,
        )
        yield Problem(9, text % {"number": number}, url, _("Look at the templates"))


def stands_still(user: User, now: datetime) -> Iterator[Problem]:
    if user.may(Permission.SEE_DELIVERY) and overdue(since_stalled(now)).exists():
        text = _("Messages have waited for more than ten minutes. Is a worker at work?")
        yield Problem(3, text, reverse("notices:trial"), _("Try the channels"), "brick")


def failing_robots(user: User, now: datetime) -> Iterator[Problem]:
    """Robots of group chats that were refused three times in a row: nobody hears alerts there."""
    if user.may(Permission.SEE_DELIVERY) and (number := failing().count()):
        text = ngettext(
            "%(number)d robot of a group chat does not get through: no alert is heard there.",
            "%(number)d robots of group chats do not get through: no alert is heard there.",
            number,
        )
        url = reverse("notices:robots")
        yield Problem(4, text % {"number": number}, url, _("Look at the robots"), "brick")


def _unsent(now: datetime, since: datetime) -> QuerySet[Attempt]:
    return Attempt.objects.filter(
        reason=Reason.NO_TEMPLATE,
        notice__channel=Channel.SMS,
        started_at__gt=since,
        started_at__lte=now,
    )


def wechat_refuses(user: User, now: datetime) -> Iterator[Problem]:
    """What WeChat did not take for the sake of our settings, and why it says."""
    found = _not_taken(now, now - REFUSED_FOR)
    if not (user.may(Permission.SEE_DELIVERY) and (number := found.count())):
        return
    last = found.order_by("-created_at").values_list("attempts__detail", flat=True)[:1]
    text = ngettext(
        "WeChat did not take %(number)d message of the last day (%(why)s). It went as a text "
        "message.",
        "WeChat did not take %(number)d messages of the last day (%(why)s). They went as text "
        "messages.",
        number,
    )
    why = in_words(last[0]) or last[0]
    url = f"{reverse('notices:templates')}?provider=wechat"
    yield Problem(9, text % {"number": number, "why": why}, url, _("Look at the templates"))


def _not_taken(now: datetime, since: datetime) -> QuerySet[Notice]:
    failed = Notice.objects.filter(channel=Channel.WECHAT, status=Status.FAILED)
    return failed.filter(
        created_at__gt=since, created_at__lte=now, attempts__reason=Reason.SETTINGS
    )


ALARMS = Peek(
    lambda now, since: calls.unheard_alarms({EVERYWHERE}, now, since), since=calls.said_since
)
CALLS = Peek(lambda now, since: calls.to_call({EVERYWHERE}, now, since), since=calls.said_since)
UNSENT = Peek(_unsent, since=lambda now: now - SAID_FOR)
NOT_TAKEN = Peek(_not_taken, since=lambda now: now - REFUSED_FOR)
PROBLEMS = (
    DeskProblems(to_call, (ALARMS, CALLS)),
    DeskProblems(trouble, (Peek(open_trouble),)),
    DeskProblems(codes_not_approved),
    DeskProblems(differ_from_approved),
    DeskProblems(stands_still, (Peek(overdue, since=since_stalled),)),
    DeskProblems(failing_robots, (Peek(failing),)),
    DeskProblems(not_approved, (UNSENT,)),
    DeskProblems(wechat_refuses, (NOT_TAKEN,)),
)
