"""The kinds of message, and their texts in the reader's language.

Every app has its own in `messages.py` and brings them in its manifest. A notice's text is not
stored: its kind and its data render it when it is read or sent, so one row serves both languages.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from diedie_edu.common.bilingual import in_language
from diedie_edu.common.days import day_text, local_day, time_text
from diedie_edu.common.links import token
from diedie_edu.common.manifests import parts_by, parts_of
from diedie_edu.notices.models import Notice

Msgid = str | Promise
SIGNED = _("[Die'er community] {text}")


@dataclass(frozen=True)
class Kind:
    """One kind of message; its code names it in the database and stays for ever.

    `title`, `body` and `sms` are msgids with {placeholders} that name entries of a notice's
    data; `sms` is the whole text message, kept short. `link` is an address in the portal with
    the same placeholders ("/lectures/{activity}/"), shown in the inbox and put at the end of
    e-mails and text messages. There `{sign_up_token}` is the entry `sign_up` of the data, signed
    for the purpose "sign_up" (`common.links`): a page that opens without signing in. `urgent`
    messages go first and ignore the quiet hours: one-time codes only.
    """

    code: str
    title: Msgid
    body: Msgid
    sms: Msgid
    link: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class Text:
    """A message as one person reads it. `path` is the page it is about; `sms` ends with it."""

    title: str
    body: str
    sms: str
    path: str

    @property
    def url(self) -> str:
        """The page's whole address, for messages that leave the portal."""
        return _absolute(self.path)


def kind_of(code: str) -> Kind:
    """Raises `KeyError` for a code that no app brings."""
    return parts_by(Kind, "code")[code]


def urgent_codes() -> list[str]:
    return [kind.code for kind in parts_of(Kind) if kind.urgent]


def render(notice: Notice, language: str, **secrets: str) -> Text:
    """The message in a language ("zh-hans", "en").

    `secrets` are placeholders that are never part of the stored data, such as a one-time code.
    Raises `KeyError` for a kind that no app brings.
    """
    kind = kind_of(notice.kind)
    with translation.override(language):
        words = _words({**notice.data, **secrets}, notice.created_at)
        path = kind.link.format_map(_Numbers(notice.data))
        sms = gettext(SIGNED).format(text=_fill(kind.sms, words))
        return Text(
            title=_fill(kind.title, words),
            body=_fill(kind.body, words),
            sms=f"{sms} {_absolute(path)}".rstrip(),
            path=path,
        )


class _Words(dict[str, str]):
    """A notice written before a placeholder was added still reads, with a gap."""

    def __missing__(self, name: str) -> str:
        return ""


class _Numbers(dict[str, Any]):
    """The data, and each number of it signed as `…_token`."""

    def __missing__(self, name: str) -> str:
        purpose, underscore, _rest = name.rpartition("_token")
        if not underscore:
            raise KeyError(name)
        return token(purpose, self[purpose])


def _fill(msgid: Msgid, words: _Words) -> str:
    return gettext(str(msgid)).format_map(words)


def _absolute(path: str) -> str:
    return f"{settings.PORTAL_URL}{path}" if path else ""


def _words(data: Mapping[str, Any], written_at: datetime) -> _Words:
    return _Words(_pairs(data, local_day(written_at).year))


def _pairs(data: Mapping[str, Any], this_year: int) -> Iterator[tuple[str, str]]:
    """Moments (`…_at`) and days (`…_on`) in words; of `…_zh` and `…_en` the one that is read."""
    for name, value in data.items():
        if name.endswith("_at"):
            yield name, _moment_words(datetime.fromisoformat(value), this_year)
        elif name.endswith("_on"):
            yield name, _day_words(date.fromisoformat(value), this_year)
        elif name.endswith("_zh"):
            stem = name.removesuffix("_zh")
            yield stem, in_language(value, data.get(f"{stem}_en", ""))
        else:
            yield name, str(value)


def _moment_words(moment: datetime, this_year: int) -> str:
    """11月28日（周六）09:30, or Saturday 28 November, 09:30; a year only where it is another."""
    pattern = translation.pgettext("a date and its time", "{date}, {time}")
    day = _day_words(local_day(moment), this_year)
    return pattern.format(date=day, time=time_text(moment))


def _day_words(day: date, this_year: int) -> str:
    return day_text(day, year=day.year != this_year)
