"""A database of its own for a town, filled and walked."""

import time_machine
from django.db import connection, transaction
from django.test.utils import (
    setup_databases,
    setup_test_environment,
    teardown_databases,
    teardown_test_environment,
)

from tests.conftest import NOW
from tests.scale.city import Size, fill, settle
from tests.scale.report import Walked
from tests.scale.walk import pages_of, walk
from tests.support.access_house import furnished
from tests.support.template import copy_from_template


def walked(name: str, size: dict[str, int], pages: str) -> Walked:
    """What every page costs in a town of that size, which is gone afterwards."""
    own = connection.settings_dict
    own["TEST"]["NAME"] = f"{own['NAME']}_scale_{name}"
    setup_test_environment()
    copy_from_template()
    made = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    try:
        return _walked(name, Size.of(**size), pages)
    finally:
        teardown_databases(made, verbosity=0)
        teardown_test_environment()


def _walked(name: str, size: Size, names: str) -> Walked:
    with time_machine.travel(NOW, tick=False):
        with transaction.atomic():
            house = furnished()
            pages = pages_of(house, names)
            fill(size)
        print(f"{name}: filled", flush=True)
        settle()
        found: Walked = {}
        for page, seen in walk(pages):
            seen.text = ""  # read by now
            found[page.key] = seen
    print(f"{name}: {len(found)} walked", flush=True)
    return found
