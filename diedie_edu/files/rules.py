"""What may be kept, and how it is called."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused

MEGABYTE = 1024 * 1024
UNSAFE = re.compile(r'[<>:"|?*]')


def check_size(size: int, megabytes: int) -> None:
    """House rule: a file that a phone can load. Raises `Refused` (`large`)."""
    if size > megabytes * MEGABYTE:
        text = _("This file is larger than %(limit)s MB. Please save it smaller.")
        raise Refused("large", text % {"limit": megabytes}, "file")


def clean_title(*given: str, longest: int) -> str:
    """House rule: the first of these that has anything left without unseen and unsafe signs."""
    for text in given:
        seen = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
        cleaned = " ".join(UNSAFE.sub(" ", seen).split())[:longest].strip(" .")
        if cleaned:
            return cleaned
    return ""


def stem_of(file_name: str) -> str:
    """A file's name without folder and ending."""
    return re.split(r"[/\\]", file_name)[-1].rsplit(".", 1)[0]
