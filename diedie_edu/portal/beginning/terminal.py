"""The same without a browser: answers out of a file, or one after the other in a terminal.

Both go through the forms of the pages, so they refuse the same things in the same words.
"""

import tomllib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django import forms
from django.db import transaction
from django.forms import BaseForm
from django.utils.translation import gettext as _

from diedie_edu.accounts.actions import accounts
from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.community.forms import NUMBER, CommunityForm
from diedie_edu.community.models import ONLY, Community
from diedie_edu.portal.beginning.forms import AdministratorForm, RoomForm, RoomHoursForm
from diedie_edu.venues.actions import venues

Told = dict[str, Any]
PARTS = {"community", "administrator", "rooms", "hours"}


class NotAccepted(Exception):  # noqa: N818  it is an answer, not an error
    """Something of it cannot be kept; each line says where, and why."""


def read(path: Path) -> Told:
    """Raises `NotAccepted` for what is no such file."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise NotAccepted(f"{path}: {error}") from None
    if unknown := sorted(told.keys() - PARTS):
        raise NotAccepted("\n".join(f"[{name}]: {_('There is no such part.')}" for name in unknown))
    return told


@transaction.atomic
def keep(told: Told, now: datetime) -> User:
    """The community, its first administrator and, where they are told, its rooms and their hours:
    all of it or nothing. Raises `NotAccepted`."""
    facts = _checked("community", community_form(_whole(told.get("community", {}))))
    user = _administrator(told.get("administrator", {}), now)
    facts.keep(by=user, now=now)
    for number, row in enumerate(told.get("rooms", []), start=1):
        room = _checked(f"rooms {number}", RoomForm(row))
        venues.keep(row=room.instance, by=user, now=now)
    if "hours" in told:
        hours = _checked("hours", RoomHoursForm(told["hours"]))
        venues.open_rooms(**hours.cleaned_data, by=user, now=now)
    return user


def community_form(data: Told | None = None) -> CommunityForm:
    return CommunityForm(data, instance=Community.objects.filter(pk=ONLY).first() or Community())


def _whole(told: Told) -> Told:
    """With what stands already: an answer has only what differs."""
    shown = community_form()
    phones = {f"{NUMBER}{code}": number for code, number in told.get("phones", {}).items()}
    # Nobody else has the page open, so nothing is compared.
    hashes = {"opened": shown["opened"].value()}
    return {name: shown[name].value() for name in shown.fields} | told | phones | hashes


def _administrator(told: Told, now: datetime) -> User:
    given = _checked("administrator", AdministratorForm(told)).cleaned_data
    user = User(phone=given["phone"], display_name=given["display_name"], is_superuser=True)
    user.set_password(given["password"] or None)
    try:
        return accounts.open_first(user=user, now=now)
    except Refused as refusal:
        raise NotAccepted(f"administrator: {refusal}") from None


def _checked(part: str, form: Any) -> Any:
    if form.is_valid():
        return form
    raise NotAccepted("\n".join(_faults(part, form)))


def _faults(part: str, form: BaseForm) -> Iterator[str]:
    for name, errors in form.errors.items():
        yield f"{part}: {name}: {' '.join(map(str, errors))}"


# --- A terminal ------------------------------------------------------------------------

Ask = Callable[[str, bool], str]  # a question, and whether its answer is a secret
Say = Callable[[str], object]
Make = Callable[[Told], BaseForm]  # the form with these answers


def community_asked(told: Told) -> BaseForm:
    return community_form(_whole(told))


def asked(make: Make, ask: Ask, say: Say) -> Told:
    """One field after the other, each until its answer can be kept. An empty answer keeps what
    stands in brackets; a file is chosen on the page."""
    form = make({})
    left_out = (forms.FileField, forms.BooleanField)
    return {
        name: _answer(form[name], make, ask, say)
        for name, field in form.fields.items()
        if not field.widget.is_hidden and not isinstance(field, left_out)
    }


def _answer(bound: forms.BoundField, make: Make, ask: Ask, say: Say) -> str:
    field = bound.field
    choices, value = getattr(field, "choices", ()), bound.value()
    standing = str((value if choices else field.widget.format_value(value)) or "")
    for code, label in choices:
        say(f"  {code}: {label}")
    is_secret = isinstance(field.widget, forms.PasswordInput)
    while True:
        typed = ask(_question(bound, standing), is_secret) or standing
        faults = make({bound.name: typed}).errors.get(bound.name)
        if not faults:
            return typed
        say("  " + " ".join(map(str, faults)))


def _question(bound: forms.BoundField, standing: str) -> str:
    if standing:
        return f"{bound.label} [{standing}]: "
    may_be_empty = "" if bound.field.required else f" ({_('may be empty')})"
    return f"{bound.label}{may_be_empty}: "
