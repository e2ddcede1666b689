import pytest

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Resident
from happy_square.models import Festival, Group
from tests.support.festivals import make_festival
from tests.support.groups import lead, make_group


@pytest.fixture
def festival(staff_user: User) -> Festival:
    return make_festival(staff_user)


@pytest.fixture
def leader(resident_user: User) -> Resident:
    return Resident.objects.get(account=resident_user)


@pytest.fixture
def group(leader: Resident) -> Group:
    made = make_group(title="榕树舞蹈队")
    lead(made, leader)
    return made
