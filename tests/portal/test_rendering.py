"""Migrations that render less come to the same models as Django's own."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

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


def _rendered(state: ProjectState) -> dict[str, tuple[set[str], dict[str, list[str]]]]:
    loader = MigrationLoader(connection)
    state.apps  # noqa: B018
    for key in loader.graph.forwards_plan(UNTIL):
        state = loader.graph.nodes[key].mutate_state(state, preserve=False)
    return {model._meta.label_lower: _of(model._meta) for model in state.apps.get_models()}


def _of(meta) -> tuple[set[str], dict[str, list[str]]]:
    fields = {
        f"{field.name} {field.related_model and field.related_model._meta.label}"
        for field in meta.get_fields(include_hidden=True)
    }
    options = ("constraints", "indexes", "triggers")
    return fields, {
        option: sorted(one.name for one in getattr(meta, option, [])) for option in options
    }
