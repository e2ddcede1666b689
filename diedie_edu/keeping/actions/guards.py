"""Whether the guards of the database stand as they are declared, and putting them back.

After each `migrate` a function of the database keeps two digests: of what the models and manifests
declare, and of what then stood in the catalogue: every trigger with its function, its condition and
whether it is on. Whoever drops, replaces or switches off one by hand leaves another catalogue.
"""

from functools import cache
from hashlib import sha256
from typing import Any

import pgtrigger
from django.db import IntegrityError, connection, transaction

from diedie_edu.common.guards import ForbiddenWrite
from diedie_edu.common.manifests import parts_of
from diedie_edu.keeping.actions import listing

FOUND = """
SELECT encode(sha256(convert_to(concat(string_agg(
    concat_ws('|', c.relname, t.tgname, t.tgenabled, pg_get_triggerdef(t.oid), p.prosrc), '||'
    ORDER BY c.relname, t.tgname),
    (SELECT prosrc FROM pg_proc WHERE oid = to_regproc('_pgtrigger_should_ignore'))
), 'UTF8')), 'hex')
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
"""
# What each trigger asks first. pgtrigger writes it with an EXCEPTION block, which begins and ends a
# subtransaction for each row and trigger: a fifth of what writing many rows cost.
PASSED_OVER = """
CREATE OR REPLACE FUNCTION "public"._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
STABLE LANGUAGE sql AS $$
    SELECT trigger_name = ANY(nullif(current_setting('pgtrigger.ignore', true), '')::text[])
$$
"""
INSTALLED = """
SELECT count(*) FROM pg_trigger t JOIN pg_description d ON d.objoid = t.oid
WHERE t.tgenabled = 'O' AND t.tgname || ' ' || d.description = ANY(%s)
"""
NOTED = "SELECT to_regprocedure('keeping_guards()')"
NOTE = "CREATE OR REPLACE FUNCTION keeping_guards() RETURNS text LANGUAGE sql AS $$ SELECT '{}' $$"


class GuardMissingError(Exception):
    """A guard of the database is gone, off or another one; `manage.py migrate` puts it back."""


@cache
def declared() -> str:
    marks = sorted(trigger.compile(model).hash for model, trigger in pgtrigger.registered())
    return sha256(" ".join([*marks, listing.mark()]).encode()).hexdigest()


def found() -> str:
    return str(_asked(FOUND))


def noted() -> str:
    """Both digests as they were after the last `migrate`; empty before the first one."""
    return str(_asked("SELECT keeping_guards()")) if _asked(NOTED) else ""


def stand() -> bool:
    """Whether what stood after the last `migrate` stands still. Of another version's nothing is
    known until `migrate` has run."""
    before = noted()
    return not before.startswith(declared()) or before == f"{declared()} {found()}"


def check() -> None:
    """Raises `GuardMissingError`: the catalogue differs, or a write went through that one forbids.
    Nothing of such a write stays."""
    if not stand():
        raise GuardMissingError
    for part in parts_of(ForbiddenWrite):
        try:
            with transaction.atomic():
                part.write()
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                raise GuardMissingError
        except IntegrityError:
            continue


@transaction.atomic
def put_back(**_: object) -> None:
    """After each `migrate`: where something else stands than is declared, all of them anew."""
    if listing.is_behind():
        return
    if noted() != f"{declared()} {found()}":
        if noted() or not _are_installed():
            _install()
        listing.write_triggers()
        with connection.cursor() as cursor:
            cursor.execute(PASSED_OVER)
            cursor.execute(NOTE.format(f"{declared()} {found()}"))


def _are_installed() -> bool:
    """By their marks, as the migrations that have just run left them."""
    marks = [
        f"{trigger.get_pgid(model)} {trigger.compile(model).hash}"
        for model, trigger in pgtrigger.registered()
    ]
    return bool(_asked(INSTALLED, marks) == len(marks))


def _install() -> None:
    made = (trigger.compile(model).install_sql for model, trigger in pgtrigger.registered())
    with connection.cursor() as cursor:
        cursor.execute("\n".join(made))
    pgtrigger.prune()


def _asked(statement: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchone()[0]
