"""The register as a page: search, marks, the undo of five seconds, the sheet for a power cut."""

from datetime import timedelta

import pytest
import time_machine

from after_school.models import (
    Collector,
    GuardianRight,
    Presence,
    PresenceEvent,
)
from diedie_edu.notices.models import Notice
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.afternoons import at, told
from tests.support.counting import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def five():
    with time_machine.travel(at(17), tick=False) as clock:
        yield clock


@pytest.fixture
def desk(as_user, staff_user):
    return as_user(staff_user)


@pytest.fixture
def register(desk, session):
    return lambda query="": desk.get(f"/desk/school/sessions/{session.pk}/{query}").content.decode()


# --- Search ----------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["小宝", "陈", "chenxiao", "cxb", "CXB", "陈 小"])
def test_a_child_is_found_by_name_pinyin_or_initials(
    register, enrolment, make_child, enrol_child, typed
):
    enrol_child(make_child(full_name="王大朋"))
    page = register(f"?q={typed}")
    assert "陈小宝" in page
    assert "王大朋" not in page


def test_the_page_carries_the_spellings_for_its_script(register, enrolment):
    assert 'data-find="陈小宝 chenxiaobao cxb"' in register()


def test_a_search_leaves_the_numbers_as_they_are(register, presence):
    assert '<span class="num">1</span> 在校' in register("?q=nobody")


def test_a_search_for_signs_is_no_error(register, enrolment):
    assert "陈小宝" not in register("?q=%25%5B")


# --- Marks -----------------------------------------------------------------------------


def test_marks_say_what_is_special_without_saying_what(
    register, enrolment, day_pass, walk_home, make_child, enrol_child
):
    enrolment.allergies = "花生"
    enrolment.save()
    assert [mark in register() for mark in ("过敏", "今天有接送码", "自己回家")] == [True] * 3
    assert "花生" not in register()
    assert "兄弟姐妹" not in register()
    enrol_child(make_child(full_name="陈小贝"))
    assert register().count("兄弟姐妹") == 2


def test_a_used_pass_is_no_mark(register, enrolment, day_pass):
    type(day_pass).objects.update(taken_back_at=NOW)
    assert "今天有接送码" not in register()


def test_more_children_take_no_more_queries(desk, session, enrolment, make_child, enrol_child):
    address = f"/desk/school/sessions/{session.pk}/"
    few = queries_of(desk, address)
    for number in range(5):
        enrol_child(make_child(full_name=f"陈小{number}"))
    assert queries_of(desk, address) == few


def test_brothers_and_sisters_inside_stand_on_the_page_of_a_child(
    desk, session, presence, make_child, enrol_child, homework, staff_user
):
    other = enrol_child(make_child(full_name="陈小贝"))
    address = f"/desk/school/sessions/{session.pk}/children/{presence.child_id}/"
    assert "陈小贝" not in desk.get(address).content.decode()
    Presence.objects.create(
        session=session,
        enrolment=other,
        term=session.term,
        child=other.child,
        arrived_at=NOW,
        arrived_by=staff_user,
        zone=homework,
    )
    assert "陈小贝" in desk.get(address).content.decode()


# --- The undo of five seconds ----------------------------------------------------------


@pytest.fixture
def handed_over(desk, presence, collector):
    """The answer to the tap."""
    address = f"/desk/school/sessions/{presence.session_id}/children/{presence.child_id}/"
    answer = desk.post(f"{address}hand-over/", {"collector": collector.pk, "how": "known"})
    presence.refresh_from_db()
    return answer


def undo(desk, presence):
    address = f"/desk/school/sessions/{presence.session_id}/children/{presence.child_id}/undo/"
    return desk.post(address, {"seen": presence.left_at.isoformat()})


def test_after_a_hand_over_the_list_offers_to_undo_it(desk, handed_over, presence, five):
    page = desk.get(handed_over.url).content.decode()
    assert "离校" in page
    assert "/undo/" in page
    five.shift(timedelta(minutes=2))
    assert "/undo/" not in desk.get(handed_over.url).content.decode()


def test_undone_in_time_nobody_hears_of_it(desk, handed_over, presence, five):
    five.shift(timedelta(seconds=5))
    assert undo(desk, presence).status_code == 302
    presence.refresh_from_db()
    assert presence.is_inside
    assert not told("handed_over")
    assert not told("hand_over_taken_back")
    assert [row.what for row in PresenceEvent.objects.order_by("pk")] == ["left", "unleft"]


def test_guardians_are_told_once_it_cannot_be_undone(handed_over, presence):
    [notice] = told("handed_over")
    assert notice.next_try_at == presence.left_at + timedelta(seconds=10)


def test_too_late_the_reason_is_asked_for(desk, handed_over, presence, five):
    five.shift(timedelta(seconds=11))
    assert undo(desk, presence).url.endswith("/correct/")
    presence.refresh_from_db()
    assert not presence.is_inside
    assert told("handed_over")


def test_an_undo_of_an_older_page_undoes_nothing_newer(desk, handed_over, presence, five):
    presence.left_at -= timedelta(minutes=5)
    undo(desk, presence)
    presence.refresh_from_db()
    assert not presence.is_inside


# --- Cards of people -------------------------------------------------------------------


def test_nobody_barred_stands_among_those_who_may(desk, session, presence, child, mother):
    Collector.objects.create(
        child=child,
        full_name="赵六",
        phone="13911112222",
        relation="舅舅",
        valid_from=TODAY,
        named_by=mother,
        named_at=NOW,
        barred_at=NOW,
        barred_by=mother,
        barred_reason="法院裁定",
    )
    page = desk.get(f"/desk/school/sessions/{session.pk}/children/{child.pk}/").content.decode()
    cards = page[page.index('class="people"') : page.index("callout-stop")]
    assert "李梅" in cards
    assert "赵六" not in cards
    assert "赵六" in page


# --- The sheet for a power cut ---------------------------------------------------------


def test_the_sheet_says_all_that_is_needed_without_power(
    desk, session, enrolment, mother, walk_home, day_pass
):
    enrolment.allergies = "花生"
    enrolment.save()
    page = desk.get(f"/desk/school/sessions/{session.pk}/sheet/").content.decode()
    for text in ("花生", mother.phone, "自己回家", "持今天接送码的人"):
        assert text in page
    assert Notice.objects.count() == 0


def test_the_sheet_takes_no_more_queries_for_more_children(
    desk, session, enrolment, make_child, enrol_child
):
    address = f"/desk/school/sessions/{session.pk}/sheet/"
    few = queries_of(desk, address)
    for number in range(4):
        enrol_child(make_child(full_name=f"陈小{number}"))
    assert GuardianRight.objects.count() == 5
    assert queries_of(desk, address) == few
