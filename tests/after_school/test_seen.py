"""Anybody can enrol a child: until staff have seen the guardian, only a document opens the gate."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse

from after_school.actions import handing_over, passes, seeing
from after_school.models import Collector, GuardianRight, Presence, PresenceEvent
from after_school.queries.collecting import collectors_of, rights_over, who_collects
from after_school.queries.sessions import register_of
from diedie_edu.people.models import ChildAccess
from tests.after_school.conftest import TODAY, of
from tests.conftest import NOW
from tests.support.afternoons import desk_of
from tests.support.refusals import code_of, guard_that_stops

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NOBODY_WHO_MAY = "a_child_goes_with_somebody_who_may_collect"
UNSEEN = {"seen_at": None, "seen_by": None, "seen_how": "", "seen_reference": ""}


@pytest.fixture
def right(child) -> GuardianRight:
    """The mother's, whom nobody has seen yet."""
    GuardianRight.objects.update(**UNSEEN)
    return GuardianRight.objects.get()


@pytest.fixture
def aunt(child, mother) -> Collector:
    """Named by the mother."""
    return Collector.objects.create(
        child=child,
        full_name="王阿姨",
        phone="13900001111",
        relation="阿姨",
        valid_from=TODAY,
        named_by=mother,
        named_at=NOW,
    )


def hand_over(presence, collector, how, by) -> Presence:
    return handing_over.hand_over(**of(presence), collector=collector, how=how, by=by, now=NOW)


# --- At the gate -----------------------------------------------------------------------


@pytest.mark.parametrize("how", ["known", "call"])
def test_a_guardian_whom_nobody_has_seen_shows_a_document(
    right, presence, collector, staff_user, how
):
    assert code_of(lambda: hand_over(presence, collector, how, staff_user)) == "unseen"
    assert not PresenceEvent.objects.exists()
    hand_over(presence, collector, "document", staff_user)
    right.refresh_from_db()
    assert (right.seen_at, right.seen_by, right.seen_how) == (NOW, staff_user, "document")


def test_whom_an_unseen_guardian_names_waits_and_the_try_is_logged(
    right, presence, aunt, staff_user
):
    assert code_of(lambda: hand_over(presence, aunt, "document", staff_user)) == "unconfirmed"
    assert PresenceEvent.objects.get().detail == "王阿姨"
    seeing.see_guardian(right=right, how="known", reference="", by=staff_user, now=NOW)
    assert hand_over(presence, aunt, "document", staff_user).left_at == NOW


def test_a_pass_of_an_unseen_guardian_is_not_used_up(
    right, presence, child, mother, staff_user, frozen
):
    made, code = passes.make_pass(
        child=child, term=presence.term, day=TODAY, full_name="王阿姨", phone="", by=mother, now=NOW
    )
    take = lambda: handing_over.hand_over_by_code(  # noqa: E731
        **of(presence), code=code, by=staff_user, now=NOW
    )
    assert code_of(take) == "unconfirmed"
    made.refresh_from_db()
    assert made.used_at is None
    seeing.see_guardian(right=right, how="document", reference="", by=staff_user, now=NOW)
    assert take().collector_pass == made


def test_no_child_walks_home_on_the_word_of_somebody_unseen(right, presence, walk_home, staff_user):
    let_go = lambda: handing_over.let_walk_home(  # noqa: E731
        **of(presence), permission=walk_home, by=staff_user, now=NOW
    )
    assert code_of(let_go) == "unconfirmed"
    GuardianRight.objects.update(seen_at=NOW, seen_by=staff_user, seen_how="known")
    assert let_go().walk_home == walk_home


def test_a_barred_guardian_is_refused_before_any_document(
    right, presence, collector, staff_user, mother
):
    barred = {"barred_at": NOW, "barred_by": mother, "barred_reason": "法院裁定"}
    Collector.objects.update(**barred)
    assert code_of(lambda: hand_over(presence, collector, "known", staff_user)) == "barred"
    assert PresenceEvent.objects.get().what == PresenceEvent.What.REFUSED


# --- In the database -------------------------------------------------------------------


def leave(presence, staff_user, **fields) -> None:
    Presence.objects.filter(pk=presence.pk).update(
        **{"left_at": NOW, "left_by": staff_user, "checked_how": "known"} | fields
    )


def test_no_statement_hands_over_to_an_unseen_guardian_unchecked(
    right, presence, collector, staff_user
):
    known = lambda: leave(presence, staff_user, collector=collector)  # noqa: E731
    assert guard_that_stops(known) == NOBODY_WHO_MAY
    leave(presence, staff_user, collector=collector, checked_how="document")
    later = lambda: Presence.objects.update(checked_how="known")  # noqa: E731
    assert guard_that_stops(later) == NOBODY_WHO_MAY


def test_no_statement_hands_over_to_whom_an_unseen_guardian_names(
    right, presence, aunt, day_pass, walk_home, staff_user
):
    day_pass.used_at = NOW
    day_pass.save()
    for way in (
        {"collector": aunt, "checked_how": "document"},
        {"collector_pass": day_pass, "checked_how": "code"},
        {"walk_home": walk_home, "checked_how": "permission"},
    ):
        assert guard_that_stops(lambda way=way: leave(presence, staff_user, **way)) == (
            NOBODY_WHO_MAY
        )
    GuardianRight.objects.update(seen_at=NOW, seen_by=staff_user, seen_how="known")
    leave(presence, staff_user, collector=aunt)


def test_a_sight_is_by_somebody_else_and_says_how(right, mother, staff_user):
    once = "a_guardian_is_seen_by_somebody_in_one_way"

    def see(**fields):
        sight = {"seen_at": NOW, "seen_by": staff_user, "seen_how": "document"}
        return partial(GuardianRight.objects.update, **sight | fields)

    assert guard_that_stops(see(seen_by=None)) == once
    assert guard_that_stops(see(seen_how="")) == once
    assert guard_that_stops(see(seen_how="paper")) == once
    assert guard_that_stops(see(seen_at=None)) == once
    assert guard_that_stops(see(seen_by=mother)) == "nobody_is_seen_by_themselves"
    see(seen_how="paper", seen_reference="3 号柜")()


# --- Seen ------------------------------------------------------------------------------


def test_nobody_confirms_themselves_and_a_paper_says_where_it_lies(right, mother, staff_user):
    def see(by, how):
        return partial(seeing.see_guardian, right=right, how=how, reference="", by=by, now=NOW)

    assert code_of(see(mother, "known")) == "own"
    assert code_of(see(staff_user, "paper")) == "no_reference"
    seeing.note_sight(right=right, how="document", by=mother, now=NOW)
    right.refresh_from_db()
    assert not right.is_seen


def test_the_first_sight_stays(right, staff_user, make_user):
    seeing.see_guardian(right=right, how="known", reference="", by=staff_user, now=NOW)
    later = NOW + timedelta(hours=1)
    seeing.see_guardian(right=right, how="document", reference="", by=make_user(), now=later)
    right.refresh_from_db()
    assert (right.seen_at, right.seen_how) == (NOW, "known")


# --- What the pages say ----------------------------------------------------------------


def test_the_register_the_desk_and_the_lists_say_so(
    right, presence, session, child, aunt, as_user, staff_user
):
    client = as_user(staff_user)
    register = client.get(reverse("after_school:session", args=[session.pk])).text
    assert "到校门口再核实" in register
    (problem,) = [row for row in desk_of(staff_user, NOW) if "confirmed" in row.url]
    assert child.full_name in client.get(problem.url).text
    who = who_collects(child, TODAY, NOW)
    assert ([row.full_name for row in who.may], who.later) == (["李梅"], ["王阿姨"])
    of_paper = collectors_of(rights_over([child.pk]), TODAY)[child.pk]
    assert [(name, by_document) for name, _relation, by_document in of_paper.may] == [
        ("李梅", True)
    ]
    card = client.get(reverse("after_school:session_child", args=[session.pk, child.pk])).text
    assert 'name="how"' in card
    assert 'value="known"' not in card.partition("hand-over")[2]


def test_staff_confirm_on_the_record(right, child, enrolment, as_user, staff_user, mother):
    own = reverse("after_school:child", args=[child.pk])
    assert "户口簿" in as_user(mother).get(own).text
    client = as_user(staff_user)
    page = reverse("after_school:guardian_seen", args=[child.pk, right.pk])
    client.post(page, {"how": ""})
    client.post(page, {"how": "paper", "reference": "3 号柜"})
    right.refresh_from_db()
    assert (right.seen_by, right.seen_reference) == (staff_user, "3 号柜")
    assert ChildAccess.objects.filter(child_number=child.pk, page="guardian seen").exists()
    assert "户口簿" not in as_user(mother).get(own).text
    assert not [row for row in desk_of(staff_user, NOW) if "confirmed" in row.url]


def test_namesakes_show_their_class(
    session, enrolment, make_child, enrol_child, make_user, as_user, staff_user
):
    assert register_of(session, NOW)[0].apart == ""
    enrol_child(make_child(make_user(), full_name="陈 小宝"), class_name="二班")
    assert all(line.apart for line in register_of(session, NOW))
    page = as_user(staff_user).get(reverse("after_school:session", args=[session.pk])).text
    assert "二班" in page
    assert "有同名孩子" in page
    assert "2017年5月" not in page
