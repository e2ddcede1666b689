"""Keys change: nothing is lost, nothing is left under an old one unseen, and a page without its key
is a page in words."""

from collections.abc import Callable
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.common.crypto import is_of_first_key, seal
from diedie_edu.common.errors import Refused
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.resealing import EndsWithKey, Rehashed, sealed_columns
from diedie_edu.common.sealed import CLOSED, Unreadable, content_of
from diedie_edu.jobs.models import Job
from diedie_edu.people.actions.consents import child_hash
from diedie_edu.people.models import Consent
from diedie_edu.portal.base_data import load_plan
from residents_school.models import Lecture
from tests.support.access_rows import rows
from tests.support.access_table import WHO
from tests.support.access_things import Things, make_things
from tests.support.two_browsers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
SECRET = "a new secret key that is longer than fifty signs, as it must be"
OURS = {"diedie_edu", "residents_school", "after_school", "happy_square", "edu_base"}
OF_FILES = {"office.Attachment", "files.StoredFile"}  # plain digests of what lies there


@pytest.fixture
def job(settings, staff_user) -> Job:
    settings.FIELD_KEYS = [OLD]
    return Job.objects.create(kind="test", title="导出", words="为体检", asked_by=staff_user)


def reseal(**options: bool) -> str:
    said = StringIO()
    call_command("reseal", stdout=said, **options)
    return said.getvalue()


def token_of(job: Job) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM jobs_job WHERE id = %s", [job.pk])
        return str(cursor.fetchone()[0])


# --- Sealed texts ----------------------------------------------------------------------


def test_first_they_are_counted_and_nothing_is_written(job, settings):
    settings.FIELD_KEYS = [NEW, OLD]
    assert "jobs.Job.words: 0 under the newest keys, 1 under former keys" in reseal(dry_run=True)
    assert not is_of_first_key(token_of(job))


def test_then_the_old_key_may_go(job, settings):
    settings.FIELD_KEYS = [NEW, OLD]
    assert "jobs.Job.words: 0 under the newest keys, 1 written anew" in reseal()
    assert "jobs.Job.words: 1 under the newest keys, 0 written anew" in reseal()
    settings.FIELD_KEYS = [NEW]
    assert Job.objects.get().words == "为体检"


def test_what_no_key_opens_is_named_by_its_row_and_kept(job, settings):
    settings.FIELD_KEYS = [NEW]
    token = token_of(job)
    with pytest.raises(CommandError, match="1 cannot be written anew"):
        reseal()
    assert token_of(job) == token


def test_rows_that_stay_as_they_were_are_sealed_anew_too(settings, mother_and_child):
    """Past the guards, which look at what is written: here the words stay the same."""
    settings.FIELD_KEYS = [NEW, *settings.FIELD_KEYS]
    reseal()
    left = [
        f"{model._meta.label}.{column}"
        for model, column in sealed_columns()
        if any(not is_of_first_key(token) for token in tokens(model, column))
    ]
    assert left == []
    assert sum(bool(list(tokens(*one))) for one in sealed_columns()) > 5, "there are texts at all"


def tokens(model: type[models.Model], column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT "{column}" FROM "{model._meta.db_table}" WHERE "{column}" <> %s', [""]
        )
        return [row[0] for row in cursor.fetchall()]


# --- Without the key -------------------------------------------------------------------


def test_saving_the_row_keeps_what_cannot_be_read(job, settings):
    token = token_of(job)
    settings.FIELD_KEYS = [NEW]
    read = Job.objects.get()
    assert isinstance(read.words, Unreadable)
    assert read.words == str(CLOSED)
    read.save()
    assert token_of(job) == token


def test_what_a_form_sends_back_of_it_is_refused(job, settings):
    settings.FIELD_KEYS = [NEW]
    read = Job.objects.get()
    read.words = str(read.words)
    with pytest.raises(Refused) as refused:
        read.save()
    assert refused.value.code == "unreadable"
    with pytest.raises(Refused):
        content_of(Unreadable.of(seal("{}")))


@pytest.fixture
def mother_and_child(
    make_user: Callable[..., User],
    make_lecture: Callable[..., Lecture],
    stranger: User,
) -> tuple[Things, dict[str, User]]:
    """All that the walk over the addresses needs."""
    load_plan()
    people = {letter: make_user(role, scope=scope) for letter, (role, scope) in WHO.items()}
    return make_things(make_lecture, stranger, list(people.values())), people


def test_no_page_breaks_where_a_key_is_gone(settings, mother_and_child, as_user, caplog):
    things, people = mother_and_child
    settings.FIELD_KEYS = [NEW]
    browsers = {letter: as_user(user) for letter, user in people.items()} | {"v": Client()}
    broken, said = [], 0
    for name, which, answers in rows():
        letters = [letter for letter, (get, _post) in answers.items() if get == "200"]
        if which or not letters:
            continue
        page = browsers[letters[0]].get(things.path(name, "", people.get(letters[0])))
        said += str(CLOSED) in text_of(page)
        if page.status_code >= 500:
            broken.append(name)
    assert broken == []
    assert said > 3, "some pages show what stands in the place of a text"
    assert "no key of FIELD_KEYS opens" in caplog.text


# --- Keyed hashes ----------------------------------------------------------------------


def test_every_keyed_hash_says_what_becomes_of_it():
    """A column of 64 signs, without a choice: say `Rehashed` or `EndsWithKey` in the manifest."""
    parts = (*parts_of(Rehashed), *parts_of(EndsWithKey))
    ours = [app for app in apps.get_app_configs() if app.name.partition(".")[0] in OURS]
    found = {
        (model._meta.label, field.name)
        for app in ours
        for model in app.get_models()
        for field in model._meta.local_concrete_fields
        if is_hash(model, field)
    }
    assert found == {(part.model, part.column) for part in parts}


def is_hash(model: type[models.Model], field: models.Field) -> bool:
    of_a_size = isinstance(field, models.CharField) and field.max_length in (64, 70)
    return of_a_size and not field.choices and model._meta.label not in OF_FILES


def test_a_child_whose_consent_ended_is_known_after_the_secret_key_has_gone(
    settings, mother_and_child
):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = SECRET
    reseal()
    settings.SECRET_KEY_FALLBACKS = []
    for consent in Consent.objects.select_related("child"):
        child = consent.child
        assert consent.child_hash == child_hash(child.full_name, child.birth_date)
