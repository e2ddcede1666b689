"""Two people of one name are told apart wherever somebody taps on one of them."""

import re
from datetime import date, time

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import SignUp
from diedie_edu.common.days import moment
from diedie_edu.door.queries.attendance import ticket_code
from diedie_edu.notices.actions import notify
from diedie_edu.notices.models import Channel, Notice
from diedie_edu.people.models import Household, Resident, Skill, Volunteer
from tests.conftest import NOW, SATURDAY
from tests.notices.conftest import FACTS, SEATED
from tests.support.counting import queries_of
from tests.support.groups import lead, make_group, meet_up, member
from tests.support.seats import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NAME = "冼小英"
MARCH, JULY = {"birth_date": date(1958, 3, 21)}, {"birth_date": date(1961, 7, 2)}
APART = ["冼小英 · 1958年3月生", "冼小英 · 1961年7月生"]


@pytest.fixture
def two(make_resident):
    """With one phone, so that nothing but the birth date tells them apart."""
    same = {"full_name": NAME, "phone": "13812345678"}
    return [make_resident(**same, **MARCH), make_resident(**same, **JULY)]


@pytest.fixture
def desk(as_user, staff_user):
    return as_user(staff_user)


@pytest.fixture
def occasion(make_lecture):
    return make_lecture(capacity=5, title="合理用药").occasions.select_related("activity")[0]


def words_of(answer) -> str:
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()))


def check_told_apart(answer, names=APART) -> None:
    said = words_of(answer)
    assert answer.status_code == 200
    for name in names:
        assert name in said, said


def check_tells_nothing(answer) -> None:
    said = words_of(answer)
    assert NAME in said
    assert "月生" not in said


# --- The door ------------------------------------------------------------------------------


@pytest.fixture
def seated(occasion, two):
    for person in two:
        enter(occasion.activity, person)
    return two


def test_at_the_door(desk, occasion, seated):
    door = reverse("door:door", args=[occasion.pk])
    found = desk.post(reverse("door:find", args=[occasion.pk]), {"words": NAME})

    for answer in (desk.get(door), found):
        check_told_apart(answer)


def test_on_the_sheet_that_is_typed_in(desk, occasion, seated, clock):
    clock.move_to(moment(SATURDAY, time(12, 0)))

    check_told_apart(desk.get(reverse("door:sheet", args=[occasion.pk])))


def test_where_a_ticket_or_a_phone_means_both(desk, occasion, seated, clock):
    clock.move_to(occasion.starts_at)

    check_told_apart(desk.post(reverse("door:scan", args=[occasion.pk]), {"ticket": "5678"}))


def test_at_the_kiosk_before_others_the_month_alone(desk, occasion, seated, clock):
    clock.move_to(occasion.starts_at)
    desk.post(reverse("door:kiosk_unlock", args=[occasion.pk]))

    answer = desk.post("/kiosk/", {"digits": "5678"})

    check_told_apart(answer, ["冼*英 · 3月生", "冼*英 · 7月生"])
    assert "1958" not in answer.text
    assert ticket_code(occasion.pk, seated[0].pk) not in answer.text


def test_nothing_is_told_where_one_is_alone(desk, occasion, two, make_resident):
    """Another of that name is in the register, and not on the list."""
    enter(occasion.activity, two[0])
    enter(occasion.activity, make_resident(full_name="冼大某", **JULY))

    check_tells_nothing(desk.get(reverse("door:door", args=[occasion.pk])))


def test_the_phone_is_enough_where_it_stands_beside_the_name(desk, occasion, make_resident):
    for phone in ("13812345678", "13912340000"):
        enter(occasion.activity, make_resident(full_name=NAME, phone=phone, **MARCH))

    check_tells_nothing(desk.get(reverse("door:door", args=[occasion.pk])))


def test_the_last_digits_tell_where_birth_dates_are_not_known(desk, occasion, make_resident, clock):
    clock.move_to(moment(SATURDAY, time(12, 0)))
    for phone in ("13812345678", "0757-81230000-12"):
        enter(occasion.activity, make_resident(full_name=NAME, phone=phone))

    answer = desk.get(reverse("door:sheet", args=[occasion.pk]))

    check_told_apart(answer, ["冼小英 · 尾号5678", "冼小英 · 尾号0000"])


def test_the_number_tells_where_nothing_else_does(desk, occasion, make_resident):
    people = [make_resident(full_name=NAME) for _one in range(2)]
    for person in people:
        enter(occasion.activity, person)

    answer = desk.get(reverse("door:door", args=[occasion.pk]))

    check_told_apart(answer, [f"冼小英 · 编号{person.pk}" for person in people])


def test_telling_apart_costs_no_query(desk, occasion, two, make_resident):
    door = reverse("door:door", args=[occasion.pk])
    for person in (make_resident(full_name="冼大某"), make_resident(full_name="冼中某")):
        enter(occasion.activity, person)
    before = queries_of(desk, door)
    for person in two:
        enter(occasion.activity, person)

    assert queries_of(desk, door) == before


# --- The register, lists of people ------------------------------------------------------------


def test_in_the_one_search(desk, two):
    check_told_apart(desk.post(reverse("portal:people"), {"words": NAME}))


def test_where_records_are_merged_covered(desk, two, make_resident):
    other = make_resident(full_name="冼大某")
    answer = desk.post(reverse("portal:person_merge", args=[other.pk]), {"words": NAME})

    check_told_apart(answer, ["冼*英 · 3月生", "冼*英 · 7月生"])


def test_in_a_family(desk, two, make_resident):
    home = Household.objects.create(label="1-1")
    Resident.objects.filter(full_name=NAME).update(household=home)
    other = make_resident(full_name="冼大某", household=home)

    check_told_apart(desk.get(reverse("portal:person", args=[other.pk])))
    check_told_apart(desk.get(reverse("portal:person_split", args=[other.pk])))


def test_on_the_list_of_people_of_a_lecture(desk, occasion, seated):
    page = reverse("activities:people", args=[occasion.activity_id])
    find = reverse("activities:find_person", args=[occasion.activity_id])

    for answer in (desk.get(page), desk.post(find, {"words": NAME})):
        check_told_apart(answer)


def test_in_the_queue_where_some_wait_together(desk, occasion, two):
    for person in two:
        SignUp.objects.create(
            activity=occasion.activity, resident=person, status="waiting", signed_up_at=NOW
        )

    check_told_apart(desk.get(reverse("activities:people", args=[occasion.activity_id])))


def test_where_somebody_signs_the_family_up(as_user, resident_user, occasion, two):
    home = Household.objects.create(label="1-1")
    Resident.objects.filter(full_name=NAME).update(household=home)
    Resident.objects.filter(account=resident_user).update(household=home)

    answer = as_user(resident_user).get(f"/lectures/{occasion.activity_id}/")

    check_told_apart(answer)


def test_on_the_call_list(desk, two, now):
    told = {"kind": SEATED, "subject": "activity:7", "data": FACTS, "channels": [Channel.SMS]}
    notify(recipients=[person.pk for person in two], now=now, **told)
    Notice.objects.update(status="failed", settled_at=now)

    check_told_apart(desk.get(reverse("notices:calls_about", args=[Notice.objects.first().pk])))


# --- Groups ------------------------------------------------------------------------------------


@pytest.fixture
def group(two):
    group = make_group(title="榕树舞蹈队")
    for person in two:
        member(group, person)
    return group


def test_in_a_group(desk, group, two, clock):
    row = meet_up(group)
    clock.move_to(row.starts_at)
    lead(group, two[0])
    lead(group, two[1], "deputy")
    for page in ("members/", f"dates/{row.pk}/count/", f"dates/{row.pk}/sheet/", "leader/"):
        path = (
            f"/groups/{group.pk}/{page}" if page == "leader/" else f"/groups/{group.pk}/run/{page}"
        )
        check_told_apart(desk.get(path))


def test_names_that_a_leader_wrote_down(desk):
    page = f"/groups/{make_group(title='榕树舞蹈队').pk}/run/members/"
    for phone in ("13812345678", "13912340000"):
        desk.post(page, {"full_name": NAME, "phone": phone, "since": "2026-01-01"})

    check_told_apart(desk.get(page), ["冼小英 · 尾号5678", "冼小英 · 尾号0000"])


# --- Volunteers, accounts -------------------------------------------------------------------------


@pytest.fixture
def volunteers(two):
    return [Volunteer.objects.create(resident=person, kinds=["expert"]) for person in two]


def test_where_a_speaker_is_chosen(desk, volunteers, occasion, topic):
    for volunteer in volunteers:
        Skill.objects.create(volunteer=volunteer, topic=topic)
    for page in ("lecture_change", "lecture_speakers"):
        said = words_of(desk.get(reverse(f"residents_school:{page}", args=[occasion.activity_id])))
        assert said.count("1958年3月生") >= 1, page
        assert said.count("1961年7月生") >= 1, page


def test_where_an_account_is_chosen(as_user, make_user):
    for phone in ("13812345678", "13912340000"):
        make_user(Role.STAFF, phone=phone, display_name=NAME)
    root = as_user(make_user(Role.STAFF, is_superuser=True))
    where = {"app_label": "programmes", "model_name": "lead", "field_name": "account", "term": NAME}

    found = root.get(reverse("admin:autocomplete"), where).json()["results"]

    assert {row["text"] for row in found} == {"冼小英 · 尾号5678", "冼小英 · 尾号0000"}
