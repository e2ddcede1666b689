"""Text messages on standard output, for a demo: the code to sign in is read off the screen."""

import sys

from django.conf import settings

from diedie_edu.common.phones import masked
from diedie_edu.notices.channels.outcome import Letter, Outcome, accepted


def send(letter: Letter) -> Outcome:
    """Print it. Outside a demo the text stays unsaid, for standard output is a log."""
    text = letter.text if settings.DEMO else f"({len(letter.text)} characters)"
    sys.stdout.write(f"SMS {masked(letter.address)}: {text}\n")
    sys.stdout.flush()
    return accepted()
