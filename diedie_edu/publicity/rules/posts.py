"""What may be published, corrected and taken down."""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import letters_of
from diedie_edu.decisions.models import Request
from diedie_edu.publicity.models import Post

PAUSE = re.compile(r"[\n，。！？；：、,.!?;:（）()“”\"]+")


def check_is_draft(post: Post) -> None:
    """House rule: what is published changes by a visible correction alone."""
    if not post.is_draft:
        raise Refused("not_draft", _("This is published. Correct it, or take it down."))


def check_is_published(post: Post) -> None:
    """House rule: what is no post in public is neither corrected nor taken down."""
    if not post.is_published:
        raise Refused("not_published", _("This is not published."))


def check_is_there(post: Post) -> None:
    """House rule: what was taken down stays as it was."""
    if post.is_taken_down:
        raise Refused("taken_down", _("This was taken down."))


def check_does_not_wait(request: Request | None) -> None:
    """House rule: while somebody reads it to decide, nobody changes it; who asked takes it back."""
    if request is not None and request.is_waiting:
        raise Refused("waits", _("This waits for its review. Take it back first, then change it."))


def check_may_review(authors: Iterable[int], by: User, acting_for: int | None) -> None:
    """House rule: nobody reviews what they wrote in, nor for somebody who did. Raises `Refused`
    (`own`)."""
    if {by.pk, acting_for} & set(authors):
        raise Refused("own", _("You wrote in this yourself, so somebody else decides."))


def clauses_of(text: str) -> list[str]:
    """The letters of each clause."""
    return [letters_of(one) for one in PAUSE.split(text)]


def named_in(parts: Mapping[str, str], names: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Which names stand in which part of a post. A name comes with its letters, and counts as
    said also with spaces or stars between, not across the end of a clause."""
    clauses = {part: clauses_of(text) for part, text in parts.items()}
    return [
        (name, part)
        for name, letters in names
        for part, found in clauses.items()
        if letters and any(letters in clause for clause in found)
    ]


def check_names_no_child(parts: Mapping[str, str], names: Iterable[tuple[str, str]]) -> None:
    """PIPL art. 31, house rule: under 14 never with the full name; `names` are those of
    children who are known, each with its letters. Raises `Refused` (`child_named`)."""
    found = named_in(parts, names)
    if found:
        where = "; ".join(f"“{name}” · {part}" for name, part in found)
        text = _("Under 14 never with the full name: %(where)s. Please write e.g. “Xiaoming, 9”.")
        raise Refused("child_named", text % {"where": where})
