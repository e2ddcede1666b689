"""Who may ask, how much, and what a second tap does."""

from functools import partial

import pytest

from diedie_edu.accounts.models import RoleGrant
from diedie_edu.accounts.permissions import Role
from diedie_edu.jobs.actions import asking
from diedie_edu.jobs.models import Job
from diedie_edu.lists.room import ADMIN_EXPORT
from tests.support.exports import written
from tests.support.races import together
from tests.support.refusals import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_whoever_has_no_right_cannot_ask(ask, make_user):
    lead = make_user(Role.PROGRAMME_LEAD, scope="residents-school")

    assert code_of(partial(ask, by=lead)) == "no_right"
    assert not Job.objects.exists()


def test_the_right_is_asked_for_again_when_it_runs(ask, staff_user):
    job = ask()
    RoleGrant.objects.filter(user=staff_user).delete()

    assert written(job).state == "refused"
    assert job.reason == "You no longer have the right to this."
    assert job.result is None


@pytest.mark.django_db(transaction=True)
def test_two_taps_are_one_job(ask):
    first, second = together(ask, ask)

    assert first == second
    assert written(first).state == "done"
    assert ask() != first


def test_nobody_fills_the_queue(ask, monkeypatch):
    monkeypatch.setattr(asking, "OPEN_FOR_ONE", 1)
    ask()

    assert code_of(partial(ask, extension="xlsx")) == "too_many"


def test_what_was_typed_lies_sealed_and_goes_with_the_end(staff_user, media):
    about = {"model": "people.resident", "extension": "csv"}
    ask = partial(
        asking.ask, kind=ADMIN_EXPORT, title="x", params=about, by=staff_user, language="en"
    )
    job = ask(words="q=陈建城")

    assert ask(words="q=陈建城") == job
    assert ask(words="q=王芳") != job
    assert Job.objects.filter(pk=job.pk).extra(where=["words LIKE 'gAAAA%%'"]).exists()
    assert written(job).words == ""
