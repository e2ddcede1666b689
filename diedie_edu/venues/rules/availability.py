"""House rule: a room holds one thing at a time, and its neighbours may touch (half-open)."""

from collections.abc import Iterable, Sequence

from diedie_edu.venues.models import Booking


def overlap(one: Booking, other: Booking) -> bool:
    return (
        one.venue_id == other.venue_id
        and one.starts_at < other.ends_at
        and other.starts_at < one.ends_at
    )


def first_clash(
    wanted: Iterable[Booking], taken: Sequence[Booking]
) -> tuple[Booking, Booking] | None:
    """The first wanted booking that meets another one, with that other."""
    pairs = ((mine, other) for mine in wanted for other in taken)
    return next((pair for pair in pairs if overlap(*pair)), None)
