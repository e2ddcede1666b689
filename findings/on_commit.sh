#!/bin/sh
# A robust callback of Django's that is a partial, found while files were deleted after a commit.
#
# Version: Django 5.2.19.
# transaction.on_commit(callback, robust=True) logs what the callback raises and goes on. For its log line
# it asks the callback for __qualname__, which functools.partial has not: the error then is an
# AttributeError, nothing is logged, the next callbacks are not run, and the request fails after all.
# Way out: a named function.
# Seen: the lines of EXPECTED below. Ends with 1 and shows the difference if this changes.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here"
cat > EXPECTED <<'TEXT'
a function that fails: committed, the next callback ran
a partial that fails: AttributeError, the next callback did not run
TEXT
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check django==5.2.19
cat > find.py <<'PY'
from functools import partial

import django
from django.conf import settings

own = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
settings.configure(DATABASES={"default": own}, LOGGING_CONFIG=None)
django.setup()
from django.db import connection, transaction

def fails(_what=None):
    raise OSError("the disk is full")

def tried(callback):
    ran = []
    try:
        with transaction.atomic():
            transaction.on_commit(callback, robust=True)
            transaction.on_commit(lambda: ran.append(1))
        end = "committed"
    except Exception as error:
        end = type(error).__name__
    connection.run_on_commit = []
    return f"{end}, the next callback {'ran' if ran else 'did not run'}"

print("a function that fails:", tried(fails))
print("a partial that fails:", tried(partial(fails, "a file")))
PY
venv/bin/python find.py > FOUND 2> errors || { cat errors; exit 1; }
diff EXPECTED FOUND && cat FOUND
