"""What an activity is about: each programme tells where its topics stand.

Shared code never asks which programme an activity is of; a programme registers the path from
`Activity` to its topic (a `Bilingual` row) in its `AppConfig.ready()`.
"""

from django.db.models import F, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

_paths: list[str] = []


def register(path: str) -> None:
    """Such as "lecture__topic"."""
    if path not in _paths:
        _paths.append(path)


def topic_title(to_activity: str) -> Combinable:
    """The title in Chinese of what an activity is about, empty where it has none.

    `to_activity` is the path to the activity, such as "occasion__activity__".
    """
    titles = [F(f"{to_activity}{path}__title_zh") for path in _paths]
    return Coalesce(*titles, Value("")) if titles else Value("")
