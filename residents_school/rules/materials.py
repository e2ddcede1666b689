"""What may go with a lecture, and how it is called."""

import re
import unicodedata

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused

MEGABYTE = 1024 * 1024
TITLE_LENGTH = 80
UNSAFE = re.compile(r'[<>:"|?*]')


def check_size(size: int) -> None:
    """House rule: a file that a phone can load."""
    if size > settings.MATERIAL_MEGABYTES * MEGABYTE:
        text = _("This file is larger than %(limit)s MB. Please save it smaller.")
        raise Refused("large", text % {"limit": settings.MATERIAL_MEGABYTES}, "file")


def check_room_for_more(number: int) -> None:
    """House rule: so much that people can find their way in it."""
    if number >= settings.MATERIALS_PER_LECTURE:
        text = _("A lecture holds %(limit)s files at most. Remove one first.")
        raise Refused("too_many", text % {"limit": settings.MATERIALS_PER_LECTURE}, "file")


def clean_title(title: str, file_name: str) -> str:
    """House rule: what was typed, or what is left of the file's name without folder, ending and
    unseen characters; of the name itself nothing is kept."""
    stem = re.split(r"[/\\]", file_name)[-1].rsplit(".", 1)[0]
    for text in (title, stem):
        seen = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
        cleaned = " ".join(UNSAFE.sub(" ", seen).split())[:TITLE_LENGTH].strip(" .")
        if cleaned:
            return cleaned
    return str(_("Material"))
