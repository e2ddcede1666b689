"""Done to one row, and once: a second tap, with what its page has read, changes nothing any more,
and the rows of others stay as they are."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db.models import Model

from diedie_edu.common.errors import Refused
from tests.conftest import NOW
from tests.support.access_house import for_the_module, furnished
from tests.support.once import ANEW, DAY, HOUR, LINES, WIDER, Line, furnish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with for_the_module(django_db_blocker):
        furnished()
        furnish()
        yield


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_it_is_done_to_one_row_and_once(line: Line) -> None:
    name, model, which, call = line
    row = model._base_manager.filter(**which).earliest("pk")
    meant = model._base_manager.filter(**WIDER.get(name, lambda row: {"pk": row.pk})(row))
    meant, before = set(meant.values_list("pk", flat=True)), rows_of(model)
    call(row, NOW + HOUR)
    after = rows_of(model)
    assert {pk for pk in before if after.get(pk) != before[pk]} == meant
    if name not in ANEW:
        with suppress(Refused):
            call(row, NOW + DAY)
        assert rows_of(model) == after


def rows_of(model: type[Model]) -> dict[Any, tuple[Any, ...]]:
    names = [column.attname for column in model._meta.concrete_fields]
    return {row[0]: row[1:] for row in model._base_manager.order_by("pk").values_list("pk", *names)}
