"""The topics of a programme, for its figures of one of them."""

from dataclasses import dataclass

from diedie_edu.activities.models import Activity
from diedie_edu.activities.traits import traits_of
from diedie_edu.common.bilingual import in_language

# What is told of one topic: sessions, seats, who came, new faces, satisfaction.
TOLD = ("sessions", "seats", "cameofseats", "visits", "people", "newfaces", "satisfaction")


@dataclass(frozen=True)
class TopicChoice:
    number: int
    title: str


def topics_of(programme: str) -> list[TopicChoice]:
    """Those that activities of a programme (its slug) are about; one query, none where it has no
    topics."""
    path = traits_of(programme).topic
    if not path:
        return []
    columns = (path, f"{path}__title_zh", f"{path}__title_en")
    rows = Activity.objects.filter(programme__slug=programme).exclude(**{path: None})
    found = rows.order_by(f"{path}__title_zh", path).values_list(*columns).distinct()
    return [TopicChoice(number, in_language(*titles)) for number, *titles in found]
