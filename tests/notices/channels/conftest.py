"""Providers on the loopback, and the portal set up for each."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.support.providers import BY_BACKEND, AlibabaCloud, TencentCloud

Cloud = AlibabaCloud | TencentCloud


def running(backend: str, settings: Settings) -> Iterator[Cloud]:
    with BY_BACKEND[backend]().running() as cloud:
        for name, value in {**cloud.env, "SMS_URL": cloud.url}.items():
            setattr(settings, name, value)
        settings.SMS_CONNECT_SECONDS = settings.SMS_READ_SECONDS = 0.3
        yield cloud


@pytest.fixture
def alibaba(settings: Settings) -> Iterator[Cloud]:
    yield from running("alibaba", settings)


@pytest.fixture
def tencent(settings: Settings) -> Iterator[Cloud]:
    yield from running("tencent", settings)


@pytest.fixture(params=list(BY_BACKEND))
def cloud(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Cloud]:
    """Each of them."""
    yield from running(request.param, settings)
