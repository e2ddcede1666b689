"""What may go with a lecture, and how it is called."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.files.rules import clean_title, stem_of

TITLE_LENGTH = 80


def check_room_for_more(number: int) -> None:
    """House rule: so much that people can find their way in it."""
    if number >= settings.MATERIALS_PER_LECTURE:
        text = _("A lecture holds %(limit)s files at most. Remove one first.")
        raise Refused("too_many", text % {"limit": settings.MATERIALS_PER_LECTURE}, "file")


def title_of(title: str, file_name: str) -> str:
    """House rule: what was typed, or what is left of the file's name; of the name itself nothing
    is kept."""
    return clean_title(title, stem_of(file_name), longest=TITLE_LENGTH) or str(_("Material"))
