#!/bin/sh
# A Celery worker that opens a connection to the database for every task, found while counting those
# of an idle day.
#
# Versions: celery 5.7.0, Django 5.2.19, SQLite.
# 1. Celery's part for Django closes the connection before and after each task, whatever
#    CONN_MAX_AGE says: five tasks, five connections.
# 2. Its setting against that is asked for by the name CELERY_DB_REUSE_MAX alone, in capitals and
#    with the prefix. db_reuse_max, as all other settings are written since Celery 4, is taken
#    without a word and changes nothing.
# 3. With it the connection stays, and then nothing closes one that is too old or broken. Way out:
#    django.db.close_old_connections at task_prerun.
# Seen: the lines of EXPECTED below. Ends with 1 and shows the difference if this changes.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here"
cat > EXPECTED <<'TEXT'
nothing set: 5 tasks, 5 connections
db_reuse_max: 5 tasks, 5 connections
CELERY_DB_REUSE_MAX: 5 tasks, 1 connections
CELERY_DB_REUSE_MAX, connections of age 0: 5 tasks, 1 connections
the same, old ones closed at task_prerun: 5 tasks, 5 connections
TEXT
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check celery==5.7.0 django==5.2.19
cat > settings.py <<'PY'
import os
AGE = int(os.environ["AGE"])
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "file", "CONN_MAX_AGE": AGE}}
SECRET_KEY = "for this trial alone"
PY
cat > find.py <<'PY'
import sys

from celery import Celery, signals
from celery.contrib.testing.worker import start_worker
from django.db import close_old_connections, connection
from django.db.backends.signals import connection_created

what, setting, *closes = sys.argv[1:]
app = Celery("trial", broker="memory://", backend="cache+memory://")
if setting:
    app.conf[setting] = 100
if closes:
    signals.task_prerun.connect(lambda **_: close_old_connections(), weak=False)
opened = []
connection_created.connect(lambda **_: opened.append(1), weak=False)

@app.task(name="ask")
def ask():
    connection.ensure_connection()

with start_worker(app, perform_ping_check=False, pool="solo"):
    for _ in range(5):
        ask.delay().get(timeout=20)
print(f"{what}: 5 tasks, {len(opened)} connections")
PY
run() { AGE=$1 DJANGO_SETTINGS_MODULE=settings venv/bin/python find.py "$2" "$3" ${4:-} 2>> errors; }
{
  run 60 "nothing set" ""
  run 60 "db_reuse_max" db_reuse_max
  run 60 "CELERY_DB_REUSE_MAX" CELERY_DB_REUSE_MAX
  run 0 "CELERY_DB_REUSE_MAX, connections of age 0" CELERY_DB_REUSE_MAX
  run 0 "the same, old ones closed at task_prerun" CELERY_DB_REUSE_MAX closes
} > SEEN || { cat errors; exit 1; }
diff EXPECTED SEEN && echo "as expected"
