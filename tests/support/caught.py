"""Places that catch an error of the database without an inner `atomic()` around what may fail.

PostgreSQL has ended such a transaction. Where no query follows, Django notices nothing: the rows
are gone, and the page says that it is done.
"""

import ast
from collections.abc import Iterator

OF_THE_DATABASE = {
    *("Error", "DatabaseError", "DataError", "IntegrityError", "InterfaceError", "InternalError"),
    *("NotSupportedError", "OperationalError", "ProgrammingError", "Exception", "BaseException"),
}
OTHERS = {"csv.Error"}  # of the same name


def unsafe_places(source: str) -> Iterator[str]:
    """Names of the functions with such a place; "" is the module itself."""
    return (name for name, is_safe in _places(ast.parse(source), "") if not is_safe)


def safe_places(source: str) -> Iterator[str]:
    """Names of the functions that catch such an error right."""
    return (name for name, is_safe in _places(ast.parse(source), "") if is_safe)


def _places(node: ast.AST, function: str) -> Iterator[tuple[str, bool]]:
    for child in ast.iter_child_nodes(node):
        is_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
        name = child.name if is_function else function
        if isinstance(child, ast.Try) and any(map(_catches, child.handlers)):
            yield name, all(map(_is_safe, child.body))
        if isinstance(child, ast.With) and _suppresses_unsafely(child):
            yield name, False
        yield from _places(child, name)


def _catches(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    return ast.unparse(handler.type) not in OTHERS and bool(_names(handler.type) & OF_THE_DATABASE)


def _names(node: ast.AST) -> set[str]:
    named = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return named | {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}


def _is_safe(statement: ast.stmt) -> bool:
    """An inner block, a rule that is asked, or what does not speak to the database: counting."""
    if isinstance(statement, ast.With):
        return _opens_block(statement.items[0])
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        return any(name.startswith("check_") for name in _names(statement.value.func))
    return isinstance(statement, ast.AugAssign)


def _opens_block(item: ast.withitem) -> bool:
    call = item.context_expr
    return isinstance(call, ast.Call) and "atomic" in _names(call.func)


def _suppresses_unsafely(block: ast.With) -> bool:
    """`suppress(…)` of such an error, with no block opened after it in the same line."""
    for place, item in enumerate(block.items):
        call = item.context_expr
        if isinstance(call, ast.Call) and "suppress" in _names(call.func):
            caught = {name for arg in call.args for name in _names(arg)}
            after = block.items[place + 1 :]
            if caught & OF_THE_DATABASE and not (after and _opens_block(after[0])):
                return True
    return False
