"""Who leads a group at present."""

from django.db.models import Case, IntegerField, QuerySet, Value, When

from happy_square.models import Leadership

IN_FRONT = Case(
    *(
        When(part=part, then=Value(place))
        for place, part in enumerate([Leadership.Part.LEADER, Leadership.Part.ACTING])
    ),
    default=Value(9),
    output_field=IntegerField(),
)


def live_leaderships(group: int) -> QuerySet[Leadership]:
    """Leader, acting leader and deputy of a group (its number), in this order."""
    rows = Leadership.objects.filter(group=group, ended_at=None)
    return rows.select_related("resident").order_by(IN_FRONT)


def leader_ids(group: int) -> list[int]:
    """Residents (ids) who lead a group (its number) at present, in whatever part."""
    rows = Leadership.objects.filter(group=group, ended_at=None)
    return list(rows.values_list("resident", flat=True))
