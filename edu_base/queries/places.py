"""Who comes next, and who stands where on the way from the ranking to the college."""

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from edu_base.models import Application, Intake, Scheme, SchemeYear, State
from edu_base.models.states import BLOCKS

# Without what is sealed: a class may have thousands.
SHOWN = (
    *("intake", "scheme", "year", "dwelling", "stopped_at", "state", "state_since", "rank"),
    *("score", "last_step", "offer_ends_at", "guardian", "guardian_stays"),
    *("person__full_name", "person__birth_date", "intake__title_zh", "intake__title_en"),
)


def reserves(year: SchemeYear, of_class: int) -> QuerySet[Application]:
    """The reserve lists of a year with a free place, where the class has one too; that of the
    class `of_class` first, each in the order of its ranks."""
    other = ExpressionWrapper(~Q(intake=of_class), output_field=BooleanField())
    rows = Application.objects.filter(
        intake__scheme_year=year,
        intake__scheme_year__taken__lt=F("intake__scheme_year__places"),
        intake__taken__lt=F("intake__places"),
        state=State.RESERVE,
        stopped_at=None,
    )
    return rows.annotate(is_other=other).order_by("is_other", "intake", "rank", "id")


def standing_at(intake: Intake, *states: State) -> QuerySet[Application]:
    """Applications of a class in the order of their ranks."""
    rows = Application.objects.filter(intake=intake, state__in=states)
    rows = rows.select_related("person", "intake").only(*SHOWN)
    return rows.order_by(F("rank").asc(nulls_last=True), "id")


def households_with_student(intake: Intake) -> set[int]:
    """Those of the ranked whose household has its student, in whatever year."""
    ranked = Application.objects.filter(intake=intake, state=State.RANKED)
    students = Application.objects.filter(
        scheme=Scheme.HOUSEHOLDS,
        state__in=BLOCKS,
        dwelling__in=ranked.exclude(dwelling=None).values("dwelling"),
    )
    return set(students.values_list("dwelling", flat=True))


def free_places(intake: Intake) -> int:
    """Of the class and of its year together; `intake` as read just now."""
    return min(intake.free, intake.scheme_year.free)
