"""What reviewers have to do, and what they have given."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from diedie_edu.accounts.models import User
from edu_base.models import Application, Declaration, Part, Review, Reviewer, Score, State
from edu_base.queries.concerned import concerning
from edu_base.queries.ranking import handed_in
from edu_base.rules.review import reviewers_needed

TO_MARK = (State.ELIGIBLE, State.INTERVIEWED)
# Whose names a reviewer is asked about: all that may come to be marked.
ASKED_ABOUT = (State.SUBMITTED, State.MORE_ASKED, *TO_MARK)


def appointments_of(user: User) -> QuerySet[Reviewer]:
    rows = Reviewer.objects.filter(account=user, ended_at=None).select_related("intake", "account")
    return rows.order_by("-intake__year", "pk")


def undeclared(reviewer: Reviewer) -> QuerySet[Application]:
    """Whom the reviewer has not said of whether they know them."""
    said = Declaration.objects.filter(reviewer=reviewer, application=OuterRef("pk"))
    rows = Application.objects.filter(intake=reviewer.intake_id, state__in=ASKED_ABOUT)
    return rows.filter(~Exists(said)).select_related("person").order_by("pk")


def must_declare(user: User, application: Application) -> bool:
    """Whether somebody is a reviewer of its class and has not said whether they know it."""
    rows = appointments_of(user).filter(intake=application.intake_id)
    if application.state not in ASKED_ABOUT:
        return False
    return rows.exclude(declarations__application=application).exists()


def may_open(user: User, application: Application) -> bool:
    """An appointed reviewer who has declared no tie, and whom it does not concern."""
    declared = Declaration.objects.filter(
        reviewer__in=appointments_of(user).values("pk"),
        application=application,
        tie=Declaration.Tie.NONE,
    )
    return declared.exists() and not concerning(user).filter(pk=application.pk).exists()


@dataclass(frozen=True)
class Case:
    """One to mark: which parts still wait for the reviewer."""

    application: Application
    parts: list[Part]


def cases(reviewer: Reviewer) -> list[Case]:
    """What waits for the reviewer's marks, in the order of numbers."""
    said_no = Declaration.objects.filter(
        reviewer=reviewer, application=OuterRef("pk"), tie=Declaration.Tie.NONE
    )
    rows = Application.objects.filter(intake=reviewer.intake_id, state__in=TO_MARK)
    rows = rows.filter(Exists(said_no), stopped_at=None).select_related("person")
    rows = rows.exclude(pk__in=concerning(reviewer.account).values("pk"))
    own = Review.objects.filter(reviewer=reviewer, application=OuterRef("pk"), taken_back_at=None)
    for part in Part:
        rows = rows.annotate(
            **{f"given_{part}": handed_in(part), f"own_{part}": Exists(own.filter(part=part))}
        )
    marked = set(map(Part, reviewer.intake.criteria.order_by().values_list("part", flat=True)))
    needed = reviewers_needed(reviewer.intake)
    found = [Case(row, _waiting(row, marked, needed)) for row in rows.order_by("pk")]
    return [case for case in found if case.parts]


def _waiting(row: Application, marked: set[Part], needed: int) -> list[Part]:
    is_seen = row.state == State.INTERVIEWED
    open_parts = [part for part in Part if part in marked and (part != Part.INTERVIEW or is_seen)]
    return [
        part
        for part in open_parts
        if not getattr(row, f"own_{part}") and getattr(row, f"given_{part}") < needed
    ]


def may_wait(account: int) -> QuerySet[Application]:
    """In the classes of a reviewer (an account's id) what it has not said of whether it knows them,
    or not marked in each part: no more than these are among its `cases` and `undeclared`."""
    appointed = Reviewer.objects.filter(
        account=account, ended_at=None, intake=OuterRef("intake_id")
    )
    own = {"reviewer__account": account, "application": OuterRef("pk")}
    marks = Review.objects.filter(**own, taken_back_at=None)
    unmarked = ~Exists(marks.filter(part=Part.PAPERS)) | ~Exists(marks.filter(part=Part.INTERVIEW))
    to_mark = Q(state__in=TO_MARK, stopped_at=None) & unmarked
    unsaid = Q(state__in=ASKED_ABOUT) & ~Exists(Declaration.objects.filter(**own))
    return Application.objects.filter(Exists(appointed), to_mark | unsaid)


@dataclass(frozen=True)
class Marks:
    """Of one part: how many reviewers have handed in, and what, once all have (`reviews`)."""

    part: Part
    number: int
    needed: int
    reviews: list[Review]


def marks_of(application: Application) -> list[Marks]:
    """House rule: nobody, staff neither, sees what one reviewer gave before all have."""
    needed = reviewers_needed(application.intake)
    scores = Prefetch("scores", Score.objects.select_related("criterion").order_by("criterion"))
    valid = application.reviews.filter(taken_back_at=None).select_related("reviewer__account")
    rows = list(valid.prefetch_related(scores).order_by("pk"))
    found = []
    for part in Part:
        given = [row for row in rows if row.part == part]
        shown = given if len(given) >= needed else []
        if given or application.intake.criteria.filter(part=part).exists():
            found.append(Marks(part, len(given), needed, shown))
    return found


def with_numbers(reviewers: QuerySet[Reviewer]) -> QuerySet[Reviewer]:
    """How much each has marked."""
    marked = Count("reviews", filter=Q(reviews__taken_back_at=None))
    return reviewers.select_related("account").annotate(marked=marked).order_by("pk")
