"""One cell: from what the file holds to the value of its column, or a `Refused` with remedy."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.common.money import FEN
from diedie_edu.common.phones import is_phone, normalise_phone
from diedie_edu.common.spreadsheets import spans, words
from diedie_edu.common.spreadsheets.columns import CellType, Column, comparable, words_in
from diedie_edu.common.spreadsheets.dates import parse_date, parse_moment, parse_time
from diedie_edu.common.spreadsheets.values import NO_VALUE
from diedie_edu.common.typed import shows_error

_HALF_WIDTH = {
    full: full - 0xFEE0
    for first, last in ("０９", "ＡＺ", "ａｚ")
    for full in range(ord(first), ord(last) + 1)
}
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2,3}")
_AMOUNT = re.compile(r"[+-]?\d{1,12}(?:\.\d*)?")
_NOISE = Decimal("1e-6")  # what a formula leaves behind the places that are meant
_LARGEST_EXACT = 10**15  # spreadsheets keep 15 digits of a number
_SKIPPED = re.compile(r"[(（](?:空|跳过|未填|未作答|无作答)[)）]")  # as surveys leave a question


def tidy(text: str) -> str:
    """A text as it is kept: trimmed, digits and letters of one width, one kind of line break.

    Full-width punctuation stays, for in Chinese text it is the right one.
    """
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = _UNPRINTABLE.sub("", _INVISIBLE.sub("", text))
    return text.strip() if text.isascii() else text.translate(_HALF_WIDTH).strip()


def is_blank(cell: Any) -> bool:
    """Whether nothing can be seen in the cell. Called for every cell, hence the short ways."""
    if not isinstance(cell, str):
        return cell is None
    return not cell or (not cell.isprintable() and not tidy(cell)) or cell.isspace()


def parser_of(column: Column) -> Callable[[Any], Any]:
    """The function that reads the column's cells."""
    parse, empty = _PARSERS[column.type]

    def read(cell: Any) -> Any:
        if is_blank(cell) or (isinstance(cell, str) and _SKIPPED.fullmatch(cell.strip())):
            return _empty(column, empty)
        check_readable(cell)
        value = parse(cell, column)
        return column.clean(value) if column.clean else value

    return read


def check_readable(cell: Any) -> None:
    """Raises `Refused` (`unreadable`): an error is not an empty cell, in words neither."""
    if cell is NO_VALUE or (isinstance(cell, str) and shows_error(cell)):
        raise Refused("unreadable", _UNREADABLE)


def end_parser_of(column: Column) -> Callable[[Any], Any]:
    """The same for the end of a time that stands in the column of its beginning."""

    def read(cell: Any) -> Any:
        end = spans.end_in(cell)
        return _empty(column, lambda: None) if end is None else end

    return read


def _time(cell: Any, column: Column) -> time:
    return (column.end_of and spans.end_in(cell)) or parse_time(spans.beginning_in(cell))


def _empty(column: Column, empty: Callable[[], Any]) -> Any:
    if column.required:
        raise Refused("required", REQUIRED)
    return empty()


def _text(cell: Any, column: Column) -> str:
    text = _written(cell)
    if column.max_length and len(text) > column.max_length:
        raise Refused(
            "too_long",
            format_lazy(
                _("This text is too long. Shorten it to {count} characters."),
                count=column.max_length,
            ),
        )
    return text


def _written(cell: Any) -> str:
    """What the person typed, unless the spreadsheet program has already spoilt it."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return _digits(cell)
    if isinstance(cell, date | time | timedelta):
        raise Refused(
            "turned_into_date",
            _(
                "The program has turned this entry into a date or time. "
                "Set the column to “Text” and type it again."
            ),
        )
    text = tidy(cell)
    if text.startswith("'"):
        text = tidy(unguarded(text))
    if _SCIENTIFIC.fullmatch(text):
        raise _lost_digits()
    return text


def _digits(number: int | float) -> str:
    if abs(number) >= _LARGEST_EXACT:
        raise _lost_digits()
    return str(int(number)) if number == int(number) else repr(number)


def _lost_digits() -> Refused:
    return Refused(
        "lost_digits",
        _(
            "This long number has lost its last digits. "
            "Set the column to “Text” and type the number again."
        ),
    )


def _phone(cell: Any, column: Column) -> str:
    text = _written(cell).lstrip("'’`")
    is_number = isinstance(cell, int | float) and not is_phone(text)
    if is_number and re.fullmatch(r"[2-9]\d{8,10}", text):
        text = f"0{text}"  # a number loses the zero of its area code
    return normalise_phone(text, of_organisation=column.of_organisation)


def _choice(cell: Any, column: Column) -> str:
    return _key_of(_written(cell), column)


def _choices(cell: Any, column: Column) -> list[str]:
    text = _written(cell)
    if whole := column.choice_by_word.get(comparable(text)):
        return [whole]
    told = words_in(words.without_letters(words.ticked(text)))
    return list(dict.fromkeys(_key_of(word, column) for word in told))


def _key_of(word: str, column: Column) -> str:
    """Without the letter of an option or the boxes of a form, where the whole is none of them."""
    for told in (word, words.without_letter(word), words.ticked(word)):
        if key := column.choice_by_word.get(comparable(told)):
            return key
    raise Refused(
        "unknown_choice",
        format_lazy(
            _("Only these entries are possible here: {words}."),
            words=column.words_of_choices(),
        ),
    )


def _parsed(parse: Callable[[Any], Any]) -> Callable[[Any, Column], Any]:
    return lambda cell, _column: parse(tidy(unguarded(cell)) if isinstance(cell, str) else cell)


def _integer(cell: Any, column: Column) -> int:
    number = words.whole_number(_written(cell))
    if number is None:
        raise Refused("not_a_number", _("Enter a whole number in digits, for example 12."))
    return number


def _amount(cell: Any, column: Column) -> Decimal:
    text = words.amount(_written(cell))
    exact = Decimal(text) if _AMOUNT.fullmatch(text) else None
    if exact is None or abs(exact - exact.quantize(FEN)) > _NOISE:
        raise Refused(
            "not_an_amount",
            _("Enter a number with at most two places after the point, for example 1200.50."),
        )
    return exact.quantize(FEN)


def _boolean(cell: Any, column: Column) -> bool:
    word = comparable(words.plain(_written(cell)))
    if word in words.YES:
        return True
    if word in words.NO:
        return False
    if word in words.BOTH_WAYS:
        raise Refused("both_ways", _("This sign is used for yes and for no. Enter “yes” or “no”."))
    raise Refused("not_yes_or_no", _("Enter “yes” or “no”."))


_PARSERS: dict[CellType, tuple[Callable[[Any, Column], Any], Callable[[], Any]]] = {
    CellType.TEXT: (_text, str),
    CellType.PHONE: (_phone, str),
    CellType.CHOICE: (_choice, str),
    CellType.CHOICES: (_choices, list),
    CellType.DATE: (_parsed(parse_date), lambda: None),
    CellType.INTEGER: (_integer, lambda: None),
    CellType.AMOUNT: (_amount, lambda: None),
    CellType.BOOLEAN: (_boolean, lambda: None),
    CellType.TIME: (_time, lambda: None),
    CellType.MOMENT: (_parsed(parse_moment), lambda: None),
}

REQUIRED = _("This cell is empty. Fill it in, or delete the whole row.")
_UNREADABLE = _(
    "This cell shows an error such as #N/A, or a formula without its result. "
    "Type the value itself into it."
)
_RUNS = re.compile(r"'*\s*[\t\r=+\-@＝＋－＠﹦﹢﹣﹫]")
_GUARDED = re.compile(rf"'{_RUNS.pattern}")


def guarded(text: str) -> str:
    """The text as it may stand in a cell."""
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell
