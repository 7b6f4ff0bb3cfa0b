"""The same tasks on an existing engine, Dask: the optional extra `rosterplan[cluster]`; nothing here is a cluster of ours."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from rosterplan.cli.departments import Ended, content_of, planned_elsewhere
from rosterplan.cli.exits import Exit, Refused
from rosterplan.messages import say

LOCAL = "local"
CONNECT_SECONDS = 30


def on_cluster(address: str, folders: Sequence[Path], options: Sequence[str], jobs: int) -> Iterator[tuple[int, Ended]]:
    """Yield (number of the folder, how it ended) as they end, each planned by a worker of the cluster at ``address``.

    ``local`` starts ``jobs`` workers on this machine. Folders are sent and files come back through the engine: workers
    share no disk with us, they only have rosterplan installed.

    Raises:
        Refused: the extra is not installed, or nobody answers at the address.
    """
    distributed = _engine()
    with ExitStack() as open_until_the_end:
        if address == LOCAL:
            here = distributed.LocalCluster(
                n_workers=jobs, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
            )
            target: Any = open_until_the_end.enter_context(here)
        else:
            target = address
        client = open_until_the_end.enter_context(_connected(distributed, target, address))
        number_of = {
            client.submit(
                planned_elsewhere, folder.resolve().name, content_of(folder), tuple(options), pure=False, retries=1
            ): number
            for number, folder in enumerate(folders)
        }  # fmt: skip
        for future in distributed.as_completed(list(number_of)):
            fault = future.exception()
            ended = future.result() if fault is None else Ended(Exit.BUG, 0.0, f"{type(fault).__name__}: {fault}")
            yield number_of[future], ended


def _engine() -> Any:
    try:
        return importlib.import_module("distributed")
    except ImportError:
        raise Refused(
            say(fr="--cluster demande le complément « cluster » : python -m pip install \"rosterplan[cluster]\"",
                en="--cluster needs the extra “cluster”: python -m pip install \"rosterplan[cluster]\"")
        ) from None  # fmt: skip


def _connected(distributed: Any, target: Any, address: str) -> Any:
    try:
        return distributed.Client(target, timeout=CONNECT_SECONDS)
    except (OSError, ValueError) as fault:
        raise Refused(
            say(fr=f"Aucun ordonnanceur ne répond à {address} ({fault}).", en=f"No scheduler answers at {address} ({fault}).")
        ) from None  # fmt: skip
