"""A class of the households scheme that takes applications now."""

import pytest

from edu_base.models import Intake, SchemeYear
from tests.support.education import make_intake, make_year


@pytest.fixture
def scheme_year(db: None) -> SchemeYear:
    return make_year()


@pytest.fixture
def intake(scheme_year: SchemeYear) -> Intake:
    return make_intake(scheme_year)
