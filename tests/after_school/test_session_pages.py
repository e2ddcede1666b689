"""The afternoon as staff and volunteers see it."""

from datetime import time

import pytest
import time_machine

from after_school.models import Collector, Presence, PresenceEvent, Session
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import moment
from diedie_edu.people.models import ChildAccess, Volunteer
from diedie_edu.volunteering.models import Duty
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.counting import queries_of

pytestmark = pytest.mark.django_db
FIVE = moment(TODAY, time(17, 0))


@pytest.fixture(autouse=True)
def five():
    with time_machine.travel(FIVE, tick=False):
        yield


@pytest.fixture
def desk(as_user, staff_user):
    return as_user(staff_user)


@pytest.fixture
def address(session):
    return lambda *parts: "/".join(["/desk/school/sessions", str(session.pk), *map(str, parts), ""])


def test_a_child_is_let_in_and_handed_over_by_two_taps(desk, enrolment, address):
    child = enrolment.child
    assert desk.post(address("children", child.pk, "in")).status_code == 302
    page = desk.get(address("children", child.pk))
    assert "李梅" in page.content.decode()
    mother = {"collector": child.collectors.get().pk, "how": "document"}
    desk.post(address("children", child.pk, "hand-over"), mother)
    gone = Presence.objects.get()
    assert (gone.went_with, gone.checked_how) == ("李梅", "document")


def test_a_hand_over_reads_what_it_needs_once(
    desk, presence, collector, address, django_assert_num_queries
):
    """The child's row once, under its lock, and nothing that is sealed."""
    form = {"collector": collector.pk, "how": "known"}
    with django_assert_num_queries(14) as queries:
        answer = desk.post(address("children", presence.child_id, "hand-over"), form)
    assert answer.status_code == 302
    said = [row["sql"] for row in queries.captured_queries]
    assert sum('FROM "after_school_presence"' in sql for sql in said) == 1
    assert not any("allergies" in sql for sql in said)


def test_a_barred_collector_is_refused_with_a_visible_warning(desk, presence, collector, address):
    Collector.objects.update(barred_at=NOW, barred_by=collector.named_by, barred_reason="法院裁定")
    child = presence.child_id
    page = desk.get(address("children", child)).content.decode()
    assert "callout-stop" in page
    assert "法院裁定" in page
    assert f'name="collector" value="{collector.pk}"' not in page
    form = {"collector": collector.pk, "how": "known"}
    answer = desk.post(address("children", child, "hand-over"), form)
    assert 'role="alert"' in answer.content.decode()
    assert Presence.objects.get().is_inside
    assert PresenceEvent.objects.get().what == "refused"


def test_times_on_paper_are_typed_in_afterwards(desk, enrolment, address):
    child = enrolment.child
    assert 'name="at"' in desk.get(f"{address('children', child.pk)}?paper").content.decode()
    desk.post(address("children", child.pk, "in"), {"at": "16:35"})
    mother = {"collector": child.collectors.get().pk, "how": "known"}
    desk.post(address("children", child.pk, "hand-over"), mother | {"at": "16:50"})
    gone = Presence.objects.get()
    assert (gone.arrived_at, gone.left_at) == (
        moment(TODAY, time(16, 35)),
        moment(TODAY, time(16, 50)),
    )
    nonsense = {"at": "half past"}
    assert desk.post(address("children", child.pk, "hand-over"), nonsense).status_code == 200


def test_every_look_at_a_childs_page_is_written_down(desk, presence, address, staff_user):
    desk.get(address("children", presence.child_id))
    desk.get(address("still-here"))
    looks = ChildAccess.objects.filter(child_number=presence.child_id, viewer=staff_user)
    assert sorted(looks.values_list("page", flat=True)) == ["afternoon", "still here"]


def test_no_button_hands_everybody_over_and_a_child_inside_keeps_the_session_open(
    desk, presence, address
):
    page = desk.get(address("close")).content.decode()
    assert 'method="post"' not in page.split("<main")[1].split("</main>")[0]
    desk.post(address("close"))
    assert Session.objects.get().is_open


def test_an_afternoon_is_closed_and_opened_again_with_a_reason(desk, session, address):
    desk.post(address("close"), {"reason": "停电"})
    assert Session.objects.get().state == "closed"
    assert desk.post(address("reopen"), {"reason": ""}).status_code == 200
    desk.post(address("reopen"), {"reason": "漏记"})
    assert Session.objects.get().is_open


def test_who_is_still_here_stands_with_whom_to_call(desk, presence, address, mother):
    page = desk.get(address("still-here")).content.decode()
    assert f"tel:{mother.phone}" in page
    desk.post(address("children", presence.child_id, "called"), {"call": "no_answer 李梅"})
    assert "李梅" in PresenceEvent.objects.get(what="called").detail


def test_a_slip_is_put_right_with_a_reason(desk, presence, address):
    page = address("children", presence.child_id, "correct")
    seen = presence.arrived_at.isoformat()
    desk.get(page)
    assert ChildAccess.objects.get().page == "correction"
    desk.post(page, {"reason": "同名", "seen": seen})
    assert Presence.objects.get().arrived_at is None


def test_a_note_reaches_the_log(desk, presence, address):
    page = address("children", presence.child_id, "note")
    desk.post(page, {"kind": "homework", "text": "数学已做完"})
    assert presence.notes.get().text == "数学已做完"
    assert desk.post(page, {"kind": "homework", "text": ""}).status_code == 200


# --- Volunteers ------------------------------------------------------------------------


@pytest.fixture
def helper(make_user, make_volunteer, session):
    """A volunteer's account, on duty today."""
    user = make_user(Role.VOLUNTEER)
    volunteer = make_volunteer()
    Volunteer.objects.filter(pk=volunteer.pk).update(resident=user.resident)
    occasion = Occasion.objects.filter(zone_day__session=session).first()
    Duty.at(occasion, volunteer, Duty.Work.CARER).save()
    return user


def test_a_volunteer_on_duty_lets_in_and_notes_but_hands_nobody_over(
    as_user, helper, enrolment, address, settings
):
    settings.SET_OFF_PER_ACCOUNT = 0  # letting in rings the families, as the house
    client, child = as_user(helper), enrolment.child
    assert client.get(address()).status_code == 200
    client.post(address("children", child.pk, "in"))
    assert Presence.objects.get().arrived_by == helper
    page = client.get(address("children", child.pk)).content.decode()
    main = page.split("<main")[1].split("</main")[0]
    assert "hand-over" not in main
    assert "tel:" not in main
    assert client.post(address("children", child.pk, "hand-over")).status_code == 403
    assert client.post(address("close")).status_code == 403


def test_nobody_else_finds_the_page(as_user, make_user, helper, address, stranger):
    assert as_user(stranger).get(address()).status_code == 404
    assert as_user(make_user(Role.VOLUNTEER)).get(address()).status_code == 404
    with time_machine.travel(moment(TODAY.replace(day=24), time(9))):
        assert as_user(helper).get(address()).status_code == 404


# --- On paper --------------------------------------------------------------------------


def test_the_sheet_names_who_may_collect_and_who_must_not(desk, enrolment, mother, address):
    given = {"child": enrolment.child, "relation": "邻居", "phone": "13900001111"}
    named = {"named_by": mother, "named_at": NOW, "valid_from": TODAY}
    Collector.objects.create(full_name="王阿姨", **given, **named)
    given["phone"] = "13900002222"
    barred = {"barred_at": NOW, "barred_by": mother, "barred_reason": "法院裁定"}
    Collector.objects.create(full_name="赵某", **given, **named, **barred)
    page = desk.get(address("sheet")).content.decode()
    assert all(words in page for words in ("陈小宝", "李梅", "王阿姨", "不可接：赵某"))
    assert "13900001111" not in page
    assert "法院裁定" not in page
    assert ChildAccess.objects.get().page == "paper register"


def test_the_sheet_leaves_out_who_comes_on_other_days(desk, enrol_child, make_child, address):
    enrol_child(make_child(full_name="周三宝"), weekdays=[3])
    assert "周三宝" not in desk.get(address("sheet")).content.decode()
    assert not ChildAccess.objects.exists()


# --- How much it asks the database ------------------------------------------------------


@pytest.fixture
def come(make_child, enrol_child, session, homework, staff_user, term):
    def come() -> None:
        row = enrol_child(make_child())
        Presence.objects.create(
            session=session,
            enrolment=row,
            term=term,
            child=row.child,
            arrived_at=FIVE,
            arrived_by=staff_user,
            zone=homework,
        )

    return come


@pytest.mark.parametrize("page", ["still-here", "sheet", "close", ""])
def test_no_page_of_an_afternoon_asks_more_for_three_children_than_for_one(
    desk, come, address, page
):
    where = address(page) if page else address()
    come()
    one = queries_of(desk, where)
    come(), come()
    assert queries_of(desk, where) == one


def test_the_page_takes_as_many_queries_for_120_children_as_for_three(
    desk, make_child, enrol_child, session, homework, staff_user, address, term
):
    term.__class__.objects.update(capacity=200)
    term.zones.update(places=100)

    def come(number: int) -> None:
        for place in range(number):
            row = enrol_child(make_child())
            here = {"arrived_at": FIVE, "arrived_by": staff_user, "zone": homework}
            Presence.objects.create(
                session=session,
                enrolment=row,
                term=term,
                child=row.child,
                **here if place % 2 else {},
            )

    come(3)
    few = queries_of(desk, address())
    come(117)
    assert queries_of(desk, address()) == few
