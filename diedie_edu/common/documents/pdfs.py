"""What a PDF holds, by its structure: what is an action there, and not what looks like one.

A child that may take only so much memory and time reads it (`pdf_child`), for a few bytes there can
be gigabytes in memory. A PDF that opens without a password may be printed by everybody and is
taken; one whose index is wrong is kept as it was mended, so that what is kept is what was read.
"""

import subprocess  # nosec B404: no words of anybody are part of the command
import sys
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.documents.sent_as import damaged
from diedie_edu.common.errors import Refused

MEMORY = 768 * 1024 * 1024  # of addresses, for the parser
SECONDS = 20  # of a processor; three times as many on the clock
CHILD = Path(__file__).with_name("pdf_child.py")
REFUSALS = {
    "locked": _("This PDF is locked. Please save it without a password."),
    "script": _("This PDF holds scripts. Please print it to a new PDF first, or scan it."),
    "program": _(
        "This PDF opens programs or other files. Please print it to a new PDF first, or scan it."
    ),
    "files": _("There are other files inside this PDF. Please print it to a new PDF first."),
    "film": _("This PDF holds films or sounds. Please print it to a new PDF first."),
    "sends": _("The form in this PDF sends what is typed. Please print it to a new PDF first."),
    "xfa": _(
        "The form in this PDF opens in one program alone (XFA). Please print it to a new PDF first."
    ),
}


def whole_pdf(data: bytes) -> bytes:
    """The bytes to keep. Raises `Refused` (`damaged`, `locked`, `active`)."""
    whole = data.rstrip(b"\x00\t\r\n\x0c ")
    if not whole.endswith(b"%%EOF") or b"startxref" not in whole[-1024:]:
        raise damaged()
    bounds = (MEMORY + 6 * len(data), SECONDS)
    command = [sys.executable, "-I", str(CHILD), *map(str, bounds)]
    try:
        done = subprocess.run(  # nosec B603: see above
            command, input=data, capture_output=True, timeout=3 * SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise damaged() from None
    if done.returncode:
        raise _refusal(done.stderr.decode(errors="replace").strip())
    return done.stdout or data


def _refusal(said: str) -> Refused:
    """What the child ended with; any other end is that of its bounds."""
    if said not in REFUSALS:
        return damaged()
    return Refused("locked" if said == "locked" else "active", REFUSALS[said], "file")
