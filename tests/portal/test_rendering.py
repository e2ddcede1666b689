"""Migrations that render less come to the same models as Django's own."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import SET_NULL, ForeignKey

from diedie_edu.portal import rendering

pytestmark = pytest.mark.django_db
UNTIL = ("people", "0002_guards")


def test_both_render_the_same_models_relations_and_options() -> None:
    ours, django_s = _rendered(rendering.State()), _rendered(ProjectState())
    assert ours == django_s
    assert {"accounts.user", "people.resident"} <= ours.keys()
    assert any(options["triggers"] for _fields, options in ours.values())


def test_a_model_is_not_rendered_anew_for_each_that_comes_to_point_to_it() -> None:
    loader = MigrationLoader(connection)
    state = rendering.State()
    state.apps  # noqa: B018  as the executor does before the first migration
    seen = set()
    for key in loader.graph.forwards_plan(UNTIL):
        state = loader.graph.nodes[key].mutate_state(state, preserve=False)
        if ("accounts", "user") in state.models:
            seen.add(state.apps.get_model("accounts", "user"))
    assert len(seen) < 5


def test_a_new_field_is_put_into_the_model_that_is_there() -> None:
    state = _carried_out(rendering.State())
    before = state.apps.get_model("people", "resident")
    told_by = ForeignKey("accounts.User", SET_NULL, null=True, related_name="told")
    state.add_field("people", "resident", "told_by", told_by, True)
    after, account = (
        state.apps.get_model("people", "resident"),
        state.apps.get_model("accounts.user"),
    )
    assert after is before
    assert after._meta.get_field("told_by").related_model is account
    assert account._meta.get_field("told").related_model is after


def _rendered(state: ProjectState) -> dict[str, tuple[set[str], dict[str, list[str]]]]:
    models = _carried_out(state).apps.get_models()
    return {model._meta.label_lower: _of(model._meta) for model in models}


def _carried_out(state: ProjectState) -> ProjectState:
    loader = MigrationLoader(connection)
    state.apps  # noqa: B018
    for key in loader.graph.forwards_plan(UNTIL):
        state = loader.graph.nodes[key].mutate_state(state, preserve=False)
    return state


def _of(meta) -> tuple[set[str], dict[str, list[str]]]:
    fields = {
        f"{field.name} {field.related_model and field.related_model._meta.label}"
        for field in meta.get_fields(include_hidden=True)
    }
    options = ("constraints", "indexes", "triggers")
    return fields, {
        option: sorted(one.name for one in getattr(meta, option, [])) for option in options
    }
