"""Who comes next."""

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from edu_base.models import Application, SchemeYear, State


def reserves(year: SchemeYear, of_class: int) -> QuerySet[Application]:
    """The reserve lists of a year, where the class has a place; that of the class `of_class`
    first, each in the order of its ranks."""
    other = ExpressionWrapper(~Q(intake=of_class), output_field=BooleanField())
    rows = Application.objects.filter(
        intake__scheme_year=year,
        intake__taken__lt=F("intake__places"),
        state=State.RESERVE,
        stopped_at=None,
    )
    return rows.annotate(is_other=other).order_by("is_other", "intake", "rank", "id")
