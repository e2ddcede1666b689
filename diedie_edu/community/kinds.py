"""What other apps bring to the community's facts."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Telephone:
    """A number of a room or a programme that people ring; `code` names it for ever."""

    code: str
    label: Promise
