"""Links of messages carry a mark of their reader's phone, which those of tests do not."""

import re

from diedie_edu.common.links import BEARER, TOKEN


def plain(path: str) -> str:
    """The path with the numbers that its token names, without mark and signature."""
    return re.sub(TOKEN.pattern, lambda found: BEARER.sub("", found[1]), path)
