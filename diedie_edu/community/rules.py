"""What a logo is."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.documents import Document
from diedie_edu.common.errors import Refused

LOGO_MEGABYTES = 5


def check_is_logo(document: Document) -> None:
    """House rule: a picture; a PDF cannot stand on top of a page. Raises `Refused` (`kind`)."""
    if not document.kind.is_picture:
        raise Refused("kind", _("Please choose a picture."), "logo")
