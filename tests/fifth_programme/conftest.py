from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module, reload
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.test import override_settings
from django.urls import clear_url_caches

from diedie_edu import urls
from diedie_edu.activities.models import Activity
from diedie_edu.common.manifests import read_manifests
from diedie_edu.portal.base_data import load_plan
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Venue
from tests.conftest import NOW
from tests.support.occasions import make_occasion

APP, SLUG = "tests.fifth_programme", "community-garden"


def start_anew() -> None:
    """What a process does when it starts, for the apps that are installed now."""
    read_manifests()
    reload(urls)
    clear_url_caches()


@pytest.fixture(scope="module", autouse=True)
def installed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The programme is an app among the others, and its table is there."""
    with override_settings(INSTALLED_APPS=[*settings.INSTALLED_APPS, APP]):
        start_anew()
        model = import_module(f"{APP}.models").Gardening
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            editor.create_model(model)
        yield
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            editor.delete_model(model)
        admin.site.unregister(model)
    start_anew()


@pytest.fixture
def gardening(db: None, make_venue: Any) -> Activity:
    """A course that meets in the garden's shed on Saturday."""
    load_plan()
    course = import_module(f"{APP}.models").Gardening.objects.create(
        programme=Programme.objects.get(slug=SLUG),
        title="种豆得豆",
        capacity=5,
        state=Activity.State.PUBLISHED,
        sign_up_opens_at=NOW - timedelta(days=7),
        sign_up_closes_at=NOW + timedelta(days=4),
    )
    shed: Venue = make_venue(title_zh="工具棚")
    starts_at = NOW + timedelta(days=5)
    make_occasion(course, shed, starts_at, starts_at + timedelta(hours=1))
    return course
