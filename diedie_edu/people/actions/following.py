"""Actions for somebody whose record is merged in the very moment in which they come."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused, constraint_of
from diedie_edu.people.models import Resident

Action = Callable[..., Any]
# The guards by which a new row names somebody who is there.
GUARDS = {"whoever_signs_up_is_there", "whoever_comes_is_there"}


def who_is_there(people: Iterable[Resident]) -> list[Resident]:
    """The rows that are kept, each once. Raises `Refused` (`changed`) for whoever was erased."""
    found: dict[int, Resident] = {}
    for person in people:
        kept = Resident.objects.numbered(person.pk).first()
        if kept is None:
            words = _("This record was erased meanwhile. Please look the person up again.")
            raise Refused("changed", words)
        found[kept.pk] = kept
    return list(found.values())


def follows_merges(action: Action) -> Action:
    """The action once more for the row that is kept, where its `resident` is merged into one.

    Raises `Refused` (`changed`) for somebody who was erased.
    """

    @wraps(action)
    def followed(*, resident: Resident, **named: Any) -> Any:
        try:
            return action(resident=resident, **named)
        except (IntegrityError, Refused) as error:
            if isinstance(error, IntegrityError) and constraint_of(error) not in GUARDS:
                raise
            (kept,) = who_is_there([resident])
            if kept.pk == resident.pk:
                raise
        return followed(resident=kept, **named)

    return followed
