"""Makes of each guard in a source a switch: `rows if <it is out> else rows.select_for_update()`."""

import ast
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from tests.guards.conditions import SQL_UPDATE, conditions, sql_conditions

MASKS = {"covered", "masked", "partly_covered", "covered_number", "masked_phone", "masked_address"}
LOCK_WORDS = re.compile(r"pg_advisory|LOCK TABLE")
# What defines the guards themselves.
THEIR_OWN = {"diedie_edu.accounts.access", "diedie_edu.common.names", "diedie_edu.common.phones"}


@dataclass(frozen=True)
class Site:
    """A guard in the source. `name` says its kind, where it stands and the how-manieth it is."""

    name: str
    module: str
    line: int
    text: str

    @property
    def kind(self) -> str:
        return self.name.partition(":")[0]


class Switches(ast.NodeTransformer):
    """Rewrites a module's tree in place; `sites` are the guards that it has found."""

    def __init__(self, module: str, tree: ast.Module) -> None:
        self.module, self.sites = module, list[Site]()
        self.where: list[str] = []
        self.numbers: Counter[str] = Counter()
        self.conditions = conditions(tree)
        self.defined = {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}

    # --- Where it stands ---------------------------------------------------------------

    def _inside(self, node: ast.AST) -> ast.AST:
        self.where.append(node.name)  # type: ignore[attr-defined]
        self.generic_visit(node)
        self.where.pop()
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = _inside  # noqa: N815

    def _is_out(self, kind: str, node: ast.AST, text: str = "") -> ast.Call:
        place = f"{kind}:{'.'.join([self.module, *self.where])}"
        self.numbers[place] += 1
        name = f"{place}:{self.numbers[place]}"
        text = text or ast.unparse(node)
        self.sites.append(Site(name, self.module, node.lineno, text))  # type: ignore[attr-defined]
        return call("guard_is_out", ast.Constant(name))

    # --- What is a guard ---------------------------------------------------------------

    def visit_Call(self, node: ast.Call) -> ast.expr:
        open_ones = [index for index, arg in enumerate(node.args) if id(arg) in self.conditions]
        self.generic_visit(node)
        for index in open_ones:
            out = self._is_out("condition", node.args[index])
            node.args[index] = ast.IfExp(out, call("guard_everything"), node.args[index])
        for find in (self._lock, self._statement, self._own, self._scoped, self._mask):
            if (without := find(node)) is not None:
                return without
        return node

    def visit_keyword(self, node: ast.keyword) -> ast.keyword:
        is_condition = id(node) in self.conditions
        self.generic_visit(node)
        if is_condition and node.arg:
            one = ast.Dict([ast.Constant(node.arg)], [node.value])
            out = self._is_out("condition", node.value, f"{node.arg}={ast.unparse(node.value)}")
            return ast.keyword(None, ast.IfExp(out, ast.Dict([], []), one))
        if node.arg == "covered" and not self._is_none(node.value):
            out = self._is_out("mask", node.value, f"covered={ast.unparse(node.value)}")
            node.value = call("guard_cover", out.args[0], node.value)
        return node

    def visit_If(self, node: ast.If) -> ast.If:
        self.generic_visit(node)
        first = node.body[0]
        if isinstance(first, ast.Raise) and refuses(name_of(first.exc), node.test):
            out = self._is_out("refusal", node, f"if {ast.unparse(node.test)}")
            node.test = ast.BoolOp(ast.And(), [ast.UnaryOp(ast.Not(), out), node.test])
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        """Statements in SQL are changed when they are executed: here they are only counted. What
        stands in a trigger or a function is run by the database."""
        is_run_here = ".models." not in self.module and "CREATE OR REPLACE" not in str(node.value)
        if is_run_here and isinstance(node.value, str) and SQL_UPDATE.search(node.value):
            for text in sql_conditions(node.value):
                self._is_out("sql", node, text)
        return node

    def _lock(self, node: ast.Call) -> ast.expr | None:
        if not (isinstance(node.func, ast.Attribute) and node.func.attr == "select_for_update"):
            return None
        return ast.IfExp(self._is_out("lock", node), node.func.value, node)

    def _statement(self, node: ast.Call) -> ast.expr | None:
        said = [
            part for arg in node.args for part in ast.walk(arg) if isinstance(part, ast.Constant)
        ]
        if not any(LOCK_WORDS.search(str(part.value)) for part in said):
            return None
        return ast.IfExp(self._is_out("lock", node), ast.Constant(None), node)

    def _own(self, node: ast.Call) -> ast.expr | None:
        if name_of(node) != "get_own_or_404":
            return None
        out = self._is_out("own", node)
        return ast.Call(
            ast.Name("guard_own", ast.Load()), [out.args[0], node.func, *node.args], node.keywords
        )

    def _scoped(self, node: ast.Call) -> ast.expr | None:
        name = name_of(node)
        if name == "within" and name not in self.defined and len(node.args) == 2:
            return ast.IfExp(self._is_out("own", node), node.args[0], node)
        if name == "get_object_or_404" and not is_model(node.args[0]):
            out = self._is_out("own", node)
            node.args[0] = call("guard_scope", out.args[0], node.args[0])
        return None

    def _mask(self, node: ast.Call) -> ast.expr | None:
        if name_of(node) not in MASKS or len(node.args) != 1:
            return None
        return ast.IfExp(self._is_out("mask", node), node.args[0], node)

    def _is_none(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Constant) and node.value is None


def call(name: str, *args: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(args), [])


def name_of(node: ast.AST | None) -> str:
    """What is called or named, without the module before it."""
    node = node.func if isinstance(node, ast.Call) else node
    return getattr(node, "attr", getattr(node, "id", ""))


def refuses(error: str, test: ast.expr) -> bool:
    """Not where there is merely nothing that could be shown."""
    if error != "Http404":
        return error == "PermissionDenied"
    has_nothing = isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is)
    is_empty = isinstance(test, ast.UnaryOp) and isinstance(test.operand, ast.Name)
    return not (has_nothing or is_empty or "len(" in ast.unparse(test))


def is_model(node: ast.expr) -> bool:
    """`Model` or `Model.objects` alone: there are no conditions to take out."""
    return name_of(node)[:1].isupper() or name_of(node) in {"objects", "rows"}


@cache
def switched(module: str, source: str) -> tuple[ast.Module, list[Site]]:
    tree = ast.parse(source)
    switches = Switches(module, tree)
    if module not in THEIR_OWN:
        switches.visit(tree)
    return ast.fix_missing_locations(tree), switches.sites
