"""What must not come back when the database is set back to an older day.

A consent that was withdrawn, a person who was erased, a role that was taken: whoever restores a
back-up would undo it, and somebody would be harmed. So each of them is written by number into one
table, in the transaction in which it happens, by a trigger of its model (`Ends`); the app says by
an `EndingKind` in its manifest how it is ended anew. The table and its file belong to `keeping`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pgtrigger


@dataclass(frozen=True)
class EndingKind:
    """One sort of ending. `again` ends the row of that number anew, as the action that ended it
    before, and says whether there was anything to end; `how` is what its trigger wrote beside.

    Kinds come in the order of `place`: who is erased comes last, when nothing lives any more that
    would stand in the way.
    """

    kind: str
    place: int
    again: Callable[[int, str, datetime], bool]


class Ends(pgtrigger.Trigger):
    """Writes an ending of the `kind` behind a row that was changed, or taken out, so that it
    meets `condition`. `number` and `how` are SQL of the row, without anybody's data."""

    when = pgtrigger.After
    kind = ""
    number = "NEW.id"
    how = "''"

    def __init__(self, **options: Any) -> None:
        own = ("kind", "number", "how")
        vars(self).update({key: options.pop(key) for key in own if key in options})
        super().__init__(**options)

    def get_func(self, model: Any) -> str:
        return (
            "INSERT INTO keeping_ending (kind, number, how)\n"
            f"VALUES ('{self.kind}', {self.number}, {self.how});\nRETURN NULL;"
        )
