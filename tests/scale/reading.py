"""What one page asks of the database, and what each of its statements costs there."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.test import Client

WRITES = ("INSERT", "UPDATE", "DELETE")
PLAN = "EXPLAIN (ANALYZE, BUFFERS, SUMMARY, FORMAT JSON) "


@dataclass
class Statement:
    """One SELECT: milliseconds to plan and to run, blocks and rows that it touched."""

    sql: str
    planning: float = 0
    running: float = 0
    blocks: int = 0
    rows: int = 0


@dataclass
class Seen:
    """One answer of a page: its milliseconds of Python, and its statements."""

    status: int
    python: float
    size: int
    text: str
    number: int = 0
    statements: list[Statement] = field(default_factory=list)

    @property
    def planning(self) -> float:
        return sum(one.planning for one in self.statements)

    @property
    def running(self) -> float:
        return sum(one.running for one in self.statements)

    @property
    def whole(self) -> float:
        return self.python + self.planning + self.running


class Asked:
    """Remembers what is executed, as a wrapper around it."""

    def __init__(self) -> None:
        self.them: list[tuple[str, Any]] = []

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        self.them.append((sql, params))
        return execute(sql, params, many, context)


def see(client: Client, path: str, rounds: int = 1) -> Seen:
    """The best of some rounds. Whatever the page writes is taken back."""
    return min((_see(client, path) for _round in range(rounds)), key=lambda seen: seen.whole)


def _see(client: Client, path: str) -> Seen:
    asked, client.raise_request_exception = Asked(), False
    with transaction.atomic(), connection.execute_wrapper(asked):
        started = time.process_time()
        answer = client.get(path)
        body = b"".join(answer) if answer.streaming else answer.content
        python = (time.process_time() - started) * 1000
        text = body.decode(errors="replace") if "html" in answer.get("Content-Type", "") else ""
        seen = Seen(answer.status_code, python, len(body), text, len(asked.them))
        seen.statements = [_explained(*one) for one in list(asked.them) if _is_read(one[0])]
        transaction.set_rollback(True)
    return seen


def _is_read(sql: str) -> bool:
    return sql.startswith(("SELECT", "WITH", "(SELECT")) and not any(map(sql.__contains__, WRITES))


def _explained(sql: str, params: Any) -> Statement:
    with connection.cursor() as cursor:
        cursor.execute(PLAN + sql, params)
        [[[plan]]] = cursor.fetchall()
    top = plan["Plan"]
    blocks = top["Shared Hit Blocks"] + top["Shared Read Blocks"]
    return Statement(sql, plan["Planning Time"], plan["Execution Time"], blocks, _rows(top))


def _rows(node: dict[str, Any]) -> int:
    """Rows that all nodes of a plan gave, with those that their filters threw away."""
    thrown = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    below = sum(map(_rows, node.get("Plans", [])))
    return int((node["Actual Rows"] + thrown) * node["Actual Loops"]) + below
