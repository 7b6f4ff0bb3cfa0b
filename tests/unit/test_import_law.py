"""The arrows of the house, read from the source of every module and tried in a fresh process."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "rosterplan"

MAY_SEE = {
    "messages": set(),
    "domain": set(),
    "canvas": {"domain", "messages"},
    "rules": {"domain", "messages"},
    "model": {"domain", "messages", "canvas", "rules"},
    "audit": {"domain", "messages", "rules"},
    "explain": {"domain", "messages", "canvas", "rules", "audit"},
    "sheets": {"domain", "messages", "rules", "audit"},
    "report": {"domain", "messages", "rules", "audit"},
    "ledger": {"domain", "messages", "rules", "audit"},
    "cli": {"domain", "messages", "canvas", "rules", "model", "audit", "explain", "sheets", "report", "ledger"},
}
MAY_SEE_FOR_TYPES = {"rules": {"canvas"}}
MAY_SEE_INSIDE_FUNCTIONS = {"rules": {"canvas"}, "explain": {"model"}}
"""A rule names a canvas noun when it posts, and only then; `explain` solves inside the functions that solve."""

ONLY_IN = {
    "openpyxl": {"sheets"},
    "python_calamine": {"sheets"},
    "xlsxwriter": {"sheets", "report"},
    "ortools": {"model"},
    "highspy": {"model"},
    "typer": {"cli"},
    "rich": {"cli"},
}
HEAVY = {"ortools", "highspy", "pandas"}


@dataclass(frozen=True)
class Import:
    """One import of a module, and whether it happens at import time, in a function, or for types only."""

    target: str
    when: str


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(node: ast.AST, when: str = "load") -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(alias.name, when) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, "relative imports hide the room they come from"
            module = child.module or ""
            yield Import(module, when)
            if module == "rosterplan":
                yield from (Import(f"rosterplan.{alias.name}", when) for alias in child.names)
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for inner in child.body:
                yield from imports_of(ast.Module([inner], []), "types")
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from imports_of(child, "function")
        else:
            yield from imports_of(child, when)


@cache
def parsed(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), filename=str(module))


@cache
def imports_in(module: Path) -> tuple[Import, ...]:
    return tuple(imports_of(parsed(module)))


def allowed(room: str, when: str) -> set[str]:
    seen = MAY_SEE[room] | {room}
    if when == "types":
        return seen | MAY_SEE_FOR_TYPES.get(room, set()) | MAY_SEE_INSIDE_FUNCTIONS.get(room, set())
    return seen | (MAY_SEE_INSIDE_FUNCTIONS.get(room, set()) if when == "function" else set())


def test_every_room_of_the_package_is_in_the_law():
    rooms = {room_of(module) for module in modules()} - {"__init__"}
    assert rooms <= set(MAY_SEE), f"rooms the design does not know: {rooms - set(MAY_SEE)}"


@pytest.mark.parametrize("room", sorted(MAY_SEE))
def test_a_room_sees_only_the_rooms_the_design_allows(room):
    broken = []
    for module in modules():
        if room_of(module) != room:
            continue
        for found in imports_in(module):
            parts = found.target.split(".")
            if (
                parts[0] == "rosterplan"
                and len(parts) > 1
                and not parts[1].startswith("_")
                and parts[1] not in allowed(room, found.when)
            ):
                broken.append(f"{module.relative_to(PACKAGE)} imports {found.target} ({found.when})")
    assert not broken, broken


def test_only_the_rooms_named_import_workbooks_solvers_and_terminals():
    broken = [
        f"{module.relative_to(PACKAGE)} imports {found.target}"
        for module in modules()
        for found in imports_in(module)
        if room_of(module) not in ONLY_IN.get(found.target.split(".")[0], {room_of(module)})
    ]
    assert not broken, broken


def test_the_canvas_needs_numpy_alone():
    outside = {
        found.target.split(".")[0]
        for module in modules()
        if room_of(module) == "canvas"
        for found in imports_in(module)
    }
    assert outside - set(sys.stdlib_module_names) <= {"numpy", "rosterplan"}


def test_solvers_and_pandas_are_imported_inside_functions_except_in_the_model():
    broken = [
        f"{module.relative_to(PACKAGE)} imports {found.target}"
        for module in modules()
        for found in imports_in(module)
        if found.target.split(".")[0] in HEAVY and found.when == "load" and room_of(module) != "model"
    ]
    assert not broken, broken


def test_only_the_command_line_prints_and_exits():
    broken = []
    for module in modules():
        if room_of(module) == "cli":
            continue
        for node in ast.walk(parsed(module)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "print",
                "exit",
                "quit",
                "sys.exit",
                "os._exit",
            ):
                broken.append(f"{module.relative_to(PACKAGE)}:{node.lineno} {ast.unparse(node.func)}")
    assert not broken, broken


def test_importing_the_audit_loads_neither_canvas_nor_model_nor_solver():
    code = (
        "import sys, rosterplan.audit, rosterplan.rules.book;"
        "print([m for m in sys.modules if m.startswith(('rosterplan.canvas', 'rosterplan.model'))"
        " or m.split('.')[0] in ('ortools', 'highspy', 'pandas', 'openpyxl')])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_the_law_would_catch_a_rule_that_imports_the_canvas_on_loading():
    tree = ast.parse("from rosterplan.canvas import Canvas")
    [found] = imports_of(tree)
    assert found.target.split(".")[1] not in allowed("rules", found.when)


def test_the_law_lets_a_rule_name_the_canvas_for_types():
    tree = ast.parse("if TYPE_CHECKING:\n    from rosterplan.canvas import Canvas")
    [found] = imports_of(tree)
    assert found.when == "types"
    assert "canvas" in allowed("rules", found.when)
