"""Each place that catches an error of the database, called so that the database says no there.

What else its function asks for is replaced: it is about the block around what fails.
"""

import importlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest
from django.db import connection

from tests.conftest import NOW

NO = "DO $$ BEGIN RAISE integrity_constraint_violation USING CONSTRAINT = 'made_up'; END $$"


def refuse(*_args: object, **_named: object) -> None:
    """The database says no."""
    with connection.cursor() as cursor:
        cursor.execute(NO)


ANY = MagicMock()
ROW = SimpleNamespace(
    pk=1, save=refuse, delete=refuse, scan=None, title="x", _state=SimpleNamespace(adding=False)
)
# What is called, and which names of its module are replaced; None stands for anything.
CASES: dict[str, tuple[Callable[..., object], dict[str, object]]] = {}


def case(function: str, call: Callable[..., object], **replaced: object) -> None:
    CASES[function] = (call, replaced)


def by_queryset(**how: object) -> MagicMock:
    """A model whose rows refuse what is named."""
    model = MagicMock()
    for name in how:
        getattr(model.objects, name).side_effect = refuse
        getattr(model.objects.filter.return_value, name).side_effect = refuse
    return model


def inside(block: Callable[[], AbstractContextManager[None]]) -> None:
    with block():
        refuse()


case("diedie_edu.accounts.actions.accounts._save", lambda f: f(ROW))
case(
    "diedie_edu.activities.actions.parties.sign_up_together",
    lambda f: f(activity=ANY, residents=[ANY], by=None, now=NOW),
    not_in_yet=lambda *_: [ANY],
    check_all=None,
    seats=SimpleNamespace(enter=refuse),
)
case(
    "diedie_edu.activities.actions.schedule._move",
    lambda f: f(ANY, ANY, None),
    Occasion=MagicMock(),
    bookings=SimpleNamespace(move=refuse),
    participants=SimpleNamespace(refusal_about=lambda *_: None),
)
case(
    "diedie_edu.decisions.actions.deputies.name_deputy",
    lambda f: f(account=ANY, deputy=ANY, first_day=1, last_day=2, by=ANY, now=NOW),
    rules=MagicMock(),
    Deputy=by_queryset(create=True),
)
case(
    "diedie_edu.lists.actions.loading._lock_tables",
    lambda f: f(SimpleNamespace(locked_tables=["no_such_table"])),
)
case(
    "diedie_edu.office.actions.closing.close",
    lambda f: f(programme="x", year=2026, by=ANY, now=NOW),
    Document=MagicMock(),
    budgets=lambda _rows: [],
    YearClosing=lambda **_: ROW,
)
case(
    "diedie_edu.office.actions.scans.keep_committee_paper",
    lambda f: f(paper=ROW, data=None, by=ANY, now=NOW),
)
case(
    "diedie_edu.keeping.actions.endings._each",
    lambda f: list(f([SimpleNamespace(kind="x", number=1, how="")], ANY, NOW)),
    kinds=lambda: [SimpleNamespace(kind="x", again=refuse)],
)
case(
    "diedie_edu.keeping.actions.guards.check",
    lambda f: f(),
    stand=lambda: True,
    parts_of=lambda _part: [SimpleNamespace(write=refuse)],
)
case(
    "diedie_edu.notices.actions.wechat.tie",
    lambda f: f(account=ANY, openid="o", now=NOW),
    _tie=refuse,
)
case(
    "diedie_edu.notices.actions.wechat_events.take_in",
    lambda f: f(event=SimpleNamespace(signature="x", openid=""), now=NOW),
    WeChatCall=by_queryset(create=True),
)
case("diedie_edu.office.actions.spending._save", lambda f: f(MagicMock(save=refuse), ANY))
case(
    "diedie_edu.people.actions.changes.undo_change",
    lambda f: f(change=ANY, reason="x", by=ANY, now=NOW),
    rules=MagicMock(),
    lock_records=MagicMock(),
    RecordChange=MagicMock(),
    deeds=MagicMock(undo=refuse),
)
case(
    "diedie_edu.people.actions.departing.note_departure",
    lambda f: f(resident=ANY, departure="moved", day=NOW, reason="x", by=ANY, now=NOW),
    rules=MagicMock(),
    changes=MagicMock(lock_present=lambda *rows: rows),
    Deed=MagicMock(),
    _end=refuse,
)
case(
    "diedie_edu.people.actions.erasing.erase_due",
    lambda f: f(now=NOW),
    queries=MagicMock(**{"open_erasures.return_value.filter.return_value": [ROW]}),
    carry_out=refuse,
)
case(
    "diedie_edu.people.actions.merging.merge_residents",
    lambda f: f(kept=ANY, gone=ANY, reason="x", by=ANY, now=NOW),
    changes=MagicMock(lock_present=lambda *rows: rows),
    _check=None,
    Resident=MagicMock(),
    _join=refuse,
)
case(
    "diedie_edu.people.actions.phones._give_to_account",
    lambda f: f(1, "13800138000"),
    User=by_queryset(update=True),
)
case(
    "diedie_edu.people.actions.rekeying._is_written",
    lambda f: f(ROW, SimpleNamespace(column="name_key"), "1:a", "2:a"),
    rewrite=refuse,
)
case(
    "diedie_edu.people.actions.residents.delete_guardianship",
    lambda f: f(bond=ROW, by=ANY, now=NOW),
    note_custody=None,
)
case(
    "diedie_edu.portal.demo.removing._deleted",
    lambda f: f(MagicMock(**{"_base_manager.filter.return_value._raw_delete": refuse}), {1}),
)
case("diedie_edu.venues.actions.bookings._write", lambda f: f(refuse, []))
case("diedie_edu.volunteering.actions.duties._book", lambda f: f(ROW, ANY, None))
case(
    "diedie_edu.volunteering.actions.roster._fill",
    lambda f: f(ROW, ANY, ANY, None, NOW),
    lock_volunteers=None,
    check_is_not_there=None,
    check_clearance=None,
    check_may_be_there=None,
    roster_of=MagicMock(),
)
case(
    "diedie_edu.volunteering.actions.swaps._exchange",
    lambda f: f(MagicMock(pk=1, volunteer_id=1), MagicMock(pk=2, volunteer_id=2), None, NOW),
    Duty=by_queryset(update=True),
)
case(
    "after_school.actions.changing_terms._rebook",
    lambda f: f([], set(), ANY),
    bookings=SimpleNamespace(rebook=refuse),
)
case(
    "after_school.actions.phones.phone_changed",
    lambda f: f([1], "13800138000", "13800138001"),
    Collector=MagicMock(
        **{
            "objects.filter.return_value.__iter__.side_effect": lambda: iter([ROW]),
            "objects.filter.return_value.update.side_effect": refuse,
        }
    ),
)
case("edu_base.actions.applying._save", lambda f: f(ROW))
case("edu_base.actions.campaign.keep_milestone", lambda f: f(milestone=ROW))
case(
    "edu_base.actions.dwellings._move", lambda f: f(ANY, ANY), Application=by_queryset(update=True)
)
case("edu_base.actions.earlier._save", lambda f: f(ROW, NOW))
case(
    "edu_base.actions.enterprise_offers.add",
    lambda f: f(event=ANY, enterprise=ANY, kind="", title="", places=1, by=ANY, now=NOW),
    rules=MagicMock(),
    EnterpriseOffer=by_queryset(create=True),
)
case("edu_base.actions.reviewers.save_criterion", lambda f: f(ROW))
case("edu_base.actions.reviewers.remove_criterion", lambda f: f(ROW))
case(
    "edu_base.actions.steps.move",
    lambda f: f(application=MagicMock(last_step=0), to="", by=ANY, acting="", reason="", now=NOW),
    rules=MagicMock(**{"refusal_by.return_value": None}),
    Step=by_queryset(create=True),
)
case(
    "residents_school.actions.wishes.make_wish",
    lambda f: f(resident=ANY, topic=ANY, now=NOW),
    wishes=MagicMock(**{"has_wished.return_value": False}),
    Wish=by_queryset(create=True),
)
for blocks in (
    "diedie_edu.venues.actions.venues._as_refusal",
    "edu_base.actions.enterprises.said_in_words",
    "edu_base.actions.grants._refusing",
    "happy_square.actions.members.gate_in_words",
):
    case(blocks, inside)
case("diedie_edu.notices.outbox.rounds._plan", lambda f: f(SimpleNamespace(plan=refuse), NOW))
case("diedie_edu.common.patience.patient", lambda f: f())


def call(function: str, patch: pytest.MonkeyPatch) -> None:
    """The place by the name of its function."""
    name, _dot, attribute = function.rpartition(".")
    module, (made, replaced) = importlib.import_module(name), CASES[function]
    for other, stand_in in replaced.items():
        patch.setattr(module, other, MagicMock() if stand_in is None else stand_in)
    made(module.gives_way(refuse) if attribute == "patient" else getattr(module, attribute))
