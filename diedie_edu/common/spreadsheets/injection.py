"""Texts that a spreadsheet program would run as a formula are put behind an apostrophe.

Whoever signs up may choose "=HYPERLINK(…)" as a name, and staff open the export. The guard
is undone on import, so an exported list comes back as it was: a text that already looks
guarded gets one apostrophe more.
"""

import re

_RUNS = re.compile(r"'*\s*[\t\r=+\-@＝＋－＠﹦﹢﹣﹫]")
_GUARDED = re.compile(rf"'{_RUNS.pattern}")


def guarded(text: str) -> str:
    """The text as it may stand in a cell."""
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell
