"""What notices bring themselves: the messages with one-time codes."""

from diedie_edu.common.manifests import Manifest
from diedie_edu.notices import messages

MANIFEST = Manifest(parts=tuple(messages.CODES.values()))
