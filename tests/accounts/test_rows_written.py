"""Every model of a programme, by every way of the admin site to write: as the lead of that
programme, and as the lead of another, who changes nothing.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.models import Model
from django.forms import model_to_dict
from django.test import Client

from after_school.models import DayTopic
from diedie_edu.accounts.models import User
from diedie_edu.activities.models import ReminderTime
from diedie_edu.people.models import Clearance, ConsentText, Topic
from diedie_edu.programmes.models import Programme
from edu_base.models import College, Intake, SchemeYear
from happy_square.models import GroupKind
from residents_school.models import Wish
from tests.conftest import NOW
from tests.support.deleting import carried, chosen
from tests.support.own_rows import (
    OTHER,
    elsewhere,
    form_of,
    pages,
    programme_of,
    url,
)
from tests.support.sent_forms import forms_on
from tests.support.two_browsers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


# What a second row of a model must have of its own.
ANOTHER: dict[type[Model], dict[str, object]] = {
    ReminderTime: {},
    Clearance: {},
    DayTopic: {"title_zh": "剪纸"},
    ConsentText: {"version": "next"},
    GroupKind: {"title_zh": "插花"},
    College: {"title_zh": "佛山职业技术学院"},
    SchemeYear: {"year": 2031},
    Intake: {"title_zh": "大专二班"},
}


def test_a_lead_adds_changes_and_deletes_in_their_programme(
    rows: list[Model], leads: dict[str, Client]
) -> None:
    done = {
        (type(row), what)
        for row in rows
        for what, is_done in tried(leads[programme_of(row)], row)
        if is_done
    }
    assert {model for model, what in done if what == "added"} == set(ANOTHER)
    assert (ReminderTime, "deleted") in done
    assert (ReminderTime, "deleted by action") in done
    assert {model for model, what in done if what == "changed"} == {*ANOTHER, Programme}


def test_a_lead_of_another_programme_changes_nothing(
    rows: list[Model], leads: dict[str, Client]
) -> None:
    done = [
        (type(row), what)
        for row in rows
        for what, is_done in tried(leads[elsewhere(row)], row)
        if is_done
    ]
    assert not done


def tried(client: Client, row: Model) -> Iterator[tuple[str, bool]]:
    """Each way to write to a row, and whether it was open; it is undone at once."""
    model, everything = type(row), form_data(row)
    goes = carried(client.get(url(model, "delete", row.pk)))
    gone = {"post": "yes", "opened": goes}
    sent = {
        "added": ("add", [], everything | ANOTHER.get(model, {})),
        "changed": ("change", [row.pk], form_of_page(client, row) or everything),
        "deleted": ("delete", [row.pk], gone),
        "deleted by action": ("changelist", [], chosen(row.pk) | gone),
    }
    for what, (page, which, form) in sent.items():
        before = model._default_manager.count()
        with transaction.atomic():
            answer = client.post(url(model, page, *which), form)
            grown = model._default_manager.count() - before
            transaction.set_rollback(True)
        expected = {"added": 1, "changed": 0}.get(what, -1)
        yield what, answer.status_code == 302 and grown == expected
        assert answer.status_code == 302 or grown == 0


def form_of_page(client: Client, row: Model) -> dict[str, object]:
    """What the page of a row sends untouched; nothing where it is not open."""
    page = url(type(row), "change", row.pk)
    forms = forms_on(text_of(client.get(page)), page)
    return {name: values for form in forms if form.opened for name, values in form.data().items()}


def form_data(row: Model) -> dict[str, object]:
    """What the page of a row sends, its inlines empty."""
    inlines = [inline.model._meta for inline in pages(type(row)).inlines]
    keys = [key for of in inlines for key in of.fields if key.related_model is type(row)]
    data: dict[str, object] = {}
    for key in keys:
        prefix = key.remote_field.related_name
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    for name, value in model_to_dict(row).items():
        if hasattr(value, "tzinfo") and hasattr(value, "date"):
            data |= {f"{name}_0": value.date(), f"{name}_1": value.time()}
        elif value is not None and value is not False:
            data[name] = value
    return data


def test_no_form_takes_a_row_to_another_programme(
    rows: list[Model], leads: dict[str, Client]
) -> None:
    row = next(row for row in rows if isinstance(row, ReminderTime))
    other = Programme.objects.get(slug=OTHER)
    client = leads[programme_of(row)]
    answer = client.post(
        url(ReminderTime, "change", row.pk), form_data(row) | {"programme": other.pk}
    )
    assert form_of(answer).errors["programme"]
    row.refresh_from_db()
    assert row.programme != other


def test_what_others_hang_on_a_shared_row_is_kept_and_not_named(
    leads: dict[str, Client], topic: Topic, stranger: User
) -> None:
    """A topic is everybody's; who wished for a lecture on it is not."""
    Wish.objects.create(topic=topic, resident=stranger.resident, wished_at=NOW)
    page = url(Topic, "delete", topic.pk)
    own, others = (leads[slug].get(page).context for slug in ("residents-school", OTHER))
    assert stranger.display_name in f"{own['deleted_objects']} {own['protected']}"
    assert stranger.display_name not in f"{others['deleted_objects']} {others['protected']}"
    assert leads[OTHER].post(page, {"post": "yes"}).status_code == 403
