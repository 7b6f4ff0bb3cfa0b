"""`python -m benchmarks sizes | peers | country`: what generated instances hold, contestants side by side, a whole country.

`python -m benchmarks --quick` is `python -m benchmarks peers --quick`.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.counting import compared, counts_of
from benchmarks.generate import generate
from benchmarks.sizes import TABLE


def main() -> None:
    """Run the command asked for."""
    given = sys.argv[1:]
    if given[:1] in (["peers"], ["country"], ["--quick"]):
        from benchmarks import country
        from benchmarks.peers import __main__ as peers

        command, rest = (
            (peers.main, given)
            if given[0] == "--quick"
            else ({"peers": peers.main, "country": country.main}[given[0]], given[1:])
        )
        command(rest)
        return
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("peers", help="contestants side by side (see python -m benchmarks peers --help)")
    commands.add_parser("country", help="a hundred departments (see python -m benchmarks country --help)")
    sizes = commands.add_parser("sizes", help="counts of the generated instances beside the reference table")
    sizes.add_argument("--seed", type=int, default=1)
    sizes.add_argument("names", nargs="*", default=list(TABLE))
    asked = parser.parse_args()
    for name in asked.names:
        cells = compared(name, counts_of(generate(name, asked.seed)))
        print(name, *(f"{column} {ours} ({theirs}{'' if near else ' !'})" for column, ours, theirs, near in cells))


if __name__ == "__main__":
    main()
