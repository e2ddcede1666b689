"""What a class is ranked by, and how its ranking stands."""

from collections import defaultdict
from decimal import Decimal

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from edu_base.models import Application, Criterion, Intake, Part, Review, Score, State
from edu_base.models.states import ENDED
from edu_base.rules.ranking import Candidate, Marked
from edu_base.rules.review import ready_state, reviewers_needed

LISTED = Application.objects.select_related("person", "dwelling").defer(
    *("words", "address", "paper_number", "lifted_reason", "stop_reason"),
    *("dwelling__number", "dwelling__address"),
)


def handed_in(part: str) -> Coalesce:
    """How many reviewers have marked a part, in a query of applications."""
    rows = Review.objects.filter(application=OuterRef("pk"), part=part, taken_back_at=None)
    counts = rows.order_by().values("application").annotate(number=Count("pk"))
    return Coalesce(Subquery(counts.values("number")), 0)


def ready(intake: Intake) -> QuerySet[Application]:
    """Those of a class that can be ranked: all marks are in, or they are ranked already."""
    needed, state = reviewers_needed(intake), ready_state(intake)
    rows = Application.objects.filter(intake=intake, stopped_at=None)
    parts = set(Criterion.objects.filter(intake=intake).values_list("part", flat=True))
    complete = Q(state=state)
    for part in parts:
        rows = rows.annotate(**{f"given_{part}": handed_in(part)})
        complete &= Q(**{f"given_{part}__gte": needed})
    return rows.filter(complete | Q(state=State.RANKED))


def candidates(applications: QuerySet[Application]) -> list[Candidate]:
    """With their marks: the mean of all reviewers for each criterion."""
    marks: dict[int, list[Marked]] = defaultdict(list)
    valid = Score.objects.filter(review__taken_back_at=None)
    means = (
        valid.filter(review__application__in=applications.order_by().values("pk"))
        .order_by()
        .values("review__application", "criterion", "criterion__weight", "criterion__part")
        .annotate(mean=Avg("points"))
    )
    for row in means:
        is_interview = row["criterion__part"] == Part.INTERVIEW
        facts = (row["criterion"], row["criterion__weight"], is_interview, Decimal(row["mean"]))
        marks[row["review__application"]].append(Marked(*facts))
    came_in = Coalesce("submitted_at", "made_at")
    rows = applications.order_by("pk").values_list("pk", came_in)
    return [Candidate(pk, moment, marks[pk]) for pk, moment in rows]


def is_begun(intake: Intake) -> bool:
    """Whether places of the class have been proposed: ranks given by then stay."""
    beyond = Application.objects.filter(intake=intake, rank__isnull=False)
    return beyond.exclude(state__in=[State.RANKED, *ENDED]).exists()


def ranking(intake: Intake) -> QuerySet[Application]:
    """In the order of ranks."""
    return LISTED.filter(intake=intake, rank__isnull=False).order_by("rank")


def counts(intake: Intake) -> dict[str, int]:
    """How many applications of a class stand where."""
    rows = Application.objects.filter(intake=intake).order_by().values("state")
    return dict(rows.annotate(number=Count("pk")).values_list("state", "number"))


def missing_marks(intake: Intake) -> QuerySet[Application]:
    """Those that met the conditions and wait for marks or an interview, with how many are in."""
    waiting = LISTED.filter(intake=intake, state__in=[State.ELIGIBLE, State.INTERVIEWED])
    with_marks = {f"given_{part}": handed_in(part) for part in Part.values}
    still = waiting.exclude(pk__in=ready(intake).values("pk")).annotate(**with_marks)
    return still.select_related("person", "interview").order_by("pk")


def with_counts(intakes: QuerySet[Intake]) -> QuerySet[Intake]:
    """Classes with how many have applied, and whether there are criteria."""
    rows = Application.objects.filter(intake=OuterRef("pk")).exclude(state=State.DRAFT)
    number = rows.order_by().values("intake").annotate(number=Count("pk")).values("number")
    criteria = Criterion.objects.filter(intake=OuterRef("pk"))
    return intakes.annotate(
        applied=Coalesce(Subquery(number), 0), has_criteria=Exists(criteria)
    ).select_related("scheme_year")
