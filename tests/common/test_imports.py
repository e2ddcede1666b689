"""What every process loads at its start, and what waits until somebody needs it."""

import subprocess
import sys
from importlib.util import find_spec

import pytest
from django.conf import settings

# Large, and used by few pages: files of offices, dictionaries, pictures, codes, texts of posts.
WAITS = (
    *("pypinyin", "cn2an", "proces", "holidays", "icalendar", "segno", "markdown_it", "nh3"),
    *("pptx", "docx", "xlsxwriter", "pikepdf", "boto3"),
)
LOADED = """
import sys, django
django.setup()
import diedie_edu.urls, diedie_edu.celery
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The packages of a process that could answer every address and take every task."""
    said = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert said.returncode == 0, said.stderr
    return set(said.stdout.split())


@pytest.mark.parametrize("package", WAITS)
def test_a_large_package_is_loaded_where_it_is_used(package: str, loaded: set[str]) -> None:
    assert find_spec(package), "not the name of a package that is here"
    assert package not in loaded


def test_what_every_page_needs_is_loaded(loaded: set[str]) -> None:
    assert {"django", "psycopg2", "residents_school", "celery"} <= loaded
