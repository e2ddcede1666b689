"""No old form undoes what is newer: every page of the URLconf and of the admin site is opened, and
every form on it that shows what is stored is sent from two browsers.

Nothing is listed here: a form is one of those by what it shows.
"""

from collections.abc import Callable, Iterator
from datetime import time
from itertools import product
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib import admin
from django.db import connection
from django.forms import BaseForm, BaseModelForm
from django.test import Client

from after_school.models import DayTopic, GuardianRight, StaffNeed, Term, ZoneDay
from diedie_edu.accounts.models import User
from diedie_edu.common import edit_forms
from diedie_edu.door.models import Feedback
from diedie_edu.people.models import Guardianship, Skill, Topic, Volunteer
from diedie_edu.portal.base_data import load_plan
from diedie_edu.venues.models import ClosedTime, OpeningHours, Venue
from edu_base.models import SchemeYear
from residents_school.models import Answer, Lecture
from tests.conftest import NOW
from tests.support.access_rows import rows
from tests.support.access_table import WHO
from tests.support.access_things import Things, make_things
from tests.support.children import seen
from tests.support.sent_forms import SentForm, forms_on
from tests.support.two_browsers import faults, pages_at, stores, text_of, undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

Page = tuple[Client, str, Any, list[SentForm]]


@pytest.fixture
def people(make_user: Callable[..., User]) -> dict[str, User]:
    return {
        letter: make_user(role, scope=scope, display_name="陈大文")
        for letter, (role, scope) in WHO.items()
    }


@pytest.fixture
def pages(
    people: dict[str, User],
    as_user: Callable[[User], Client],
    make_lecture: Callable[..., Lecture],
    stranger: User,
) -> list[Page]:
    """Every page that somebody can open, with what its own links (`?when=…`) lead to."""
    load_plan()
    things = make_things(make_lecture, stranger, list(people.values()))
    browsers = {letter: as_user(user) for letter, user in people.items()} | {"v": Client()}
    opened = []
    for name, which, answers in rows():
        letters = [letter for letter, (get, _post) in answers.items() if get == "200"]
        if which == "" and letters:
            letter = min(letters, key="v".__eq__)  # a visitor where nobody else reads it
            opened.append((browsers[letter], things.path(name, "", people.get(letter))))
    fill_forms(things, people)
    return [
        (client, where, page, forms_on(text_of(page), where))
        for client, address in opened
        for where, page in pages_at(client, address)
    ]


def fill_forms(things: Things, people: dict[str, User]) -> None:
    """What stands in forms beyond the rows of the walk of `test_access`."""
    topic = Topic.objects.first()
    things.survey.offers.create(topic=topic, number=1)
    for user in people.values():
        said = Answer.objects.create(
            survey=things.survey,
            resident=user.resident,
            source="online",
            answered_at=NOW,
            other_topic="粤剧",
        )
        said.picks.create(topic=topic)
        child = user.resident.wards.get().child
        second = things.mother
        Guardianship.objects.get_or_create(guardian=second, child=child, relation="grandparent")
        GuardianRight.objects.create(child=child, guardian=second, place=2, **seen())
    Feedback.objects.create(attendance=things.mother.attendances.get(), words="很好", said_at=NOW)
    ZoneDay.objects.update(topic=DayTopic.objects.last())
    for zone, day in product(Term.objects.get().zones.all(), range(1, 6)):
        StaffNeed.objects.create(zone=zone, weekday=day, adults=2, children_per_adult=10)
    room = Venue.objects.order_by("pk").first()
    OpeningHours.objects.create(venue=room, weekday=1, opens=time(9), closes=time(12))
    ClosedTime.objects.create(
        venue=room, starts_at=NOW.replace(year=2027), ends_at=NOW.replace(year=2028), reason="装修"
    )
    SchemeYear.objects.update(allotments_end_on=NOW.replace(month=12))
    Skill.objects.create(volunteer=Volunteer.objects.order_by("pk").first(), topic=topic)


def test_no_list_of_the_admin_site_is_a_form() -> None:
    assert [page for page in admin.site._registry.values() if page.list_editable] == []


def test_every_form_that_shows_what_is_stored_undoes_nothing_newer(
    pages: list[Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock is taken inside the view's own transaction, in which it also saves."""
    depth, original = [0], edit_forms.EditForm.lock

    def watched(form: edit_forms.EditForm, wanted: list) -> list:
        assert not wanted or len(connection.savepoint_ids) > depth[0], f"{form} locks too early"
        return original(form, wanted)

    monkeypatch.setattr(edit_forms.EditForm, "lock", watched)
    wrong, tried = [], set()
    for client, address, page, forms in pages:
        for form in forms:
            if not form.opened:
                wrong += [f"{address}: {fault}" for fault in unguarded(client, address, page, form)]
            elif not form.shown():
                continue  # it deletes: tests/attacks/test_old_delete_pages.py
            elif frozenset(form.opened.values()) not in tried:
                tried.add(frozenset(form.opened.values()))
                with undone():
                    depth[0] = len(connection.savepoint_ids)
                    wrong += [f"{address}: {fault}" for fault in faults(client, address, form)]
    assert not wrong, "\n".join(["", *wrong])
    assert len(tried) > 20


def unguarded(client: Client, address: str, page: Any, form: SentForm) -> Iterator[str]:
    """Fields that show what is stored, in a form that does not carry what it was opened with."""
    for name, values in form.shown().items():
        is_suspect = any(values) and not is_no_stored_value(page, address, form, name)
        if is_suspect and stores(client, address, form, name):
            yield f"{name} = {values}, and does not carry what it was opened with"


def is_no_stored_value(page: Any, address: str, form: SentForm, name: str) -> bool:
    """The first choice or all of them, today, what the address says, the reader themselves, a
    default that a form declares, or what a row begins with that is not there yet."""
    control = form.controls[name]
    if control.kind in {"select", "radio"} and control.values == control.options[:1]:
        return True
    if control.values == control.options != ["on"]:
        return True
    nothing = [str(NOW.date()), str(getattr(page.context["user"], "pk", ""))]
    nothing += dict(parse_qsl(urlsplit(address).query)).values()
    return "".join(control.values) in nothing or any(
        is_default(row, name) or is_of_a_new_row(row, name) for row in forms_in(page)
    )


def forms_in(page: Any) -> Iterator[BaseForm]:
    for layer in page.context or []:
        for value in (row for part in layer for row in part.values()):
            if isinstance(value, BaseForm):
                yield value
            elif hasattr(value, "form") and isinstance(value.form, BaseForm):
                yield value.form


def is_default(form: BaseForm, name: str) -> bool:
    name = name.removeprefix(f"{form.prefix}-") if form.prefix else name
    declared = form.base_fields.get(name)
    if declared is None or declared.initial is None:
        return False
    return form.initial.get(name, declared.initial) == declared.initial


def is_of_a_new_row(form: BaseForm, name: str) -> bool:
    """A form's own field, of a row that nobody else can have changed."""
    if not isinstance(form, BaseModelForm) or not form.instance._state.adding:
        return False
    return name in {form.add_prefix(field) for field in form._meta.fields or ()}
