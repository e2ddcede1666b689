"""Pictures of groups, and the yes of those shown."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.documents import Document
from diedie_edu.common.errors import Refused
from happy_square.models import GroupPicture

PICTURES = 12  # of a group
NEEDS_A_NOTE = {GroupPicture.Shown.ADULTS, GroupPicture.Shown.GUARDIANS}


def check_is_picture(document: Document) -> None:
    """House rule: on a group's page stand pictures alone."""
    if not document.kind.is_picture:
        raise Refused("kind", _("Please choose a picture."), "file")


def check_room_for_more(number: int) -> None:
    """House rule: so many that people look at them."""
    if number >= PICTURES:
        text = _("A group shows %s pictures at most. Remove one first.")
        raise Refused("too_many", text % PICTURES, "file")


def check_permission(shown: str, note: str) -> None:
    """Law (Civil Code art. 1019; PIPL art. 31): whoever is shown has agreed, a child's guardian in
    writing; how that was asked is written down."""
    if shown in NEEDS_A_NOTE and not note.strip():
        text = _("Please write how they agreed, and where it is kept.")
        raise Refused("no_note", text, "agreed_note")
