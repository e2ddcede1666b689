"""Who marks a class: appointed, without ties, alone with their marks; as pages and database have
it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Resident
from edu_base.actions import reviewers
from edu_base.models import (
    Application,
    Criterion,
    Declaration,
    Intake,
    Nomination,
    Part,
    Review,
    Reviewer,
    Score,
    State,
)
from edu_base.queries import reviewers as queries
from edu_base.queries.announcing import has_reviewed
from tests.conftest import NOW
from tests.edu_base.test_review import TIES
from tests.support.dream import make_allotment, make_enterprise, nominate
from tests.support.education import make_application, make_intake, walk
from tests.support.refusals import code_of, guard_that_stops, refused_by, run
from tests.support.reviewing import declare, make_criteria, make_reviewer, mark


@pytest.fixture
def reviewer(intake: Intake, make_user: Callable[..., User]) -> Reviewer:
    make_criteria(intake)
    return make_reviewer(intake, make_user())


@pytest.fixture
def eligible(reviewer: Reviewer, intake: Intake, staff_user: User) -> Application:
    return make_application(staff_user, intake, State.ELIGIBLE)


def hand_in(
    application: Application, reviewer: Reviewer, part: str = "papers", mark: int = 80
) -> Review:
    criteria = Criterion.objects.filter(intake=application.intake, part=part)
    points = dict.fromkeys(criteria.values_list("pk", flat=True), mark)
    return reviewers.hand_in(
        application=application, reviewer=reviewer, part=part, points=points, now=NOW
    )


# --- Appointed, and without ties -------------------------------------------------------


def test_a_reviewer_is_appointed_once_and_hears(intake: Intake, staff_user: User) -> None:
    for _twice in range(2):
        reviewers.appoint(intake=intake, account=staff_user, by=staff_user, now=NOW)
    one = Reviewer.objects.get()
    with refused_by("reviewer_once_in_a_class"):
        make_reviewer(intake, staff_user)
    with refused_by("an_appointment_stays_as_it_was"):
        Reviewer.objects.filter(pk=one.pk).update(appointed_at=NOW + timedelta(days=1))
    reviewers.end(reviewer=one, now=NOW)
    assert not queries.appointments_of(staff_user).exists()


def test_ties_are_declared_before_a_case_is_opened(
    reviewer: Reviewer, eligible: Application
) -> None:
    account = reviewer.account
    assert queries.must_declare(account, eligible)
    assert not queries.may_open(account, eligible)
    assert code_of(lambda: hand_in(eligible, reviewer)) == "undeclared"
    reviewers.declare(reviewer=reviewer, ties={eligible.pk: "none"}, now=NOW)
    assert not queries.must_declare(account, eligible)
    assert queries.may_open(account, eligible)
    assert [case.parts for case in queries.cases(reviewer)] == [[Part.PAPERS]]


def test_whoever_has_declared_a_tie_does_not_mark(
    reviewer: Reviewer, eligible: Application
) -> None:
    reviewers.declare(reviewer=reviewer, ties={eligible.pk: "teacher"}, now=NOW)
    assert code_of(lambda: hand_in(eligible, reviewer)) == "tied"
    assert queries.cases(reviewer) == []
    assert (
        guard_that_stops(
            lambda: Review.objects.create(
                application=eligible, reviewer=reviewer, part="papers", at=NOW
            )
        )
        == "who_marks_has_declared_no_tie"
    )


def test_a_declared_tie_stays_and_a_later_one_is_added(
    reviewer: Reviewer, eligible: Application
) -> None:
    for tie in ("none", "relative", "none"):
        reviewers.declare(reviewer=reviewer, ties={eligible.pk: tie}, now=NOW)
    row = Declaration.objects.get()
    assert row.tie == "relative"
    with refused_by("a_declared_tie_stays"):
        Declaration.objects.filter(pk=row.pk).update(tie="none")
    with refused_by("tie_is_declared_once"):
        declare(reviewer, eligible)


def test_ties_are_those_of_the_own_class(reviewer: Reviewer, staff_user: User) -> None:
    other = make_application(staff_user, make_intake(reviewer.intake.scheme_year), State.ELIGIBLE)
    with refused_by("ties_are_declared_in_the_own_class"):
        declare(reviewer, other)
    with refused_by("declared_tie_is_known"):
        declare(reviewer, make_application(staff_user, reviewer.intake), "friend")


@pytest.mark.parametrize("tie", TIES)
def test_household_guardianship_and_the_own_case_exclude_by_themselves(
    tie: Callable[[Resident, Application], None],
    reviewer: Reviewer,
    eligible: Application,
) -> None:
    tie(reviewer.account.resident, eligible)
    eligible.save()
    declare(reviewer, eligible)
    assert code_of(lambda: hand_in(eligible, reviewer)) == "concerned"
    assert queries.cases(reviewer) == []
    assert not queries.may_open(reviewer.account, eligible)
    stopped = guard_that_stops(lambda: mark(reviewer, eligible, papers=100))
    assert stopped == "nobody_marks_what_concerns_them"


def test_nobody_marks_whose_household_of_a_paper_is_their_own(
    reviewer: Reviewer, eligible: Application, staff_user: User
) -> None:
    me = reviewer.account.resident
    make_application(staff_user, eligible.intake, person=me, dwelling=eligible.dwelling)
    declare(reviewer, eligible)
    assert code_of(lambda: hand_in(eligible, reviewer)) == "concerned"
    stopped = guard_that_stops(lambda: mark(reviewer, eligible, papers=100))
    assert stopped == "nobody_marks_what_concerns_them"


# --- Marks -----------------------------------------------------------------------------


def test_marks_are_handed_in_whole_and_for_good(reviewer: Reviewer, eligible: Application) -> None:
    declare(reviewer, eligible)
    nothing = {"application": eligible, "reviewer": reviewer, "part": "papers", "points": {}}
    assert code_of(lambda: reviewers.hand_in(**nothing, now=NOW)) == "incomplete"
    one = hand_in(eligible, reviewer)
    assert hand_in(eligible, reviewer, mark=10) == one, "the same form sent twice hands in once"
    with refused_by("a_mark_stays"):
        Score.objects.update(points=100)
    with refused_by("what_was_handed_in_stays"):
        Review.objects.update(part="interview")
    with refused_by("a_reviewer_marks_once"):
        mark(reviewer, eligible, papers=100)
    with refused_by("marks_are_at_most_100"):
        run(
            "INSERT INTO edu_base_score (review_id, criterion_id, points) VALUES (%s, %s, 101)",
            one.pk,
            Criterion.objects.get(part="papers").pk,
        )
    with refused_by("a_criterion_is_marked_once"):
        Score.objects.create(review=one, criterion=Criterion.objects.get(part="papers"), points=1)
    with refused_by("a_mark_is_of_its_class_and_part"):
        Score.objects.create(
            review=one, criterion=Criterion.objects.get(part="interview"), points=1
        )


def test_the_database_asks_for_every_criterion_too(
    reviewer: Reviewer, eligible: Application
) -> None:
    declare(reviewer, eligible)
    facts = {"application": eligible, "reviewer": reviewer, "at": NOW}
    stopped = guard_that_stops(lambda: Review.objects.create(**facts, part="papers"))
    assert stopped == "a_review_marks_every_criterion"
    with refused_by("part_of_a_review_is_known"):
        Review.objects.create(**facts, part="talk")


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RANKED, State.PROPOSED, State.REFUSED])
def test_it_is_marked_between_conditions_and_ranking(
    state: State, reviewer: Reviewer, staff_user: User
) -> None:
    row = make_application(staff_user, reviewer.intake, state)
    declare(reviewer, row)
    assert code_of(lambda: hand_in(row, reviewer)) == "not_now"
    stopped = guard_that_stops(lambda: mark(reviewer, row, papers=100))
    assert stopped == "marks_come_before_the_ranking"


def test_the_interview_is_marked_after_it(reviewer: Reviewer, eligible: Application) -> None:
    declare(reviewer, eligible)
    assert code_of(lambda: hand_in(eligible, reviewer, "interview")) == "not_now"
    walk(eligible, State.INTERVIEWED, reviewer.account)
    hand_in(eligible, reviewer, "interview")
    assert [case.parts for case in queries.cases(reviewer)] == [[Part.PAPERS]]


def test_two_mark_and_nobody_sees_the_first_before_the_second(
    intake: Intake, reviewer: Reviewer, eligible: Application, make_user: Callable[..., User]
) -> None:
    Intake.objects.filter(pk=intake.pk).update(two_reviewers=True)
    eligible.refresh_from_db()
    others = [make_reviewer(intake, make_user()) for _ in range(2)]
    for one in (reviewer, *others):
        declare(one, eligible)
    hand_in(eligible, reviewer)
    first = queries.marks_of(eligible)[0]
    assert (first.number, first.reviews) == (1, [])
    hand_in(eligible, others[0])
    assert len(queries.marks_of(eligible)[0].reviews) == 2
    assert code_of(lambda: hand_in(eligible, others[1])) == "enough"


def test_marks_given_by_mistake_are_given_anew_until_the_ranking(
    reviewer: Reviewer, eligible: Application, staff_user: User
) -> None:
    declare(reviewer, eligible)
    first = hand_in(eligible, reviewer)
    back = {"review": first, "by": staff_user, "now": NOW}
    assert code_of(lambda: reviewers.take_back(**back, reason=" ")) == "no_reason"
    reviewers.take_back(**back, reason="看错了人")
    with refused_by("marks_are_taken_back_with_a_reason"):
        Review.objects.filter(pk=first.pk).update(taken_back_reason="")
    second = hand_in(eligible, reviewer, mark=60)
    assert second != first
    walk(eligible, State.RANKED, staff_user)
    back = {"review": second, "by": staff_user, "now": NOW, "reason": "又错了"}
    assert code_of(lambda: reviewers.take_back(**back)) == "ranked"
    with refused_by("marks_come_before_the_ranking"):
        Review.objects.filter(pk=second.pk).update(
            taken_back_at=NOW, taken_back_by=staff_user, taken_back_reason="又错了"
        )


def test_the_contact_of_the_nominating_company_does_not_mark(
    reviewer: Reviewer, eligible: Application, staff_user: User
) -> None:
    company = make_enterprise(phone=reviewer.account.phone)
    nomination = nominate(make_allotment(staff_user, enterprise=company))
    Nomination.objects.filter(pk=nomination.pk).update(
        confirmed_at=NOW, person=eligible.person, application=eligible
    )
    declare(reviewer, eligible)
    assert code_of(lambda: hand_in(eligible, reviewer)) == "concerned"
    stopped = guard_that_stops(lambda: mark(reviewer, eligible, papers=100))
    assert stopped == "nobody_marks_what_concerns_them"


def test_whoever_marked_a_case_does_not_decide_objections_to_it(
    reviewer: Reviewer, eligible: Application
) -> None:
    assert not has_reviewed(reviewer.account, eligible)
    declare(reviewer, eligible)
    hand_in(eligible, reviewer)
    assert has_reviewed(reviewer.account, eligible)
