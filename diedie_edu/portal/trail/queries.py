"""Events of security, and what they say in words."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from diedie_edu.accounts.actions.changes import Change
from diedie_edu.accounts.models import OneTimeCode, SecurityEvent, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import moment
from diedie_edu.common.manifests import parts_by, programmes
from diedie_edu.community.models import Community
from diedie_edu.lists.kinds import ListKind

Kind = SecurityEvent.Kind
BY_PASSWORD = ("accounts:sign_in", "accounts:new_password", "password")


def events(
    *,
    q: int | None = None,
    kind: str = "",
    first_day: date | None = None,
    last_day: date | None = None,
) -> QuerySet[SecurityEvent]:
    """The newest first: those of or about the account `q`, of a kind, between two days."""
    found = SecurityEvent.objects.all()
    if q:
        found = found.filter(Q(account=q) | Q(about=q))
    if kind:
        found = found.filter(kind=kind)
    if first_day:
        found = found.filter(at__gte=moment(first_day))
    if last_day:
        found = found.filter(at__lt=moment(last_day + timedelta(days=1)))
    return found


@dataclass(frozen=True)
class Line:
    """An event as the page shows it: which account, about whose, and what in words."""

    event: SecurityEvent
    account: str
    about: str
    what: str


def lines(page: Iterable[SecurityEvent], *, with_names: bool) -> Iterator[Line]:
    """In one query at most; accounts are numbers unless their names are asked for."""
    rows = list(page)
    numbers = {number for row in rows for number in (row.account, row.about) if with_names}
    people = User.rows.in_bulk(list(numbers - {None})) if numbers else {}

    def called(number: int | None) -> str:
        return f"{number} {people.get(number, '')}".strip() if number else ""

    for row in rows:
        yield Line(row, called(row.account), called(row.about), in_words(row))


def in_words(event: SecurityEvent) -> str:
    """What an event was about, where it says more than its kind does."""
    return WORDS.get(Kind(event.kind), _thing)(event.what) if event.what else ""


def _how(page: str) -> str:
    return _("by password") if page in BY_PASSWORD else _("by code")


def _purpose(what: str) -> str:
    known = what in OneTimeCode.Purpose.values
    return str(OneTimeCode.Purpose(what).label) if known else what


def _role(what: str) -> str:
    role, _space, scope = what.partition(" ")
    label = str(Role(role).label) if role in Role.values else _thing(role)
    programme = programmes().get(scope)
    return f"{label} {programme.title if programme else scope}".strip()


def _list(what: str) -> str:
    slug, _space, rows = what.rpartition(" ")
    kind = parts_by(ListKind, "slug").get(slug)
    title = kind.title if kind else _verbose(slug)
    return _("%(list)s (rows: %(rows)s)") % {"list": title, "rows": rows}


def _facts(what: str) -> str:
    """Which facts of the community: "phone quiet_from" in the reader's language."""
    labels = {field.attname: field.verbose_name for field in Community._meta.concrete_fields}
    return ", ".join(str(labels.get(name, name)) for name in what.split())


def _thing(what: str) -> str:
    """ "child 7" in the reader's language; what is no noun of the trail stays as it is."""
    return " ".join(str(THINGS.get(word, word)) for word in what.split())


def _verbose(label: str) -> str:
    return str(apps.get_model(label)._meta.verbose_name_plural) if "." in label else label


THINGS = {
    "account": pgettext_lazy("in the trail", "account"),
    "person": pgettext_lazy("in the trail", "person"),
    "child": pgettext_lazy("in the trail", "child"),
    "device": pgettext_lazy("in the trail", "browser"),
    "undone": pgettext_lazy("in the trail", "undone:"),
    "anew": pgettext_lazy("in the trail", "written under the new keys:"),
    "deleted": pgettext_lazy("in the trail", "deleted:"),
    "deputy": pgettext_lazy("in the trail", "deputy"),
    Change.FACTOR_ON: pgettext_lazy("in the trail", "switched on"),
    Change.FACTOR_OFF: pgettext_lazy("in the trail", "switched off"),
    Change.NEW_SHEET: pgettext_lazy("in the trail", "new recovery codes"),
}
WORDS: dict[Kind, Callable[[str], str]] = {
    Kind.SIGNED_IN: _how,
    Kind.FAILED: _how,
    Kind.ROLE_GIVEN: _role,
    Kind.ROLE_TAKEN: _role,
    Kind.EXPORT: _list,
    Kind.COMMUNITY: _facts,
    Kind.CODE_SENT: _purpose,
}
