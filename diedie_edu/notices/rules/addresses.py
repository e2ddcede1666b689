"""To whom a message goes, by which number or mailbox, and in which language."""

from dataclasses import dataclass

from django.conf import settings

from diedie_edu.accounts.models import User
from diedie_edu.common.phones import is_mobile
from diedie_edu.notices import relatives
from diedie_edu.notices.channels.wechat import is_on
from diedie_edu.notices.kinds import is_no_choice
from diedie_edu.notices.models import Channel, Notice
from diedie_edu.people.models import Resident


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
        return email_address(person) if person else account.mailbox
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
