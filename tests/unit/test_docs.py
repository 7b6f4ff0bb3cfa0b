"""The README tells the truth: its commands exist, its rooms exist, and what it runs is what the build runs."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block_after(marker: str) -> str:
    found = re.search(rf"<!-- {marker} -->\n```sh\n(.*?)\n```\n", README, re.DOTALL)
    assert found, f"no command after <!-- {marker} -->"
    return found.group(1)


def commands_of_the_program() -> dict[str, list[str]]:
    """Each command with its options, as typer knows them."""
    from rosterplan.cli.app import build

    return {
        name: [option for param in command.params for option in param.opts]
        for name, command in build().commands.items()
    }


def examples() -> list[str]:
    """Every command line of ours in the README, comments left out."""
    fenced = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    lines = [line for block in fenced for line in block.splitlines() if line.startswith("rosterplan ")]
    return [line.partition(" #")[0] for line in lines] + re.findall(r"`(rosterplan [^`]+)`", README)


def test_every_command_of_the_program_is_in_the_readme_and_no_other():
    shown = {line.split()[1] for line in examples()}
    assert shown == set(commands_of_the_program())


@pytest.mark.parametrize("line", examples())
def test_every_option_shown_belongs_to_its_command(line):
    words = line.split()
    options = commands_of_the_program()[words[1]]
    assert all(word in options for word in words[2:] if word.startswith("--")), line


@pytest.mark.parametrize("marker", ["demo", "tests"])
def test_the_two_commands_are_one_line_each_and_make_their_own_environment(marker):
    line = block_after(marker)
    assert "\n" not in line
    assert line.startswith("python3 -m venv ")
    assert " pip install " in line


def test_the_build_runs_the_test_command_of_the_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    extract = next(line for line in script.splitlines() if line.startswith("command=$(sed"))
    said = subprocess.run(
        ["bash", "-c", f'{extract}\nprintf "%s" "$command"'], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout == block_after("tests")


def test_the_build_script_can_be_run_and_is_sound_bash():
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)


def test_every_room_the_readme_names_exists():
    rooms = set(re.findall(r"`((?:rosterplan|tests|instances)/[\w./]*)`", README))
    assert rooms
    missing = [room for room in rooms if not (ROOT / room).exists()]
    assert not missing, missing


def test_every_exit_code_is_documented():
    from rosterplan.cli.exits import Exit

    documented = {int(code) for code in re.findall(r"`(\d+)`", README[README.index("Exit codes:") :])}
    assert documented == {code.value for code in Exit}
