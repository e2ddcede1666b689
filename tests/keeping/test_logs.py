"""A bell that found nothing to do says nothing; what went wrong is said."""

import logging

import pytest

QUIET = ["celery.worker.strategy", "celery.app.trace", "celery.beat"]


@pytest.mark.parametrize("name", QUIET)
def test_bells_are_quiet_and_faults_are_not(name: str) -> None:
    assert not logging.getLogger(name).isEnabledFor(logging.INFO)
    assert logging.getLogger(name).isEnabledFor(logging.WARNING)
