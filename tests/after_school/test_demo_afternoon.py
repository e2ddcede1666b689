"""In the demo season families and gate have told each other something."""

import pytest

from after_school.demo.afternoon import play_today
from after_school.models import GuardianMessage, Presence, Session, Whereabouts
from tests.support.afternoons import at

pytestmark = pytest.mark.django_db


def test_a_guardian_is_late_and_a_child_on_its_way(
    planned, term, enrol_child, make_child, staff_user
):
    for name in ("方小满", "施惊蛰", "甄白露", "巫大雪", "游立夏"):
        enrol_child(make_child(full_name=name))
    play_today(term, staff_user, at(17))
    assert Session.objects.get().is_open
    assert Presence.objects.filter(Presence.INSIDE).count() == 3
    assert GuardianMessage.objects.get().what == "late_30"
    assert Whereabouts.objects.get().said == "on_the_way"
