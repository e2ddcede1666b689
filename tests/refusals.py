"""What a rule, an action or the database says no with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction

from diedie_edu.common.errors import Refused


def refusal_of(call: Callable[[], object]) -> tuple[str, str | None] | None:
    """The code and the field of a refusal; None where the call goes through."""
    try:
        call()
    except Refused as refused:
        return refused.code, refused.field
    return None


def code_of(call: Callable[[], object]) -> str | None:
    refusal = refusal_of(call)
    return refusal and refusal[0]


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    """The block breaks exactly this constraint."""
    with pytest.raises(IntegrityError, match=f'"{constraint}"'), transaction.atomic():
        yield
