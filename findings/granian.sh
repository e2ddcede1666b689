#!/bin/sh
# What granian does with WSGI, found while looking after slow phones and second servers.
#
# Version: granian 2.8.7 (Linux, which has SO_REUSEPORT for every process of an account).
# - A worker with one blocking thread reads an upload in that thread: others wait for a slow phone.
# - An answer that is no list (Django's never is) is drawn by that thread too, piece by piece as the
#   reader takes it: others wait for a slow reader. The same answer as a list goes out by itself.
# - A second granian on the same port starts without a word and takes part of the connections.
# Ways out: threads that wait and one that answers, whole answers as lists; asking for the port first.
# Seen: the lines of EXPECTED below. Ends with 1 and shows the difference if this changes.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here"
cat > EXPECTED <<'TEXT'
slow upload: the next visitor waits
slow reader of an iterator: the next visitor waits
slow reader of a list: the next visitor is answered
a second server on the port: runs beside the first
TEXT
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check granian==2.8.7
cat > app.py <<'PY'
def application(environ, start_response):
    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start_response("200 OK", [("Content-Type", "text/plain")])
    pieces = [b"x" * 65536] * 192 if environ["PATH_INFO"] != "/" else [b"quick"]
    return pieces if environ["PATH_INFO"] == "/list" else iter(pieces)
PY
cat > find.py <<'PY'
import socket, subprocess, time

with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    PORT = probe.getsockname()[1]
COMMAND = ["venv/bin/granian", "--interface=wsgi", f"--port={PORT}", "--blocking-threads=1"]
COMMAND += ["--no-log", "--workers-kill-timeout=1", "app:application"]

def phone(request):
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    found.connect(("127.0.0.1", PORT))
    found.sendall(request)
    return found

def visitor():
    with phone(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n") as asks:
        asks.settimeout(2)
        try:
            return "is answered" if asks.recv(100) else "is cut off"
        except TimeoutError:
            return "waits"

def ready():
    for _ in range(100):
        try:
            if visitor() == "is answered":
                return
        except OSError:
            time.sleep(0.1)

SLOW = {
    "upload": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\na",
    "reader of an iterator": b"GET /iterator HTTP/1.1\r\nHost: a\r\n\r\n",
    "reader of a list": b"GET /list HTTP/1.1\r\nHost: a\r\n\r\n",
}
first = subprocess.Popen(COMMAND)
ready()
for name, request in SLOW.items():
    with phone(request):
        time.sleep(0.5)
        print(f"slow {name}: the next visitor {visitor()}")
    time.sleep(1)
second = subprocess.Popen(COMMAND)
time.sleep(3)
print("a second server on the port:", "ends" if second.poll() else "runs beside the first")
for server in (first, second):
    server.terminate()
    server.wait()
PY
venv/bin/python find.py > found 2>&1 || true
diff EXPECTED found && echo "as expected"
