"""One measurement in a process of its own: `python -m benchmarks.campaign.one full|balance …` prints JSON."""

from __future__ import annotations

import argparse
import json

from benchmarks.balance import live
from benchmarks.country import full_effort


def main() -> None:
    """Measure and print one line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.campaign.one", description=__doc__)
    parts = parser.add_subparsers(dest="part", required=True)
    full = parts.add_parser("full", help="a department of a country, to full effort")
    full.add_argument("departments", type=int)
    full.add_argument("number", type=int)
    balance = parts.add_parser("balance", help="quarters in a row under their own balances")
    balance.add_argument("size")
    balance.add_argument("seed", type=int)
    balance.add_argument("quarters", type=int)
    asked = parser.parse_args()
    if asked.part == "full":
        print(json.dumps(full_effort(asked.departments, 1, asked.number, workers=2)))
    else:
        print(json.dumps(live(asked.size, asked.seed, asked.quarters)))


if __name__ == "__main__":
    main()
