"""What `make guards` takes for a guard, and what the source is without it."""

import ast
from types import SimpleNamespace

import pytest

from tests.guards.importing import ROOT
from tests.guards.known import seen_before
from tests.guards.state import GUARDS, NAMES, cover
from tests.guards.switches import switched

SOURCE = """
def accept(sign_up):
    row = SignUp.objects.select_for_update(of=("self",)).get(pk=sign_up)
    cursor.execute("SELECT pg_advisory_xact_lock(1)")
    open_ones = rows_of(row)
    return open_ones.exclude(answered_at=None).update(state="accepted")

def rows_of(row):
    return row.offers.filter(Q(ends_at=1), pk=row.pk, state="offered")

def page(request):
    if not request.user.may("look"):
        raise PermissionDenied
    if found is None:
        raise Http404
    row = get_own_or_404(request, SignUp.objects, pk=1)
    other = get_object_or_404(SignUp, pk=1)
    return get_object_or_404(rows_of_user(request), pk=1), covered(row.name)
"""


def test_each_kind_of_guard_is_found():
    names = [site.name for site in switched("house", SOURCE)[1]]
    assert sorted(names) == [
        "condition:house.accept:1",
        "condition:house.rows_of:1",
        "condition:house.rows_of:2",
        "lock:house.accept:1",
        "lock:house.accept:2",
        "mask:house.page:1",
        "own:house.page:1",
        "own:house.page:2",
        "refusal:house.page:1",
    ]


@pytest.fixture
def filtered(monkeypatch):
    """What `filter` is given, in a module of its own."""
    source = "def end(rows):\n    return rows.filter(pk=1, state='open').update(a=1)"
    tree, [site] = switched("house", source)
    own = dict(NAMES)
    exec(compile(tree, "house", "exec"), own)

    def given() -> dict:
        seen = {}
        rows = SimpleNamespace(filter=lambda **which: seen.update(which) or rows)
        rows.update = lambda **_values: seen
        return own["end"](rows)

    monkeypatch.setattr(GUARDS, "out", None)
    return given, site


def test_a_condition_is_there_until_it_is_out(filtered, monkeypatch):
    given, site = filtered
    assert given() == {"pk": 1, "state": "open"}
    monkeypatch.setattr(GUARDS, "out", site.name)
    assert given() == {"pk": 1}
    assert site.name in GUARDS.passed


def test_a_column_that_shows_nothing_shows_all_when_its_guard_is_out(monkeypatch):
    nothing = cover("mask:house:1", "")
    assert nothing == ""
    monkeypatch.setattr(GUARDS, "out", "mask:house:1")
    assert nothing != ""
    assert not nothing


def test_the_rest_of_the_source_stays_as_it_is():
    plain = "def page(request):\n    return get_object_or_404(SignUp, pk=1)"
    assert ast.unparse(switched("house", plain)[0]) == plain


def test_what_saw_a_guard_is_there() -> None:
    """Files alone: a test may have another name by now, and then others are tried."""
    files = {test.partition("::")[0] for test in seen_before().values()}
    assert [file for file in sorted(files) if not (ROOT / file).exists()] == []
    assert len(seen_before()) > 1000
