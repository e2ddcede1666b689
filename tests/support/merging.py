"""One person of two rows, as merging leaves them."""

from django.db import transaction

from diedie_edu.common.references import Fate, Lasting, naming
from tests.conftest import NOW


@transaction.atomic
def merged(gone: Lasting, kept: Lasting) -> None:
    """What names `gone` does as it declares; nothing of it stands in the way of what `kept` has."""
    for rows, column, on, value in naming(gone):
        if on.merged is Fate.MOVE:
            rows.update(**{column: value(kept)})
        if on.merged is Fate.DELETE:
            rows.delete()
    for name, value in gone.EMPTIED.items():
        setattr(gone, name, value)
    gone.erased_at, gone.merged_into = NOW, kept
    gone.save()
