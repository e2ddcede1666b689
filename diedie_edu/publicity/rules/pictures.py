"""Which pictures are kept, and who agrees to be shown in them."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.documents import Document
from diedie_edu.common.errors import Refused
from diedie_edu.people.models import Resident
from diedie_edu.people.rules.residents import is_child
from diedie_edu.publicity.models import Picture, PictureConsent

MOST = 20  # in one post


def check_is_picture(document: Document) -> None:
    """House rule: a photograph or a drawing; a PDF cannot be looked at. Raises `Refused`."""
    if not document.kind.is_picture:
        raise Refused("kind", _("Please choose a picture."), "file")


def check_room_for_more(kept: int) -> None:
    """House rule: a post loads on a phone. Raises `Refused` (`too_many`)."""
    if kept >= MOST:
        text = _("There are %s pictures in it already. Please take one out first.")
        raise Refused("too_many", text % MOST, "picture")


def check_faces(faces: str, people: Collection[Resident]) -> None:
    """House rule, Civil Code art. 1019: nobody can be recognised, or each one is named. Raises
    `Refused` (`nobody_named`, `somebody_named`)."""
    if faces == Picture.Faces.NAMED and not people:
        raise Refused("nobody_named", _("Please choose who can be recognised."), "people")
    if faces != Picture.Faces.NAMED and people:
        text = _("Somebody is chosen below, so they can be recognised.")
        raise Refused("somebody_named", text, "faces")


def check_who_agrees(
    person: Resident, guardian: Resident | None, is_bound: bool, today: date
) -> None:
    """PIPL art. 31: under 14 a guardian agrees, who is one of this child (`is_bound`) and no child.
    Raises `Refused` (`guardian_first`, `not_a_guardian`)."""
    if guardian is None and is_child(person.birth_date, today):
        raise Refused("guardian_first", _("Under 14 a guardian agrees. Choose the guardian first."))
    if guardian is not None and (not is_bound or is_child(guardian.birth_date, today)):
        raise Refused("not_a_guardian", _("Only a grown-up guardian can agree for a child."))


def check_day(given_on: date, today: date) -> None:
    """House rule: what is signed was signed by today. Raises `Refused` (`ahead`)."""
    if given_on > today:
        raise Refused("ahead", _("This day lies in the future."), "given_on")


def check_is_live(consent: PictureConsent) -> None:
    """House rule: what was withdrawn is not withdrawn again."""
    if consent.withdrawn_at is not None:
        raise Refused("withdrawn", _("This was withdrawn already."))
