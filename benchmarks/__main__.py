"""`python -m benchmarks all | sizes | peers | country`: everything in one plan, or a part of it.

`python -m benchmarks --quick` is `python -m benchmarks all --quick`: a little of every part, under five minutes.
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
    if given[:1] in (["all"], ["peers"], ["country"], ["--quick"]):
        from benchmarks import country
        from benchmarks.campaign import __main__ as campaign
        from benchmarks.peers import __main__ as peers

        command = {"peers": peers.main, "country": country.main}.get(given[0], campaign.main)
        command(given if given[0] == "--quick" else given[1:])
        return
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("all", help="every measurement (see python -m benchmarks all --help)")
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
