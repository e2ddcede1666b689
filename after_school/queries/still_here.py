"""Which children are still here, and whom to call about them."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from after_school.models import Collector, GuardianRight, Presence, PresenceEvent, Session
from after_school.queries.children import IS_BARRED


def children_inside(session: Session) -> QuerySet[Presence]:
    """By pinyin, each with whom to call, nobody barred among them, and the log of calls."""
    rights = (
        GuardianRight.objects.filter(~IS_BARRED)
        .select_related("guardian__account")
        .order_by("place")
    )
    barred = Collector.objects.filter(child=OuterRef("child"), barred_at__isnull=False)
    same_phone = ~Q(phone_key="") & Q(phone_key=OuterRef("phone_key"))
    others = Collector.objects.filter(
        ~Exists(barred.filter(Q(name_key=OuterRef("name_key")) | same_phone)),
        Q(valid_until=None) | Q(valid_until__gte=session.day),
        valid_from__lte=session.day,
        barred_at=None,
        ended_at=None,
        guardian=None,
    )
    calls = PresenceEvent.objects.filter(what=PresenceEvent.What.CALLED).select_related("by")
    return (
        Presence.objects.filter(Presence.INSIDE, session=session)
        .select_related("child", "zone")
        .prefetch_related(
            Prefetch("child__guardian_rights", rights),
            Prefetch("child__collectors", others, to_attr="callable"),
            Prefetch("events", calls, to_attr="calls"),
        )
        .order_by("child__sort_key", "child_id")
    )
