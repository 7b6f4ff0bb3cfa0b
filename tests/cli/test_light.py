"""What makes help come at once and commands start quickly: what they do not load. The times are in `benchmarks.floor`."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("ortools", "highspy", "pandas")


def loaded_by(*arguments: object) -> set[str]:
    """The packages loaded once these arguments have run in a fresh process."""
    code = (
        "import sys\n"
        "from rosterplan.cli.main import run\n"
        f"code = run({[str(argument) for argument in arguments]!r})\n"
        "print('LOADED', code, *sorted({name.split('.')[0] for name in sys.modules} | "
        "{name for name in sys.modules if name.startswith('rosterplan.')}))\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    [line] = [line for line in said.stdout.splitlines() if line.startswith("LOADED")]
    exit_code, *names = line.split()[1:]
    assert exit_code in ("0", "1"), said.stdout + said.stderr
    return set(names)


@pytest.mark.parametrize("command", ["check", "forms", "audit", "rules", "export"])
def test_commands_that_solve_nothing_load_no_solver_and_no_pandas(solved, command):
    loaded = loaded_by(command, solved)
    assert not loaded & set(HEAVY)
    assert not any(name.startswith("rosterplan.model") for name in loaded)


def test_audit_loads_no_canvas(solved):
    assert not any(name.startswith("rosterplan.canvas") for name in loaded_by("audit", solved))


def test_help_loads_neither_nouns_nor_workbooks_nor_numbers():
    assert not loaded_by("--help") & {*HEAVY, "pydantic", "numpy", "openpyxl", "xlsxwriter", "rich"}
