"""Which conditions stand before a change: `filter(pk=…, state=…).update(…)`, and `WHERE` in SQL."""

import ast
import re
from collections.abc import Iterator

NARROWING = {"filter", "exclude", "get"}
WHICH_ROW = {"pk", "id", "pk__in", "id__in"}
# Functions that update the rows they are given.
UPDATERS = {"end_where", "move", "_given"}
SQL_UPDATE = re.compile(r"\bUPDATE\s+\S+\s+SET\b.*\bWHERE\b", re.S)
SQL_WHERE = re.compile(r"\bWHERE\b(.*?)(?=\bRETURNING\b|$|;|\n\))", re.S)
Functions = dict[str, list[ast.expr]]


def conditions(tree: ast.Module) -> set[int]:
    """`id()` of each argument of a `filter` whose rows are then updated."""
    found: set[int] = set()
    returns = {one.name: list(_returned(one)) for one in _functions(tree)}
    for function in _functions(tree):
        names = _assigned(function)
        for rows in _updated(function):
            for step in _steps(rows, names, returns, depth=12):
                found |= {id(part) for part in _parts(step)}
    return found


def sql_conditions(statement: str) -> list[str]:
    """The conditions after each WHERE of an update, but for that which names the row."""
    wheres = SQL_WHERE.findall(statement)
    parts = [part.strip() for where in wheres for part in where.split(" AND ")]
    return [part for part in parts if part and not re.match(r"\S*\bid\}? =", part)]


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _returned(function: ast.FunctionDef) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and node.value is not None:
            yield node.value


def _assigned(function: ast.FunctionDef) -> Functions:
    """What each name of a function may be: assigned, walked through, or both."""
    found: Functions = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
        elif isinstance(node, ast.For) and isinstance(node.target, ast.Name):
            found.setdefault(node.target.id, []).extend(getattr(node.iter, "elts", []))
    return found


def _updated(function: ast.FunctionDef) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr == "update" and node.keywords:
            yield node.func.value
        elif isinstance(node.func, ast.Name) and node.func.id in UPDATERS and node.args:
            yield node.args[0]


def _steps(rows: ast.expr, names: Functions, returns: Functions, depth: int) -> Iterator[ast.Call]:
    """The narrowing calls by which rows came to be, through names and functions of the module."""
    if depth == 0:
        return
    if isinstance(rows, ast.Call) and isinstance(rows.func, ast.Attribute):
        if rows.func.attr in NARROWING:
            yield rows
        rows = rows.func.value
    for before in _before(rows, names, returns):
        yield from _steps(before, names, returns, depth - 1)


def _before(rows: ast.expr, names: Functions, returns: Functions) -> list[ast.expr]:
    """What an expression says of where its rows come from."""
    if isinstance(rows, ast.Attribute):
        return [rows.value]
    if isinstance(rows, ast.Name):
        return names.get(rows.id, [])
    if isinstance(rows, ast.Call) and isinstance(rows.func, ast.Name):
        return [*returns.get(rows.func.id, []), *rows.args[:1]]
    return [rows] if isinstance(rows, ast.Call) else []


def _parts(step: ast.Call) -> Iterator[ast.AST]:
    for keyword in step.keywords:
        is_blank = ast.unparse(keyword.value) in ("''", "[]")
        if keyword.arg and keyword.arg not in WHICH_ROW and not is_blank:  # that saves writing
            yield keyword
    yield from (arg for arg in step.args if not isinstance(arg, ast.Starred))
