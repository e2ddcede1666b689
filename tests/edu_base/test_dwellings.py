"""户: the household of a paper, confirmed by staff, and the questions where it split or merged."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Household, Resident
from edu_base.actions import dwellings
from edu_base.actions.dwellings import Found, Seen, key_of
from edu_base.models import Application, Dwelling, DwellingAnswer, Intake, Scheme, State
from edu_base.queries.dwellings import OTHERS_SHOWN, others_of
from tests.conftest import NOW
from tests.support.education import make_application, make_dwelling, make_intake, make_year, walk
from tests.support.refusals import code_of, guard_that_stops, refused_by

BOOKLET = Dwelling.Proof.BOOKLET
ADDRESS = "叠二社区 12 幢 3-501"


def bare(by: User, intake: Intake, state: State = State.SUBMITTED, **fields: object) -> Application:
    return make_application(by, intake, state, dwelling=None, **fields)


def confirm(
    application: Application, by: User, number: str, found: Found | None = None, address: str = ""
) -> Dwelling:
    seen = Seen(BOOKLET, number, address)
    return dwellings.confirm(application=application, seen=seen, found=found, by=by, now=NOW)


@pytest.mark.parametrize(
    "written", ["4406-0012 3", "４４０６００１２３", " 440600123号 ".replace("号", "")]
)
def test_one_number_is_one_household_however_it_is_written(
    written: str, intake: Intake, staff_user: User
) -> None:
    one, other = bare(staff_user, intake), bare(staff_user, intake)
    assert confirm(one, staff_user, "440600123") == confirm(other, staff_user, written)
    assert key_of(written) == key_of("440600123")
    one.refresh_from_db()
    assert (one.dwelling_seen_by, one.dwelling_seen_at) == (staff_user, NOW)
    assert others_of(one) == ([other], 0)


def test_people_of_the_register_are_no_household_and_a_question(
    intake: Intake, staff_user: User
) -> None:
    """The register's label alone binds nobody: staff say what the papers say."""
    one, other = bare(staff_user, intake), bare(staff_user, intake)
    together = [one.person_id, other.person_id]
    home = Household.objects.create(label="12-3-501")
    Resident.objects.filter(pk__in=together).update(household=home)
    first = confirm(one, staff_user, "1")
    other = Application.objects.get(pk=other.pk)
    asked = dwellings.questions(other, Seen(BOOKLET, "2"))
    assert [(row.dwelling, row.same_register, row.applications) for row in asked] == [
        (first, True, [one])
    ]
    assert code_of(lambda: confirm(other, staff_user, "2")) == "unanswered"
    assert not Dwelling.objects.exclude(pk=first.pk).exists(), "nothing is stored"
    second = confirm(other, staff_user, "2", Found(reason="合租，两本户口簿"))
    assert second != first
    assert not DwellingAnswer.objects.get().is_one
    other.refresh_from_db()
    assert dwellings.questions(other, Seen(BOOKLET, "2")) == [], "not asked again"


def test_the_same_address_under_another_paper_is_a_question(
    intake: Intake, staff_user: User
) -> None:
    one, other = bare(staff_user, intake), bare(staff_user, intake)
    first = confirm(one, staff_user, "1", address=ADDRESS)
    again = confirm(
        other, staff_user, "2", Found(first, "户口簿换新"), address="叠二社区12幢3－501"
    )
    assert again == first
    other.refresh_from_db()
    assert others_of(other) == ([one], 0)
    third = bare(staff_user, intake)
    assert confirm(third, staff_user, "2") == first, "the new paper leads to the household too"


def test_the_same_number_on_another_kind_of_paper_is_a_question(
    intake: Intake, staff_user: User
) -> None:
    one, other = bare(staff_user, intake), bare(staff_user, intake)
    first = confirm(one, staff_user, "440600123")
    as_tenancy = Seen(Dwelling.Proof.TENANCY, "4406 00123")
    [asked] = dwellings.questions(other, as_tenancy)
    assert (asked.dwelling, asked.same_number) == (first, True)


@pytest.mark.parametrize("number", ["-", " ", "——", "（）"])
def test_a_paper_without_a_number_is_no_household(
    number: str, intake: Intake, staff_user: User
) -> None:
    row = bare(staff_user, intake)
    assert code_of(lambda: confirm(row, staff_user, number)) == "no_number"


def test_somebody_who_had_another_household_before_is_asked_about(staff_user: User) -> None:
    before = make_intake(make_year(year=NOW.year - 1))
    earlier = make_application(staff_user, before, State.WITHDRAWN)
    now = bare(staff_user, make_intake(make_year()), person=earlier.person)
    asked = dwellings.questions(now, Seen(BOOKLET, "9"))
    assert [row.dwelling for row in asked] == [earlier.dwelling]


def test_a_paper_that_was_mistyped_is_not_kept(intake: Intake, staff_user: User) -> None:
    row, other = bare(staff_user, intake), bare(staff_user, intake)
    wrong = confirm(row, staff_user, "8", address=ADDRESS)
    right = confirm(row, staff_user, "9", Found(reason="上次输错了"))
    assert list(Dwelling.objects.all()) == [right] != [wrong]
    confirm(other, staff_user, "9")
    confirm(row, staff_user, "10", Found(reason="已分户"))
    assert Dwelling.objects.count() == 2, "the other stands under it still"


def test_two_students_are_not_brought_into_one_household(staff_user: User) -> None:
    before = make_intake(make_year(year=NOW.year - 1))
    student = make_application(staff_user, before, State.STUDYING)
    other = make_application(staff_user, before, State.GRADUATED)
    say = {"gone": other.dwelling, "kept": student.dwelling, "reason": "?", "by": staff_user}
    assert code_of(lambda: dwellings.merge(**say, now=NOW)) == "two_students"
    other.refresh_from_db()
    assert other.dwelling != student.dwelling
    assert not DwellingAnswer.objects.exists()


def test_whoever_holds_a_place_keeps_the_household(intake: Intake, staff_user: User) -> None:
    row = make_application(staff_user, intake, State.PROPOSED)
    assert code_of(lambda: confirm(row, staff_user, "7")) == "holds"
    walk(row, State.WITHDRAWN, staff_user)
    assert code_of(lambda: confirm(row, staff_user, "7")) == "ended"


def test_staff_do_not_confirm_their_own(intake: Intake, staff_user: User) -> None:
    row = bare(staff_user, intake, person=staff_user.resident)
    assert code_of(lambda: confirm(row, staff_user, "7")) == "concerned"


def test_a_household_binds_its_scheme_alone(intake: Intake, staff_user: User) -> None:
    row = make_application(staff_user, intake, State.PROPOSED)
    dream = make_intake(make_year(Scheme.DREAM, places=13))
    worker = make_application(staff_user, dream, State.RANKED, dwelling=row.dwelling)
    assert others_of(row) == ([], 0)
    walk(worker, State.PROPOSED, staff_user)


# --- As the database has it ------------------------------------------------------------


def test_another_paper_of_a_household_has_no_applicants(intake: Intake, staff_user: User) -> None:
    first, second = make_dwelling(staff_user), make_dwelling(staff_user)
    row = make_application(staff_user, intake, State.SUBMITTED, dwelling=second)
    same = Dwelling.objects.filter(pk=second.pk)
    assert (
        guard_that_stops(lambda: same.update(same_as=first))
        == "another_paper_of_one_has_no_applicants"
    )
    Application.objects.filter(pk=row.pk).update(dwelling=first)
    same.update(same_as=first)
    stopped = guard_that_stops(
        lambda: Application.objects.filter(pk=row.pk).update(dwelling=second)
    )
    assert stopped == "applicants_have_their_households_first_paper"
    with refused_by("dwelling_is_not_its_own_copy"):
        same.update(same_as=second)
    with refused_by("answer_is_about_two_households"):
        DwellingAnswer.objects.create(
            one=first, other=first, is_one=True, reason="同一户", by=staff_user, at=NOW
        )


def test_of_a_crowded_household_some_are_shown_and_how_many_more(
    intake: Intake, staff_user: User, as_user: Callable[[User], Client]
) -> None:
    """A wrong number on many papers, or a house of a hundred: the page stays a page."""
    home = make_dwelling(staff_user)
    rows = [
        make_application(staff_user, intake, State.SUBMITTED, dwelling=home)
        for _n in range(OTHERS_SHOWN + 3)
    ]
    assert others_of(rows[0]) == (rows[:2:-1], 2)
    address = reverse("edu_base:application", args=[rows[0].pk])
    page = as_user(staff_user).get(address).text
    shown = [row for row in rows if reverse("edu_base:application", args=[row.pk]) in page]
    assert shown == [rows[0], *rows[3:]]
    assert "另有 2 人" in page
