"""What the database holds of where a child is that has not come."""

import pytest
from django.db import transaction

from after_school.models import Presence, Whereabouts
from diedie_edu.people.actions.consents import lock_child_row
from tests.support.afternoons import at
from tests.support.answers import bar
from tests.support.races import meanwhile
from tests.support.refusals import code_of, guard_that_stops

pytestmark = pytest.mark.django_db
KNOWN = "who_speaks_for_a_child_answers_for_it"
no_more = pytest.mark.usefixtures("_no_more")


def _row(guardian, **fields):
    facts = {"said": "with_me", "who": "李梅", "way": "link", "said_at": at(17)}
    row = {"presence": Presence.objects.get(), "guardian": guardian, **facts, **fields}
    return lambda: Whereabouts.objects.create(**row)


@no_more
def test_the_database_believes_nobody_else(alarm, mother):
    assert guard_that_stops(_row(mother.resident)) == KNOWN


def test_the_database_searches_for_nobody_who_came(presence, mother):
    assert guard_that_stops(_row(mother.resident)) == "nobody_searches_for_a_child_that_came"


@pytest.mark.parametrize(
    ("fields", "guard"),
    [
        ({"way": "call"}, "a_guardian_says_it_or_staff_note_it"),
        ({"said": "?"}, "whereabouts_are_known_words_of_somebody"),
        ({"alarmed_at": at(18)}, "only_who_is_on_the_way_is_missing_once_more"),
    ],
)
def test_the_database_knows_what_can_be_said(alarm, mother, fields, guard):
    assert guard_that_stops(_row(mother.resident, **fields)) == guard


def test_one_state_of_a_child(alarm, mother):
    _row(mother.resident)()
    assert "presence_id" in guard_that_stops(_row(mother.resident))


@pytest.mark.django_db(transaction=True)
def test_who_is_barred_in_the_same_moment_is_not_believed(alarm, say, child, mother, staff_user):
    """The answer waits until the bar is there, and is then refused."""
    with transaction.atomic():
        lock_child_row(child.pk)
        bar(child, staff_user)
        waiting = meanwhile(lambda: code_of(lambda: say("with_me")))
    assert waiting.result() == "not_believed"
    assert not Whereabouts.objects.exists()
