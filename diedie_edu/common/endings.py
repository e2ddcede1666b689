"""What must not come back when the database is set back to an older day.

A consent that was withdrawn, a person who was erased, a role that was taken: a back-up that is
brought back would undo it, and somebody would be harmed. So each is written down by number in the
transaction in which it happens, by a trigger, and once more outside the database. Every app says in
its manifest what ends with it (`EndingKind`); table, triggers and file belong to `keeping`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

BACK = "back"  # written where what had ended is as before


@dataclass(frozen=True)
class EndingKind:
    """One way in which something of a table ends.

    A row of `table` (its name in the database) that is changed (`on`: UPDATE, DELETE or INSERT) so
    that it meets `when`, is written down as `number`, with `how` beside it: SQL of OLD and NEW that
    holds nobody's name, phone or words. Where it meets `back`, what had ended lives again.

    `again` ends the row of that number anew, as the action that ended it did, and says whether
    there was anything to end. Kinds come in the order of `place`: whoever is erased comes last,
    when nothing lives any more that would stand in the way.
    """

    kind: str
    place: int
    table: str
    on: str
    again: Callable[[int, str, datetime], bool]
    when: str = "TRUE"
    number: str = "NEW.id"
    how: str = "''"
    back: str = "FALSE"


@dataclass(frozen=True)
class AfterRestore:
    """What an app puts right once an older state of the database is back, before things end anew:
    `run(now)`."""

    run: Callable[[datetime], object]
