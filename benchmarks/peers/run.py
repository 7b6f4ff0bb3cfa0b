"""One contestant on one instance in a process of its own: `python -m benchmarks.peers.run NAME SIZE SEED SECONDS`."""

from __future__ import annotations

import argparse
import json

from benchmarks.peers.contestants import CONTESTANTS
from benchmarks.peers.problem import Absent, problem_of


def main() -> None:
    """Print what was found as one JSON line: assignments, seconds, bound, remark; or why the contestant is absent."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers.run", description=__doc__)
    parser.add_argument("name", choices=list(CONTESTANTS))
    parser.add_argument("size")
    parser.add_argument("seed", type=int)
    parser.add_argument("seconds", type=float)
    asked = parser.parse_args()
    problem = problem_of(asked.size, asked.seed)
    try:
        found = CONTESTANTS[asked.name](problem, asked.seconds, asked.seed)
    except Absent as why:
        print(json.dumps({"absent": str(why)}))
        return
    print(json.dumps({
        "assignments": [(one.duty, one.doctor) for one in found.roster.assignments],
        "seconds": found.seconds, "bound": found.bound, "note": found.note,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
