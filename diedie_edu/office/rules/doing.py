"""What a reader can do with a version, in the state it is in."""

from dataclasses import dataclass

from diedie_edu.office.models import OPEN, State, Version


@dataclass(frozen=True)
class Doing:
    """House rule: who writes changes a draft, and begins a new version of what was returned or is
    approved; who reviews withdraws an approval; of the last version alone."""

    writes: bool
    begins: bool
    takes_back: bool
    enters_signed: bool
    revokes: bool


def doing(version: Version, last: Version | None, *, keeps: bool, reviews: bool) -> Doing:
    """`last` is the newest version of its document."""
    is_last = version == last
    closed = version.state not in OPEN
    return Doing(
        writes=keeps and version.is_draft,
        begins=keeps and is_last and closed,
        takes_back=keeps and version.state == State.SUBMITTED,
        enters_signed=keeps and version.is_draft and version.number == 1,
        revokes=reviews and is_last and version.state == State.APPROVED,
    )
