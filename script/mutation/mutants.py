"""Every small change that could be made to a module: an operator, a number, a condition, a line.

Left alone: annotations, decorators, strings, a False that could as well be None, ``__all__``,
what only a type checker runs, and ``strict=`` of ``zip``, which never speaks unless the code is
already wrong.
"""

import ast
import copy
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Final, NamedTuple

SHOWN: Final = 90  # columns of code around a change

_ORDER: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.Gt: ast.GtE,
    ast.Eq: ast.NotEq,
    ast.Is: ast.IsNot,
    ast.In: ast.NotIn,
}
_COMPARED: Final = _ORDER | {new: old for old, new in _ORDER.items()}
_ARITHMETIC: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLED: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}
_UNTOUCHED: Final = {"annotation", "returns", "type_params", "decorator_list", "format_spec"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change. ``where`` is module and scope, ``function`` the code object it is in, or ""."""

    path: Path
    number: int  # in the order ``find`` meets them
    lines: range  # of the statement, without its body
    where: str
    function: str
    before: str
    after: str
    key: str

    def code(self) -> CodeType:
        """Return the module's code with this change made."""
        tree = ast.parse(self.path.read_text())
        next(edit for number, (edit, _) in enumerate(_edits(tree)) if number == self.number).make()
        return compile(ast.fix_missing_locations(tree), str(self.path), "exec", dont_inherit=True)


class _Edit(NamedTuple):
    parent: ast.AST
    field: str
    place: int | None  # in the field, where that is a list
    new: ast.AST | None

    @property
    def old(self) -> ast.AST:
        value = getattr(self.parent, self.field)
        return value if self.place is None else value[self.place]  # type: ignore[no-any-return]

    def make(self) -> _Edit:
        """Make the change, and return the one that undoes it."""
        undo = self._replace(new=self.old)
        if self.place is None:
            setattr(self.parent, self.field, self.new)
        else:
            getattr(self.parent, self.field)[self.place] = self.new
        return undo


class _Place(NamedTuple):
    scope: tuple[str, ...] = ()
    function: str = ""
    top: ast.stmt = ast.Pass()  # the outermost function or the statement of the module
    statement: ast.stmt = ast.Pass()
    around: tuple[ast.AST, ...] = ()  # the expressions it is part of, the outermost first


def find(path: Path) -> list[Mutant]:
    """Return every mutant of a module."""
    source = path.read_text()
    tree = ast.parse(source)
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for number, (edit, place) in enumerate(_edits(tree)):
        where = ".".join((path.stem, *place.scope))
        before, after = _texts(edit, place)
        seen[where, before, after] += 1
        whole = ast.get_source_segment(source, place.top) or ""
        named = (where, before, after, str(seen[where, before, after]), whole)
        key = hashlib.sha256("\0".join(named).encode()).hexdigest()[:16]
        lines = _own_lines(place.statement)
        found.append(Mutant(path, number, lines, where, place.function, before, after, key))
    return found


def _own_lines(statement: ast.stmt) -> range:
    body = getattr(statement, "body", None)
    last = statement.end_lineno or statement.lineno
    if body:
        last = max(statement.lineno, body[0].lineno - 1)
    return range(statement.lineno, last + 1)


def _texts(edit: _Edit, place: _Place) -> tuple[str, str]:
    """Return what is there and what would be, with as much around it as fits a line."""
    if isinstance(edit.old, ast.stmt):
        new = "pass" if edit.new is None else ast.unparse(edit.new)
        return ast.unparse(edit.old), new
    for around in (place.statement, *place.around[:-1]):
        if len(before := _head(around)) <= SHOWN or around is edit.parent is place.statement:
            undo = edit.make()
            after = _head(around)
            undo.make()
            return before, after
    return ast.unparse(edit.old), "" if edit.new is None else ast.unparse(edit.new)


def _head(node: ast.AST) -> str:
    """Return a node's code on one line, without the body of a compound statement."""
    if isinstance(getattr(node, "body", None), list):
        node = copy.copy(node)
        node.body, node.orelse, node.decorator_list = [], [], []  # type: ignore[attr-defined]
        if isinstance(node, ast.Try | ast.Match):
            return type(node).__name__.lower()
    return ast.unparse(node)


def _edits(tree: ast.Module) -> Iterator[tuple[_Edit, _Place]]:
    yield from _inside(tree, _Place())


def _inside(parent: ast.AST, place: _Place) -> Iterator[tuple[_Edit, _Place]]:
    for field, value in ast.iter_fields(parent):
        if field in _UNTOUCHED:
            continue
        for index, node in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(node, ast.AST) or _is_left_alone(node):
                continue
            at = index if isinstance(value, list) else None
            inner = _enter(node, place)
            for new in _changes(parent, field, node):
                yield _Edit(parent, field, at, new), inner
            yield from _inside(node, inner)


def _enter(node: ast.AST, place: _Place) -> _Place:
    if isinstance(node, ast.stmt):
        place = place._replace(statement=node, around=())
        if not place.function:
            place = place._replace(top=node)
    elif not isinstance(node, ast.operator | ast.cmpop | ast.boolop | ast.unaryop):
        place = place._replace(around=(*place.around, node))
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        scope = (*place.scope, node.name)
        place = place._replace(scope=scope)
        if isinstance(node, ast.FunctionDef) and not place.function:
            place = place._replace(function=".".join(scope))
    return place


def _is_type_checking(node: object) -> bool:
    return isinstance(node, ast.Name) and node.id == "TYPE_CHECKING"


def _is_left_alone(node: ast.AST) -> bool:
    match node:
        case ast.If(test=test) if _is_type_checking(test):
            return True
        case ast.Expr(value=ast.Constant()) | ast.TypeAlias() | ast.Import() | ast.ImportFrom():
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]) | ast.keyword(arg="strict"):
            return True
        case _:
            return False


def _changes(parent: ast.AST, field: str, node: ast.AST) -> Iterator[ast.AST | None]:
    """Yield what could stand in the place of a node; None leaves a bound of a slice open."""
    if (field == "test" and not isinstance(parent, ast.Assert)) or field == "ifs":
        yield ast.Constant(value=True)
        yield ast.Constant(value=False)
    if isinstance(parent, ast.Slice) and field in {"lower", "upper"}:
        yield None
    if isinstance(node, ast.stmt):
        yield from _of_a_statement(node)
    elif isinstance(node, ast.expr):
        yield from _of_an_expression(node)


def _of_a_statement(node: ast.stmt) -> Iterator[ast.stmt]:
    match node:
        case ast.Return(value=ast.expr() as value):
            if not (isinstance(value, ast.Constant) and value.value in {None, False}):
                yield ast.Return(value=ast.Constant(value=None))
        case ast.AugAssign(op=op) if type(op) in _ARITHMETIC:
            yield ast.AugAssign(node.target, _ARITHMETIC[type(op)](), node.value)
            yield ast.Pass()
        case ast.Expr() | ast.Delete() | ast.Raise():
            yield ast.Pass()
        case ast.Assign(targets=targets):
            if all(isinstance(target, ast.Attribute | ast.Subscript) for target in targets):
                yield ast.Pass()
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
        case _:
            pass


def _of_an_expression(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.Compare():
            for index, op in enumerate(node.ops):
                ops = [*node.ops]
                ops[index] = _COMPARED[type(op)]()
                yield ast.Compare(node.left, ops, node.comparators)
        case ast.BinOp(op=op) if type(op) in _ARITHMETIC:
            yield ast.BinOp(node.left, _ARITHMETIC[type(op)](), node.right)
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield ast.BoolOp(other, node.values)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.Call(func=ast.Name(id=name)) if name in _CALLED:
            yield ast.Call(ast.Name(_CALLED[name], ast.Load()), node.args, node.keywords)
        case ast.Constant(value=bool() as value):
            yield ast.Constant(value=not value)
        case ast.Constant(value=int() | float() as value):
            yield ast.Constant(value=value + 1 if value == int(value) else round(value + 0.1, 6))
        case _:
            pass
