"""What may be sent to whom and when, and what follows from a gateway's answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.days import time_text
from diedie_edu.common.errors import Refused
from diedie_edu.common.phones import is_mobile
from diedie_edu.community.waking import quiet_until
from diedie_edu.notices import relatives
from diedie_edu.notices.channels.outcome import Outcome
from diedie_edu.notices.channels.robots import is_address_of
from diedie_edu.notices.channels.wechat import is_on
from diedie_edu.notices.kinds import is_no_choice
from diedie_edu.notices.models import OPEN, SIGNED, TROUBLE, Channel, Notice, Robot, Status
from diedie_edu.people.models import Resident

RINGING = (Channel.SMS, Channel.WECHAT)
MAX_PAUSE = 3600.0  # seconds, whatever a gateway asks for


@dataclass(frozen=True)
class Go:
    """Send it now, to this number or mailbox."""

    address: str


@dataclass(frozen=True)
class Wait:
    """Not before that moment."""

    until: datetime


@dataclass(frozen=True)
class Stop:
    """Never: it is settled in this state without a call."""

    status: Status


def decide(
    notice: Notice,
    *,
    urgent: bool,
    now: datetime,
    is_chosen: bool = True,
    is_told: bool = False,
) -> Go | Wait | Stop:
    """What becomes of a message that is about to go out by a way that leaves the portal; not
    `is_chosen` where a staff person does not want such messages there; it `is_told` where
    the text message that waited for one by WeChat has gone instead."""
    if notice.expires_at and notice.expires_at <= now:
        return Stop(Status.EXPIRED)
    address = address_of(notice)
    if not address or is_told or not is_chosen:
        return Stop(Status.SUPPRESSED)
    until = None if urgent else quiet_until(now)
    if until is None:
        return Go(address)
    too_late = notice.expires_at and notice.expires_at <= until
    return Stop(Status.EXPIRED) if too_late else Wait(until)


def address_of(notice: Notice) -> str:
    """Where it goes; empty where there is no address or the person does not want it."""
    if notice.robot is not None:
        return notice.robot.address if notice.robot.is_on else ""
    if notice.channel == Channel.WECHAT:
        return wechat_of(notice)
    if notice.account is not None:
        return _account_address(notice.account, notice)
    if notice.recipient is None:
        return notice.address
    if notice.channel == Channel.SMS:
        in_danger, entered_by = is_no_choice(notice.kind), _entered_by(notice)
        return sms_address(notice.recipient, in_danger=in_danger, entered_by=entered_by)
    return email_address(notice.recipient)


def wechat_of(notice: Notice) -> str:
    """The WeChat that the addressee has tied: theirs alone, nobody hears by it for another."""
    person, account = notice.recipient, notice.account
    account = account or (person.account if person and not person.is_gone else None)
    if account is None or not account.is_active or not is_on():
        return ""
    return next((tie.openid for tie in account.wechat_ties.all() if tie.is_heard), "")


def _entered_by(notice: Notice) -> int | None:
    """As `addresses.with_address` found it; of a notice that is not kept nobody knows."""
    return getattr(notice, "entered_by", None)


def _account_address(account: User, notice: Notice) -> str:
    """The phone by which one signs in, or the mailbox of the person behind the account; their
    wishes count here too, unless a child is in danger."""
    person = getattr(account, "resident", None)
    if not account.is_active:
        return ""
    if notice.channel == Channel.EMAIL:
        return email_address(person) if person else ""
    wants = person is None or person.wants_sms or is_no_choice(notice.kind)
    return account.phone if wants and is_mobile(account.phone) else ""


def sms_address(
    resident: Resident, *, in_danger: bool = False, entered_by: int | None = None
) -> str:
    """The first mobile of `relatives.hearers_of`: their own, that of whoever signed them up
    (`entered_by`, an account), the household's, a guardian's, a relative's. Neither theirs nor that
    of whoever would hear for them where they wish no text messages; where a child may be in danger
    a wish does not count."""
    if resident.is_gone or not (resident.wants_sms or in_danger):
        return ""
    hearers = relatives.hearers_of(resident, entered_by)
    wanted = (phone for _whose, phone, one in hearers if one.wants_sms or in_danger)
    return next(filter(is_mobile, wanted), "")


@dataclass(frozen=True)
class Number:
    """A number to ring, and whose it is."""

    whose: str
    phone: str


def numbers_of(notice: Notice) -> list[Number]:
    """Whom to ring, in this order: themselves, whoever signed them up, the household, the
    guardians, the relatives; each number once.

    A wish not to have text messages does not count: nobody else would tell them.
    """
    if notice.recipient is not None:
        return numbers_of_person(notice.recipient, _entered_by(notice))
    account = notice.account
    return [Number(account.display_name, account.phone)] if account and account.phone else []


def numbers_of_person(person: Resident, entered_by: int | None = None) -> list[Number]:
    """The same, whatever they are rung up about; `entered_by`: the account that signed them up."""
    hearers = relatives.hearers_of(person, entered_by)
    by_phone = {phone: whose for whose, phone, _one in reversed(hearers) if phone}
    return [Number(whose, phone) for phone, whose in reversed(by_phone.items())]


def email_address(resident: Resident) -> str:
    """Their mailbox, if they want e-mail."""
    return resident.email if resident.wants_email and not resident.is_gone else ""


def language_of(notice: Notice) -> str:
    """The language its reader chose; Chinese where nobody chose one."""
    if notice.address:
        return notice.data["language"]
    if notice.robot is not None:
        return notice.robot.language
    account = notice.recipient.account if notice.recipient else notice.account
    return account.language if account else settings.LANGUAGE_CODE


@dataclass(frozen=True)
class Settlement:
    """The state a call leaves its message in; `next_try_at` where something is still to come."""

    status: Status
    next_try_at: datetime | None = None

    @property
    def is_final(self) -> bool:
        return self.status not in OPEN


def settle_as(outcome: Outcome, notice: Notice, tries: int, now: datetime) -> Settlement:
    """What follows from the answer to try number `tries`.

    Only what is known not to have been sent is tried again, later each time, and never past
    its expiry; what cannot be known is asked about, not repeated.
    """
    if outcome.status == Status.UNKNOWN:
        return Settlement(Status.UNKNOWN, now + seconds(settings.NOTICE_ASK_AFTER))
    if outcome.status != Status.QUEUED:
        return Settlement(outcome.status)
    if tries > len(settings.NOTICE_RETRIES):
        return Settlement(Status.FAILED)
    pause = max(settings.NOTICE_RETRIES[tries - 1], outcome.retry_after)
    next_try_at = now + seconds(min(pause, MAX_PAUSE))
    if notice.expires_at and notice.expires_at <= next_try_at:
        return Settlement(Status.FAILED)
    return Settlement(Status.QUEUED, next_try_at)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def check_send_again(notice: Notice, now: datetime) -> None:
    """House rule: staff may repeat what failed or is unknown, while it is still of use."""
    if notice.status not in TROUBLE:
        raise Refused("not_in_trouble", _("This message did not fail, so it is not repeated."))
    if notice.address:
        raise Refused(
            "code_gone",
            _("A message to a number alone is not sent again; for a code the person asks anew."),
        )
    if notice.expires_at and notice.expires_at <= now:
        raise Refused("too_late", _("It is too late: this no longer holds, or has begun."))


def check_links_not_tried_out(is_used_up: bool) -> None:
    """House rule: after LINK_MISSES links that lead nowhere a network waits for a while."""
    if is_used_up:
        raise Refused("too_many", _("That was too often in a short time"))


def check_tries_seldom(is_too_many: bool, again_at: datetime) -> None:
    """House rule: who tries the channels out does so TRIALS_PER_HOUR times an hour at most, for
    each text message costs money. Raises `Refused` (`too_many_trials`)."""
    if is_too_many:
        words = _("That was often enough for now. Try again after %(time)s.")
        raise Refused("too_many_trials", words % {"time": time_text(again_at)})


def is_receipt_key(key: str) -> bool:
    """House rule: receipts come to the address that ends with our key; without one, to none."""
    return bool(settings.SMS_RECEIPT_KEY) and constant_time_compare(key, settings.SMS_RECEIPT_KEY)


def check_robot(robot: Robot) -> None:
    """House rule: only robots of the makers that we know are called, each at its own host (and at
    ROBOT_HOSTS). Raises `Refused` (`not_a_robot`, `no_signing`)."""
    if not is_address_of(robot.chat, robot.address):
        words = _("This is no address of a robot of %(chat)s. Copy it whole from the chat.")
        chat = robot.get_chat_display()
        raise Refused("not_a_robot", words % {"chat": chat}, "new_address")
    if robot.secret and robot.chat not in SIGNED:
        raise Refused("no_signing", _("Robots of WeCom have no secret."), "new_secret")


def check_robot_is_on(robot: Robot) -> None:
    """House rule: what is switched off says nothing. Raises `Refused` (`robot_is_off`)."""
    if not robot.is_on:
        raise Refused("robot_is_off", _("This robot is switched off. Switch it on first."))
