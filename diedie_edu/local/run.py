"""Serves the portal with everything it needs, until Ctrl-C."""

import http.client
import math
import os
import secrets
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import NoReturn

from diedie_edu.local.forked import STOPPING
from diedie_edu.local.place import RUN, Place, held
from diedie_edu.local.ports import HOST, claimed
from diedie_edu.local.prepare import load, prepare
from diedie_edu.local.process import Child
from diedie_edu.local.say import Failed, say, step
from diedie_edu.local.services import services
from diedie_edu.local.tether import become


def run(port: int, place: Place = RUN) -> int:
    """Serve on `port` until interrupted; returns the exit code.

    Raises Failed if the port is taken, a step fails or a server dies.
    """
    try:
        with interruptible(), held(place, wait=False) as lock, claimed(port):
            serve(port, place, lock)
    except KeyboardInterrupt:
        say("已全部停止。", "Everything has stopped.")
    return 0


def serve(port: int, place: Place, lock: int) -> NoReturn:
    step(3, "启动 PostgreSQL 与 Valkey……", "Starting PostgreSQL and Valkey…")
    with services(place, lock) as running, ExitStack() as stack:
        os.environ |= environment(port, place, running.env)
        signins = place.folder / "signins.txt"
        load()
        prepare(signins)
        step(7, "启动网站、后台任务与定时器……", "Starting web, worker and beat…")
        servers = servers_of_portal(port, place, lock)
        web = stack.enter_context(next(servers))
        web.await_answer(lambda: answers(port), seconds=math.inf)
        others = [stack.enter_context(server) for server in servers]
        announce(os.environ, signins.read_text())
        watch([*running.children, web, *others])


def announce(env: Mapping[str, str], signins: str) -> None:
    """Say where the portal is, who may sign in, and where text messages go."""
    say(f"\n请在浏览器打开 {env['PORTAL_URL']}", "Open it in a browser.")
    say("\n演示账号（手机号、密码）", f"Demo sign-ins (phone, password)\n{signins}")
    if env["SMS_BACKEND"] == "file":
        say("短信和验证码写在", f"Text messages and codes go to {env['SMS_FILE']}")
    say("按 Ctrl-C 停止", "Ctrl-C stops all.")


def environment(port: int, place: Place, base: dict[str, str]) -> dict[str, str]:
    """Settings of a trial; whatever the environment says already stands."""
    defaults = {
        "DEMO": "true",
        "SECRET_KEY": secret_key(place),
        "PORTAL_URL": f"http://{HOST}:{port}",
        "SMS_BACKEND": "file",
        "SMS_FILE": str(place.log("sms")),
        "PYTHONUNBUFFERED": "1",
    }
    return defaults | base


def secret_key(place: Place) -> str:
    """Made once for this place, so that a second start signs nobody out."""
    path = place.folder / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


def web_command(
    port: int, application: str = "diedie_edu.wsgi:application", threads: int = 32
) -> list[str]:
    """The web server's Python module and its arguments; the benchmarks serve in the same way.

    The threads are for whoever uploads slowly; the portal answers in one (`OneAtATime`).
    """
    return [
        *("granian", "--interface=wsgi", f"--host={HOST}", f"--port={port}"),
        *("--workers=2", f"--blocking-threads={threads}", "--respawn-failed-workers"),
        *("--workers-kill-timeout=5", application),
    ]


def worker_command() -> list[str]:
    """The same of the Celery worker; there is no other worker for it to talk to."""
    alone = ["--without-gossip", "--without-mingle"]
    return ["celery", "--app=diedie_edu", "worker", "--concurrency=3", "--loglevel=INFO", *alone]


def servers_of_portal(port: int, place: Place, lock: int) -> Iterator[Child]:
    """The web server, the worker and beat, each started when it is asked for.

    Each is a copy of this process, which has loaded the portal and has its settings.
    """
    beat = ["celery", "--app=diedie_edu", "beat", f"--schedule={place.folder / 'beat'}"]
    commands = {
        "web": web_command(port),
        "worker": worker_command(),
        "beat": [*beat, "--pidfile="],
    }
    for name, command in commands.items():
        yield Child(name, partial(become, command), place.log(name), pass_fds=[lock])


def watch(children: Sequence[Child]) -> NoReturn:
    """Return never: raises Failed as soon as one of the servers has died."""
    while True:
        for child in children:
            if not child.running:
                raise Failed(
                    f"{child.name} 意外停止。日志 {child.log} 的末尾：\n{child.tail()}",
                    f"{child.name} stopped unexpectedly; the end of its log is above.",
                )
        time.sleep(0.3)


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


@contextmanager
def interruptible() -> Iterator[None]:
    """Within it a request to stop raises KeyboardInterrupt, once; then all stops in order."""

    def interrupt(*_: object) -> NoReturn:
        for sign in STOPPING:
            signal.signal(sign, lambda *_: None)
        say("\n正在停止……", "Stopping…")
        raise KeyboardInterrupt

    before = {sign: signal.signal(sign, interrupt) for sign in STOPPING}
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
