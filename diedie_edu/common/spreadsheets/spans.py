"""From when to when in one cell: 9:30-11:00, 下午3点至5点."""

import re
from datetime import time
from typing import Any

from diedie_edu.common.spreadsheets.dates import parse_time

_TO = re.compile(r"\s*(?:[-–—~～至到]+)\s*(?=\D{0,2}\d)")
_WORD_OF_DAY = re.compile(r"[^\W\d_]+")


def beginning_in(cell: Any) -> Any:
    return _ends_of(cell)[0].strip() if isinstance(cell, str) else cell


def end_in(cell: Any) -> time | None:
    """None where the cell has no end. 下午3点至5点 ends in the afternoon too. Raises `Refused` (as
    `parse_time`)."""
    if not isinstance(cell, str) or len(ends := _ends_of(cell)) != 2:
        return None
    begins, end = parse_time(ends[0].strip()), parse_time(ends[1].strip())
    word = _WORD_OF_DAY.match(ends[0].strip())
    return parse_time(f"{word[0]}{ends[1].strip()}") if word and end <= begins else end


def _ends_of(cell: str) -> list[str]:
    parts = _TO.split(cell)
    return parts if len(parts) == 2 else [cell]
