"""Rows that are put together at once are those that Django puts together."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import Model
from django.db.models.signals import post_init

from diedie_edu.accounts.backends import PhoneBackend
from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity
from diedie_edu.common.composed import Composed
from diedie_edu.common.fresh import fresh, is_plain
from diedie_edu.files.models import StoredFile
from diedie_edu.people.models import Resident
from diedie_edu.people.models.residents import GATHERED

PLAIN = [model for model in apps.get_models() if is_plain(model)]


def told(row: Model) -> tuple[object, ...]:
    """All that a row knows."""
    facts = {name: value for name, value in vars(row).items() if name != "_state"}
    return type(row), facts, row._state.db, row._state.adding, row._state.fields_cache


@pytest.mark.parametrize("model", PLAIN, ids=lambda model: model._meta.label)
def test_a_row_is_what_django_makes_of_the_values(model):
    """Of whatever they are: converted are they before."""
    names = [field.attname for field in model._meta.concrete_fields]
    values = [f"value {number}" for number, _name in enumerate(names)]
    as_django = Model.from_db.__func__
    assert told(fresh(model, "default", names, values)) == told(
        as_django(model, "default", names, values)
    )
    some = names[:1], values[:1]
    assert told(fresh(model, "default", *some)) == told(as_django(model, "default", *some))


def test_nearly_all_models_are_plain():
    """Of those that are not, a query makes its rows as ever."""
    ours = [
        model for model in apps.get_models() if model._meta.app_label in ("people", "after_school")
    ]
    assert set(ours) <= set(PLAIN)


def test_whoever_listens_is_told():
    heard = []
    listen = lambda instance, **_more: heard.append(instance)  # noqa: E731
    post_init.connect(listen, sender=StoredFile)
    try:
        is_plain.cache_clear()
        assert not is_plain(StoredFile)
    finally:
        post_init.disconnect(listen, sender=StoredFile)
        is_plain.cache_clear()
    assert is_plain(StoredFile)


@pytest.mark.django_db
def test_a_model_with_a_way_of_its_own_keeps_it():
    """A person who is read is remembered, joined or not (`people.looks`)."""
    Resident.objects.create(full_name="羿某")
    by_name = Composed(lambda name: Resident.objects.filter(full_name=name), name=str)
    people: list[Resident] = []
    before = GATHERED.set(people)
    try:
        found = by_name.rows(name="羿某")
    finally:
        GATHERED.reset(before)
    assert people == found
    assert found


@pytest.mark.django_db
def test_a_child_of_a_model_that_is_read_already_is_made_as_ever(make_lecture):
    lecture = make_lecture(title="灯谜")
    whole = Composed(lambda pk: Activity.objects.filter(pk=pk).select_related("lecture"), pk=int)
    row = whole.first(pk=lecture.pk)
    assert (row.lecture.pk, row.lecture.title) == (lecture.pk, "灯谜")


def test_a_model_that_does_more_as_it_begins_is_not_plain():
    class Counting(models.Model):
        class Meta:
            app_label = "common"
            managed = False

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.number = len(args)

    try:
        assert not is_plain(Counting)
    finally:
        del apps.all_models["common"]["counting"]
        apps.clear_cache()


@pytest.mark.django_db
def test_what_was_left_out_is_read_when_it_is_asked_for(make_lecture, django_assert_num_queries):
    lecture = make_lecture(title="灯谜")
    short = Composed(lambda pk: Activity.objects.filter(pk=pk).only("state"), pk=int)
    row = short.first(pk=lecture.pk)
    with django_assert_num_queries(1):
        assert row.title == "灯谜"


@pytest.mark.django_db
def test_an_account_is_read_as_django_reads_it(staff_user, django_assert_num_queries):
    """With its roles, in one statement."""
    with django_assert_num_queries(1):
        user = PhoneBackend().get_user(staff_user.pk)
        granted = [(grant.role, grant.scope, grant.user) for grant in user.grants]
        has_second_factor = user.has_second_factor
    known = User.objects.get(pk=staff_user.pk)
    names = [field.attname for field in User._meta.concrete_fields]
    assert [getattr(user, name) for name in names] == [getattr(known, name) for name in names]
    assert granted == [(grant.role, grant.scope, known) for grant in known.role_grants.all()]
    assert has_second_factor is False
    assert user._state.db == connection.alias
