"""`python -m benchmarks sizes [--seed N]`: what the generated instances hold, beside the reference table."""

from __future__ import annotations

import argparse

from benchmarks.counting import compared, counts_of
from benchmarks.generate import generate
from benchmarks.sizes import TABLE


def main() -> None:
    """Run the command asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    sizes = commands.add_parser("sizes", help="counts of the generated instances beside the reference table")
    sizes.add_argument("--seed", type=int, default=1)
    sizes.add_argument("names", nargs="*", default=list(TABLE))
    asked = parser.parse_args()
    for name in asked.names:
        cells = compared(name, counts_of(generate(name, asked.seed)))
        print(name, *(f"{column} {ours} ({theirs}{'' if near else ' !'})" for column, ours, theirs, near in cells))


if __name__ == "__main__":
    main()
