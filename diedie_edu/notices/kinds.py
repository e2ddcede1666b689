"""The kinds of message, and their texts in the reader's language.

Every app has its own in `messages.py` and brings them in its manifest. A notice's text is not
stored: its kind and its data render it when it is read or sent, so one row serves both languages.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from diedie_edu.common.days import day_text, local_day, short_day_text
from diedie_edu.common.links import token
from diedie_edu.common.manifests import parts_by
from diedie_edu.community.known import OWN, community, phone_of
from diedie_edu.notices.bearers import bearer_of
from diedie_edu.notices.groups import Group
from diedie_edu.notices.models import Channel, Notice
from diedie_edu.notices.text_messages import KEY, Longest, key_of, short_link
from diedie_edu.notices.wording import Msgid, fill, words_of

SIGNED = _("[{short}] {text}")

EVERY_WAY = (Channel.INBOX, Channel.SMS, Channel.EMAIL)
QUIETLY = (Channel.INBOX, Channel.EMAIL)  # what is no reason for a text message


@dataclass(frozen=True)
class Sort:
    """What staff choose by: kinds that go to their accounts, as one thing (`label`). `rings` where
    it comes to the phone as long as nobody chose otherwise. One `of_branch` is of no programme."""

    code: str
    label: Msgid
    rings: bool = True
    of_branch: bool = False


@dataclass(frozen=True)
class Phone:
    """A number to ring, by the code of its telephone; an empty one is told to nobody."""

    whose: Msgid
    code: str = OWN


def numbers_to_ring(phones: Iterable[Phone]) -> list[tuple[str, str]]:
    """Whose each is, in the language at hand, and the number."""
    return [(gettext(str(one.whose)), number) for one in phones if (number := phone_of(one.code))]


@dataclass(frozen=True)
class Kind:
    """One kind of message; its code names it in the database and stays for ever.

    `title` and `body` are msgids with {placeholders} that name entries of a notice's data. `sms`
    is the whole text message and a template at the provider's (`text_messages`): its placeholders
    are its `variables`, each once in either language, with fixed words around. `link` is an
    address in the portal with placeholders ("/lectures/{activity}/"), shown in the inbox; e-mails
    and text messages end with a short one that leads there. In it `{sign_up_token}` is the entry
    `sign_up` of the data, or several in a list, signed for the purpose "sign_up"
    (`common.links`): a page that opens without signing in. `urgent` messages go first and ignore
    the quiet hours: one-time codes, and where a child is that should be elsewhere. `phones` are
    whom to ring: all stand behind the body, and the first in the text message at `{phone}`, as
    part of its fixed words. An `alarm` stands on the staff desk where it reaches nobody;
    `actions.notify` tells it. `channels` are the ways by which it goes; an e-mail goes to those
    alone who want e-mails. With a `sort` staff choose whether it rings their phone; an alarm about
    children has none. `is_called`: whom it does not reach, staff ring.
    `confirms`: it goes to whoever did something, or for whom they did it. Every other kind counts
    as set off at others where a resident's action sends it (`setting_off`), unless it is `urgent`.
    `is_answered`: each answers for themselves, so it is never said of several in one text.
    `group`: what staff's group chats hear of it, told by `actions.notify`; without one nothing.
    `goes_by_both`: by WeChat and by text message, as what is `urgent` does; all else goes by text
    only where it did not go by WeChat.
    """

    code: str
    title: Msgid
    body: Msgid
    sms: Msgid
    variables: Mapping[str, Longest] = field(default_factory=dict)
    link: str = ""
    urgent: bool = False
    alarm: bool = False
    phones: tuple[Phone, ...] = ()
    channels: tuple[Channel, ...] = EVERY_WAY
    sort: Sort | None = None
    is_called: bool = True
    confirms: bool = False
    is_answered: bool = False
    group: Group | None = None
    goes_by_both: bool = False

    @property
    def is_counted(self) -> bool:
        """A child's safety is never held up."""
        return not (self.confirms or self.urgent or self.alarm)

    def template(self, language: str) -> str:
        """What we call its text message as a template, in a language."""
        return f"{self.code}.{language}"

    def wording(self) -> str:
        """The template in the language at hand, with the link, whose last part is `{key}`."""
        number = "".join(f" {number}" for _whose, number in numbers_to_ring(self.phones)[:1])
        words = gettext(str(self.sms)).replace("{phone}", number)
        return f"{words} {short_link('{key}')}" if self.link else words

    def longest(self) -> dict[str, str]:
        """The longest value of each variable in the language at hand."""
        sorts = {**self.variables, "key": KEY} if self.link else self.variables
        return {name: sort.value for name, sort in sorts.items()}


@dataclass(frozen=True)
class Text:
    """A message as one person reads it.

    `path` is the page it is about, `url` the short link to it for what leaves the portal; both
    are empty where there is none. `sms` is the whole text message, `template` and `variables`
    what a provider makes it of. `numbers`: whom to ring, and where.
    """

    title: str
    body: str
    path: str
    url: str = ""
    sms: str = ""
    template: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    numbers: Sequence[tuple[str, str]] = ()


def kind_of(code: str) -> Kind:
    """Raises `KeyError` for a code that no app brings."""
    return parts_by(Kind, "code")[code]


def is_no_choice(code: str) -> bool:
    """Whether messages of this kind ring whatever somebody wishes: a child's safety."""
    kind = parts_by(Kind, "code").get(code)
    return kind is not None and kind.sort is None and (kind.urgent or kind.alarm)


def signed(text: str) -> str:
    """A text message as it arrives, with the name of who sends it."""
    return gettext(SIGNED).format(short=community().short, text=text)


def render(notice: Notice, language: str, **secrets: str) -> Text:
    """The message in a language ("zh-hans", "en").

    `secrets` are placeholders that are never part of the stored data, such as a one-time code.
    Raises `KeyError` for a kind that no app brings.
    """
    return written(kind_of(notice.kind), notice, language, **secrets)


def written(kind: Kind, notice: Notice, language: str, **secrets: str) -> Text:
    """As `render`, in the words of `kind`."""
    if notice.robot_id is not None:
        return _in_chat(kind, notice, language)
    facts = {**notice.data, **secrets}
    told_on = local_day(notice.created_at)
    with translation.override(language):
        # A year only where it is another.
        words = words_of(facts, lambda day: day_text(day, year=day.year != told_on.year), told_on)
        path, key = kind.link.format_map(_Numbers(notice)), key_of(notice.reference)
        numbers = numbers_to_ring(kind.phones)
        variables = _variables(kind, facts, told_on) | ({"key": key} if path else {})
        return Text(
            title=fill(kind.title, words),
            body=fill(kind.body, words) + _numbers_words(numbers),
            numbers=numbers,
            path=path,
            url=short_link(key) if path else "",
            sms=signed(kind.wording().format_map(variables)),
            template=kind.template(language),
            variables=variables,
        )


def _in_chat(kind: Kind, notice: Notice, language: str) -> Text:
    assert kind.group is not None
    with translation.override(language):
        words = words_of(notice.data, short_day_text, local_day(notice.created_at))
        said = fill(kind.group.words, words)
        return Text(title=said, body=said, path=kind.group.link.format_map(notice.data))


def _numbers_words(numbers: Sequence[tuple[str, str]]) -> str:
    if not numbers:
        return ""
    listed = " · ".join(f"{whose} {number}" for whose, number in numbers)
    return gettext(" Call: {numbers}").format(numbers=listed)


class _Numbers(dict[str, Any]):
    """The data, and each number or list of numbers of it signed as `…_token`: a token that opens as
    long as the addressee has the phone of now."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.data)
        self.notice = notice

    def __missing__(self, name: str) -> str:
        purpose, underscore, _rest = name.rpartition("_token")
        if not underscore:
            raise KeyError(name)
        named = self[purpose]
        numbers = named if isinstance(named, list) else [named]
        return token(purpose, *numbers, bearer=bearer_of(self.notice))


def _variables(kind: Kind, facts: Mapping[str, Any], told_on: date) -> dict[str, str]:
    """Each no longer than it may be; days are short, and without a year: it is the next such."""
    words = words_of(facts, short_day_text, told_on)
    return {name: longest.shortened(words[name]) for name, longest in kind.variables.items()}
