"""What a file of the plan holds, and where it does not: file, line, field, and what is expected.

Whoever writes a plan for another community is no programmer, so nothing is said in the words of a
program (fixtures/README.md).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from diedie_edu.programmes.models import Responsibility, Statement

Way = tuple[str | int, ...]


class PlanFault(Exception):  # noqa: N818  it is an answer, not an error
    """Something in a file of the plan is not as it should be; each line says where, and what."""


@dataclass(frozen=True)
class Of:
    """A field: what it holds (`kind`), whether it may be missing, which words it knows; of a list,
    what each entry is."""

    kind: type = str
    is_needed: bool = False
    words: tuple[str, ...] = ()
    each: "Of | Mapping[str, Of] | None" = None


Shape = Mapping[str, Of]
NEEDED, TEXT, NUMBER = Of(is_needed=True), Of(), Of(int)
TITLED: Shape = {"title_zh": NEEDED, "title_en": TEXT}
CHANNELS = Of(list, is_needed=True, each=Of(words=("inbox", "sms", "email")))
PROGRAMME: Shape = {
    **TITLED,
    "summary_zh": NEEDED,
    "summary_en": TEXT,
    "statements": Of(
        list,
        each={
            "kind": Of(is_needed=True, words=tuple(Statement.Kind.values)),
            "clause": NEEDED,
            "zh": NEEDED,
            "en": TEXT,
        },
    ),
    "leads": Of(list, each=TEXT),
    "responsibilities": Of(
        list,
        each={
            "work": Of(is_needed=True, words=tuple(Responsibility.Work.values)),
            "zh": TEXT,
            "en": TEXT,
        },
    ),
    "reminder_times": Of(
        list,
        each={
            "audience": NEEDED,
            "days_before": NUMBER,
            "at_time": TEXT,
            "minutes_before": NUMBER,
            "channels": CHANNELS,
        },
    ),
}
SHARED: Shape = {
    "community": Of(
        dict,
        is_needed=True,
        each={**TITLED, "short_zh": NEEDED, "short_en": TEXT},
    ),
    "organisations": Of(list, is_needed=True, each={"title": NEEDED, "kind": NEEDED}),
    "venues": Of(list, is_needed=True, each={**TITLED, "places": Of(int, is_needed=True)}),
}
SAID = {str: "a text", int: "a number", list: "a list [ … ]", dict: "a group { … }"}


@dataclass
class _Reader:
    path: Path
    text: str
    faults: list[str] = field(default_factory=list)

    def fault(self, way: Way, why: str) -> None:
        name = ".".join(str(step + 1) if isinstance(step, int) else step for step in way)
        self.faults.append(f"{self.path}, line {_line(self.text, way)}: {name}: {why}")

    def look(self, value: Any, shape: Of | Shape, way: Way) -> None:
        if isinstance(shape, Of):
            self._look_at_field(value, shape, way)
        elif not isinstance(value, dict):
            self.fault(way, f"expected {SAID[dict]}")
        else:
            self._look_at_group(value, shape, way)

    def _look_at_group(self, value: dict[str, Any], shape: Shape, way: Way) -> None:
        for name in value.keys() - shape.keys():
            self.fault((*way, name), f"is not known here; known are: {', '.join(shape)}")
        for name, of in shape.items():
            if name in value:
                self.look(value[name], of, (*way, name))
            elif of.is_needed:
                self.fault(way, f"“{name}” is missing")

    def _look_at_field(self, value: Any, of: Of, way: Way) -> None:
        if not _is(value, of.kind):
            self.fault(way, f"expected {SAID[of.kind]}")
        elif of.is_needed and value == "":
            self.fault(way, "must not be empty")
        elif of.words and value not in of.words:
            self.fault(way, f"“{value}” is not known here; known are: {', '.join(of.words)}")
        elif of.each is not None and of.kind is dict:
            self.look(value, of.each, way)
        elif of.each is not None:
            for place, one in enumerate(value):
                self.look(one, of.each, (*way, place))


def _is(value: object, kind: type) -> bool:
    """A yes or no is no number."""
    return isinstance(value, kind) and not isinstance(value, bool)


def read(path: Path, shape: Shape) -> dict[str, Any]:
    """A file of the plan. Raises `PlanFault`, with all faults at once."""
    try:
        text = path.read_text(encoding="utf-8")
        found = json.loads(text)
    except FileNotFoundError:
        raise PlanFault(f"{path}: this file is missing") from None
    except UnicodeDecodeError:
        raise PlanFault(f"{path}: save this file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise PlanFault(f"{path}, line {error.lineno}: {error.msg}") from None
    reader = _Reader(path, text)
    reader.look(found, shape, ())
    if reader.faults:
        raise PlanFault("\n".join(reader.faults))
    return dict(found)


def _line(text: str, way: Way) -> int:
    return text.count("\n", 0, _position(text, _skipped(text, 0), way)) + 1


def _position(text: str, at: int, way: Way) -> int:
    """Where the value begins to which this way leads."""
    for step in way:
        at = next((begin for key, begin in _entries(text, at) if key == step), at)
    return at


def _entries(text: str, at: int) -> Iterator[tuple[str | int, int]]:
    """The keys of a group, or the places of a list, and where the value of each begins."""
    decoder, is_group, place = json.JSONDecoder(), text[at] == "{", 0
    at = _skipped(text, at + 1)
    while text[at] not in "]}":
        key: str | int = place
        if is_group:
            key, at = decoder.raw_decode(text, at)
            at = _skipped(text, at)
        yield key, at
        _value, at = decoder.raw_decode(text, at)
        at, place = _skipped(text, at), place + 1


def _skipped(text: str, at: int) -> int:
    """Behind spaces, and what stands between two values."""
    while at < len(text) and text[at] in " \t\r\n,:":
        at += 1
    return at
