"""A version as whoever reviews it reads it: line by line beside what is in force."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from diedie_edu.common.pieces import ADDED, GONE, SAME
from diedie_edu.decisions.kinds import Content as Plain
from diedie_edu.decisions.kinds import canonical
from diedie_edu.decisions.models import Request, Step
from diedie_edu.office.models import Document, Remark, State, Version
from diedie_edu.office.queries.contents import BY_NAME, contents
from diedie_edu.office.queries.differences import CHANGED, Change, differences
from diedie_edu.office.queries.remarks import with_remarks
from diedie_edu.office.rules.versions import kind_slug


@dataclass
class Row:
    """One line: what stood there and what stands there now, in words.

    `what` is how it differs; `is_seen`: it stands as it did in a version that was returned without
    anything being asked of it.
    """

    key: UUID
    title: str
    was: str
    now: str
    what: str
    values: tuple[Any, ...] = ()
    is_seen: bool = False
    remarks: list[Remark] = field(default_factory=list)

    @property
    def was_differs(self) -> bool:
        return self.what in (CHANGED, GONE)

    @property
    def now_differs(self) -> bool:
        return self.what in (CHANGED, ADDED)


def compared_with(version: Version) -> Version | None:
    """What a reader sets beside it: the version in force, else the one that it answers."""
    others = version.document.versions.exclude(pk=version.pk)
    in_force = others.filter(state=State.APPROVED, number__lt=version.number).first()
    return in_force or version.based_on


def rows(version: Version, before: Version | None) -> list[Row]:
    """Its lines in their order, then those that are gone."""
    found = contents([version.pk] + ([before.pk] if before else []))
    new: Plain = found[version.pk]
    old: Plain = found[before.pk] if before else {"rows": {}}
    return _marked(version, list(_rows(old, new)))


def rows_between(seen: str, version: Version) -> list[Row]:
    """What was on a reader's screen (a canonical text), beside what stands there now."""
    new: Plain = contents([version.pk])[version.pk]
    return _marked(version, list(_rows(json.loads(seen), new)))


def _rows(old: Plain, new: Plain) -> Iterator[Row]:
    changes: dict[str, Change] = {one.key: one for one in differences(old, new) if one.key}
    for name, model in BY_NAME.items():
        before = {said["key"]: said for said in old["rows"].get(name, [])}
        for said in new["rows"].get(name, []):
            title, text = model.words(said)
            was = model.words(before[said["key"]])[1] if said["key"] in before else ""
            yield _row(UUID(said["key"]), title, was, text, changes.get(said["key"]))
        gone = [one for key, one in changes.items() if one.what == GONE and key in before]
        yield from (Row(UUID(one.key), one.title, one.text, "", GONE) for one in gone)


def _row(key: UUID, title: str, was: str, text: str, change: Change | None) -> Row:
    what = change.what if change else SAME
    values = tuple(change.values) if change else ()
    return Row(key, title, "" if what == ADDED else was, text, what, values)


def _marked(version: Version, found: list[Row]) -> list[Row]:
    """Seen is what was not asked about, and says the same as when it was returned."""
    answered = version.based_on
    same = _said(answered) if answered is not None else {}
    now = _said(version)
    for row in with_remarks(version, found):
        row.is_seen = row.is_seen and same.get(str(row.key)) == now.get(str(row.key))
    return found


def _said(version: Version) -> Mapping[str, str]:
    plain = contents([version.pk])[version.pk]
    lines = (said for lines in plain["rows"].values() for said in lines)
    return {said["key"]: canonical({**said, "position": 0}) for said in lines}


def history(document: Document) -> list[Step]:
    """All that was decided on its versions, the first first; each step has its `version`."""
    numbers = dict(document.versions.values_list("pk", "number"))
    requests = Request.objects.filter(kind=kind_slug(document.work), subject__in=numbers)
    steps = Step.objects.filter(request__in=requests).select_related("by", "acting_for", "request")
    found = list(steps.order_by("at", "pk"))
    for step in found:
        step.of_version = numbers[step.request.subject]  # type: ignore[attr-defined]
    return found
