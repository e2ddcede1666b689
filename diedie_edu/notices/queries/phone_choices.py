"""Which messages ring a staff person's phone or come by e-mail: what there is to choose, and what
was chosen."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.belonging import EVERYWHERE, belonging, counts_at
from diedie_edu.common.manifests import parts_by, parts_in, parts_of, programmes
from diedie_edu.notices.kinds import Kind, Sort
from diedie_edu.notices.models import Channel, Notice, PhoneChoice
from diedie_edu.notices.subjects import Subject

BRANCH = EVERYWHERE


@dataclass(frozen=True)
class Choices:
    """What can come to the phone about one programme (its slug; the branch's own is ""): the sorts
    of messages, and those that do (their codes). `mailable` and `mailing` are the same of e-mails,
    empty where the account has no mailbox or wants no e-mails."""

    programme: str
    title: str | Promise
    sorts: list[Sort]
    ringing: list[str]
    mailable: list[Sort]
    mailing: list[str]


def choices_of(user: User) -> Iterator[Choices]:
    """Of each programme where they work; of the branch where they work for all."""
    scopes = user.scopes(Permission.OPEN_DESK)
    rows = {(row.programme, row.sort): row for row in user.phone_choices.all()}
    chosen = {of: row.rings for of, row in rows.items()}
    unwanted = {of for of, row in rows.items() if not row.mails}
    has_mailbox = _has_mailbox(user)
    titles = {slug: programme.title for slug, programme in programmes().items()}
    for slug, title in {**titles, BRANCH: _("All programmes together")}.items():
        if counts_at(slug, scopes):
            sorts = _sorts(slug, Channel.SMS)
            ringing = [one.code for one in sorts if chosen.get((slug, one.code), one.rings)]
            mailable = _sorts(slug, Channel.EMAIL) if has_mailbox else []
            mailing = [one.code for one in mailable if (slug, one.code) not in unwanted]
            yield Choices(slug, title, sorts, ringing, mailable, mailing)


def _has_mailbox(user: User) -> bool:
    """Of the person behind the account, who wants e-mails; of the account where there is none."""
    person = getattr(user, "resident", None)
    return bool(person.email) and person.wants_email if person else bool(user.mailbox)


def _sorts(slug: str, channel: Channel) -> list[Sort]:
    """Those that every programme has, then its own, as far as they go by this channel."""
    of_programmes = {kind.code for one in programmes() for kind in parts_in(one, Kind)}
    shared = [kind for kind in parts_of(Kind) if kind.code not in of_programmes]
    found = [*shared, *parts_in(slug, Kind)]
    sorts = [kind.sort for kind in found if kind.sort and channel in kind.channels]
    return [one for one in dict.fromkeys(sorts) if slug == BRANCH or not one.of_branch]


def is_chosen(notice: Notice) -> bool:
    """Whether a message to an account may come to its phone, or to its mailbox where it goes there;
    what has no sort always may."""
    kind = parts_by(Kind, "code").get(notice.kind)
    if kind is None or kind.sort is None or notice.account_id is None:
        return True
    own = PhoneChoice.objects.filter(account=notice.account_id, sort=kind.sort.code)
    chosen = own.filter(programme=programme_of(notice)).first()
    if notice.channel == Channel.EMAIL:
        return chosen is None or chosen.mails
    return chosen.rings if chosen else kind.sort.rings


def rings_unasked(sort: str) -> bool:
    """Whether messages of a sort (its code) ring as long as nobody chose otherwise."""
    return any(kind.sort.rings for kind in parts_of(Kind) if kind.sort and kind.sort.code == sort)


def programme_of(notice: Notice) -> str:
    """The programme (its slug) that brings the kind, or that the row belongs to which it is about;
    "" for the branch's own."""
    for slug in programmes():
        if any(kind.code == notice.kind for kind in parts_in(slug, Kind)):
            return slug
    for subject in parts_of(Subject):
        number = subject.number_in(notice.subject) if subject.model else None
        if subject.model and number is not None:
            row = subject.model._default_manager.filter(pk=number).first()
            return (belonging(row).slug_of(row) if row else None) or BRANCH
    return BRANCH
