"""What stands in the project's own source."""

import re
from functools import cache

from django.conf import settings

APPS = ["diedie_edu", "residents_school", "after_school", "happy_square", "edu_base"]


@cache
def sources() -> dict[str, str]:
    """Each file of Python, by its path in the project."""
    files = [file for app in APPS for file in (settings.BASE_DIR / app).rglob("*.py")]
    return {str(file.relative_to(settings.BASE_DIR)): file.read_text("utf-8") for file in files}


def files_with(pattern: str, within: str = "") -> set[str]:
    """Files in which a pattern occurs, and whose path holds `within`."""
    return {name for name, text in sources().items() if within in name and re.search(pattern, text)}
