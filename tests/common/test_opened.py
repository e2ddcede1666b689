"""What a form was opened with: one text for a stored value and for the same one typed."""

from datetime import UTC, date, time
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.conf import LazySettings

from diedie_edu.common.days import PartOfWeek, moment
from diedie_edu.common.opened import hashes_of, is_hash_of, plain, read_hashes
from diedie_edu.common.readable import readable

NINE = moment(date(2026, 11, 28), time(9, 30))


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        (None, ""),
        ("两行\n字", "两行\r\n字 "),
        (NINE, NINE.astimezone(UTC)),
        (NINE.replace(second=17, microsecond=5), NINE),
        (time(9, 30, 5), time(9, 30)),
        ([3, 1, 2], {"2", "1", "3"}),
        (7, "7"),
        (Decimal("200.00"), Decimal(200)),
        (date(2026, 11, 28), "2026-11-28"),
    ],
)
def test_a_stored_value_and_the_same_one_typed_are_one(stored: Any, typed: Any) -> None:
    assert plain(stored) == plain(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [("", "0"), (False, None), (False, True), (NINE, NINE.replace(minute=31)), ([1], [1, 2])],
)
def test_different_values_are_not(one: Any, other: Any) -> None:
    assert plain(one) != plain(other)


def test_hashes_hold_for_one_form_alone_and_over_a_change_of_the_key(
    settings: LazySettings,
) -> None:
    carried = read_hashes(hashes_of({"title": "太极", "minutes-7": 90}, "form 1"))
    assert carried.keys() == {"title", "minutes-7"}
    assert is_hash_of(carried["title"], "form 1", "title", "太极")
    assert not is_hash_of(carried["title"], "form 2", "title", "太极")
    assert not is_hash_of(carried["title"], "form 1", "summary", "太极")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert is_hash_of(carried["title"], "form 1", "title", "太极")


@pytest.mark.parametrize("carried", ["", "nonsense", ":::", "title:", "title:x title:y"])
def test_what_nobody_made_agrees_with_nothing(carried: str) -> None:
    assert not is_hash_of(read_hashes(carried).get("title", ""), "form 1", "title", "太极")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.ChoiceField(choices=PartOfWeek.choices), "sat_am", "周六上午"),
        (forms.ChoiceField(choices=[("大类", [(3, "太极")])]), "3", "太极"),
        (forms.ChoiceField(choices=[(3, "太极")]), "9", "9"),
        (forms.MultipleChoiceField(choices=[(1, "一"), (2, "二")]), ["1", "2"], "一、二"),
        (forms.BooleanField(), True, "是"),
        (forms.BooleanField(), False, "否"),
        (forms.DateTimeField(), NINE, "2026年11月28日 09:30"),
        (forms.TimeField(), time(9, 30), "09:30"),
        (forms.CharField(), "", "（空）"),
        (forms.MultipleChoiceField(), [], "（空）"),
        (forms.TimeField(), "25:99", "25:99"),
        (None, 7, "7"),
    ],
)
def test_a_value_is_read_as_the_page_writes_it(field: Any, value: Any, words: str) -> None:
    assert readable(field, value) == words
