"""公示, objections, the committee's resolution and the college's answer."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db.models import Model

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import local_day
from diedie_edu.notices.models import Notice
from edu_base.actions import announcing, objections
from edu_base.actions.announcing import Resolved
from edu_base.actions.objections import Told
from edu_base.models import Announcement, Application, Listing, Objection, Resolution, State
from edu_base.queries import announcing as queries
from tests.conftest import NOW
from tests.support.education import make_application, make_intake, make_year
from tests.support.refusals import code_of, guard_that_stops

MONDAY = date(2026, 11, 30)
Rows = list[Application]


@pytest.fixture
def lead(make_user: Callable[..., User]) -> User:
    """Somebody who has reviewed nothing."""
    return make_user(Role.BRANCH_LEAD)


@pytest.fixture
def proposed(staff_user: User) -> Rows:
    """Two hold the places, a third waits."""
    intake = make_intake(make_year(places=2))
    rows = [make_application(staff_user, intake, State.PROPOSED, rank=n) for n in (1, 2)]
    return [*rows, make_application(staff_user, intake, State.RESERVE, rank=3)]


def put_up(rows: Rows, by: User, first_on: date = MONDAY) -> Announcement:
    numbers = [row.pk for row in rows]
    intake = rows[0].intake
    return announcing.announce(intake=intake, numbers=numbers, first_on=first_on, by=by, now=NOW)


@pytest.fixture
def announced(proposed: Rows, staff_user: User) -> Announcement:
    return put_up(proposed[:2], staff_user)


def resolve(row: Application, by: User, on: date, no: str = "") -> None:
    answers: tuple = ([], {row.pk: no}) if no else ([row.pk], {})
    announcing.resolve(
        intake=row.intake,
        resolved=Resolved(on, "叠委〔2026〕9号", *answers),
        by=by,
        now=NOW + timedelta(days=30),
    )


def object_to(row: Application, day: date = MONDAY, **more: object) -> Objection:
    told = Told(row, "梁先生", "他不住在这里", "13800138111")
    facts = {"sheet": uuid4(), "address": "10.0.0.1", "language": "zh-hans"}
    now = NOW + timedelta(days=(day - local_day(NOW)).days)
    return objections.object_online(told=told, now=now, **facts | more)


def state(row: Application) -> str:
    row.refresh_from_db()
    return row.state


# --- The days ----------------------------------------------------------------------------


def test_announcement_begins_on_a_working_day_ahead(proposed: Rows, staff_user: User) -> None:
    for day, code in ((date(2026, 11, 1), "past"), (date(2026, 11, 29), "no_working_day")):
        assert code_of(partial(put_up, proposed[:1], staff_user, day)) == code
    assert code_of(partial(put_up, [proposed[2]], staff_user)) == "moved_on"


def test_names_stand_by_name_as_long_as_they_are_announced(
    announced: Announcement, proposed: Rows, staff_user: User
) -> None:
    assert set(queries.names_of(announced)) == set(proposed[:2])
    assert state(proposed[0]) == State.ANNOUNCED
    assert (announced.first_on, announced.last_on) == (MONDAY, date(2026, 12, 4))
    facts = {"reason": "搬走了", "by": staff_user, "now": NOW}
    announcing.turn_down(application=proposed[0], at=State.ANNOUNCED, **facts)
    assert list(queries.names_of(announced)) == [proposed[1]]
    assert state(proposed[2]) == State.OFFERED


# --- The committee and the college -------------------------------------------------------


@pytest.mark.usefixtures("announced")
def test_committee_resolves_after_the_last_day(proposed: Rows, staff_user: User) -> None:
    assert code_of(partial(resolve, proposed[0], staff_user, date(2026, 12, 4))) == "too_early"
    resolve(proposed[0], staff_user, date(2026, 12, 7))
    assert state(proposed[0]) == State.CONFIRMED
    assert proposed[0].listing.resolution.document_number == "叠委〔2026〕9号"


@pytest.mark.usefixtures("announced")
def test_no_of_the_committee_frees_the_place(proposed: Rows, staff_user: User) -> None:
    nameless = partial(resolve, proposed[0], staff_user, date(2026, 12, 7), " ")
    assert code_of(nameless) == "no_reason"
    resolve(proposed[0], staff_user, date(2026, 12, 7), "材料不实")
    assert (state(proposed[0]), state(proposed[2])) == (State.NOT_ADMITTED, State.OFFERED)


def test_no_message_says_admitted_before_the_colleges_list(
    announced: Announcement, proposed: Rows, staff_user: User
) -> None:
    resolve(proposed[0], staff_user, date(2026, 12, 7))
    kinds = set(Notice.objects.values_list("kind", flat=True))
    assert kinds == {"edu_base.announced", "edu_base.confirmed"}
    announcing.admit(application=proposed[0], by=staff_user, now=NOW)
    announcing.report(application=proposed[0], by=staff_user, now=NOW)
    assert state(proposed[0]) == State.REPORTED
    assert Notice.objects.filter(kind="edu_base.admitted").exists()


def test_college_answers_for_the_confirmed_alone(proposed: Rows, staff_user: User) -> None:
    for act in (announcing.admit, announcing.report):
        early = partial(act, application=proposed[0], by=staff_user, now=NOW)
        assert code_of(early) == "moved_on"


# --- Objections --------------------------------------------------------------------------


@pytest.mark.usefixtures("announced")
def test_objection_is_taken_once_while_the_names_stand(proposed: Rows) -> None:
    sheet = uuid4()
    assert object_to(proposed[0], sheet=sheet) == object_to(proposed[0], sheet=sheet)
    for day in (date(2026, 11, 29), date(2026, 12, 5)):
        assert code_of(partial(object_to, proposed[0], day)) == "not_in_public"


@pytest.fixture
def objection(announced: Announcement, proposed: Rows) -> Objection:
    return object_to(proposed[0])


def decide(objection: Objection, by: User, upheld: bool = True, answer: str = "属实") -> None:
    facts = {"upheld": upheld, "answer": answer, "by": by, "now": NOW + timedelta(days=9)}
    objections.decide(objection=objection, **facts)


def test_nothing_goes_on_before_an_objection_is_decided(
    objection: Objection, proposed: Rows, staff_user: User, lead: User
) -> None:
    onward = partial(resolve, proposed[0], staff_user, date(2026, 12, 7))
    assert code_of(onward) == "objection"
    decide(objection, lead, upheld=False)
    onward()
    assert state(proposed[0]) == State.CONFIRMED


def test_whoever_reviewed_does_not_decide(objection: Objection, staff_user: User) -> None:
    """The staff of these tests have walked every application to where it stands."""
    assert code_of(partial(decide, objection, staff_user)) == "reviewed"


def test_upheld_objection_frees_the_place_and_the_phone_goes(
    objection: Objection, proposed: Rows, lead: User
) -> None:
    decide(objection, lead)
    assert (state(proposed[0]), state(proposed[2])) == (State.NOT_ADMITTED, State.OFFERED)
    assert Objection.objects.get().phone == ""
    assert Notice.objects.get(kind="edu_base.objection_decided").address == "13800138111"
    assert code_of(partial(decide, objection, lead)) == "decided"


def test_words_of_an_objection_go_after_a_year_or_with_the_person(
    objection: Objection, lead: User
) -> None:
    decide(objection, lead)
    for days, words in ((370, "他不住在这里"), (380, "")):
        objections.forget_objections(NOW + timedelta(days=days))
        assert Objection.objects.get().words == words


def test_message_of_an_objection_names_nobody(objection: Objection, proposed: Rows) -> None:
    for told in Notice.objects.filter(kind="edu_base.objection_arrived"):
        assert "梁先生" not in str(told.data)
        assert proposed[0].person.full_name not in str(told.data)


# --- What the database itself holds ------------------------------------------------------


def go(row: Application, to: State) -> None:
    Application.objects.filter(pk=row.pk).update(state=to)


def test_database_asks_for_the_list_and_the_resolution(
    proposed: Rows, announced: Announcement, staff_user: User
) -> None:
    other = make_application(staff_user, make_intake(make_year("dream")), State.PROPOSED)
    steps = {
        "whoever_is_announced_stands_on_a_list": (other, State.ANNOUNCED),
        "committee_confirms_after_the_announcement": (proposed[0], State.CONFIRMED),
    }
    for name, step in steps.items():
        assert guard_that_stops(partial(go, *step)) == name


def resolved_on(row: Application, by: User) -> None:
    made = Resolution.objects.create(
        intake=row.intake,
        decided_on=date(2026, 12, 7),
        document_number="叠委〔2026〕9号",
        made_by=by,
        made_at=NOW,
    )
    Listing.objects.filter(application=row).update(resolution=made)


def test_database_holds_back_whoever_has_an_open_objection(
    objection: Objection, proposed: Rows, staff_user: User
) -> None:
    resolved_on(proposed[0], staff_user)
    stops = guard_that_stops(partial(go, proposed[0], State.CONFIRMED))
    assert stops == "objections_come_before_the_next_step"


def test_database_lets_nobody_decide_who_reviewed(objection: Objection, staff_user: User) -> None:
    rows = Objection.objects.filter(pk=objection.pk)
    facts = {"upheld": True, "answer": "属实", "phone": "", "decided_at": NOW}
    change = partial(rows.update, decided_by=staff_user, **facts)
    assert guard_that_stops(change) == "whoever_reviewed_does_not_decide_objections"


def test_database_keeps_what_was_said_and_resolved(
    objection: Objection, proposed: Rows, lead: User
) -> None:
    resolved_on(proposed[1], lead)
    decide(objection, lead, upheld=False)
    rows = {
        "announcements_stay_as_they_were": Announcement.objects.all(),
        "resolutions_stay_as_they_were": Resolution.objects.all(),
        "nobody_leaves_a_public_announcement": Listing.objects.all(),
        "that_somebody_objected_stays": Objection.objects.all(),
    }
    for name, found in rows.items():
        assert guard_that_stops(lambda found=found: found._raw_delete("default")) == name
    listing = Listing.objects.filter(application=proposed[1])
    changes = {
        "what_was_announced_stays": partial(listing.update, resolution=None),
        "what_was_decided_on_an_objection_stays": partial(Objection.objects.update, upheld=True),
    }
    assert [guard_that_stops(change) for change in changes.values()] == [*changes]


@pytest.mark.parametrize(
    ("constraint", "model", "wrong"),
    [
        ("announcement_lasts_a_day_at_least", Announcement, {"last_on": date(2026, 11, 1)}),
        ("resolution_names_its_document", Resolution, {"document_number": ""}),
        ("phone_of_an_objector_goes_with_the_decision", Objection, {"answer": "属实"}),
        ("objection_on_paper_was_entered_by_somebody", Objection, {"way": "paper"}),
        ("objections_are_to_those_in_public", Objection, {"received_on": date(2026, 12, 5)}),
    ],
)
def test_database_asks_for_whole_rows(
    constraint: str,
    model: type[Model],
    wrong: dict[str, object],
    objection: Objection,
    proposed: Rows,
    staff_user: User,
) -> None:
    resolved_on(proposed[0], staff_user)
    row = model._default_manager.first()
    row.pk, row._state.adding, row.sheet = None, True, uuid4()  # type: ignore[attr-defined]
    for name, value in wrong.items():
        setattr(row, name, value)
    assert guard_that_stops(row.save) == constraint
