"""The folder of a published version: `<out>/versions/NNN/`, whole or absent, never written twice.

Everything is written and flushed in a hidden folder of the same disk, `version.json` last; one renaming then makes it
the version. A process killed at any moment leaves the version whole, or not there at all.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from rosterplan.domain.file_names import ROSTER_FILE
from rosterplan.domain.roster import Assignment, Due, Roster
from rosterplan.domain.versions import Version
from rosterplan.ledger.errors import LedgerError
from rosterplan.messages import say

VERSIONS_FOLDER: Final = "versions"
MANIFEST_FILE: Final = "version.json"
INSTANCE_FILE: Final = "instance.json"

_STAGE: Final = ".en-cours-"
_FORGOTTEN_SECONDS: Final = 3600.0
"""A hidden folder older than this was left by a process that died."""


class _Held(BaseModel):
    """An assignment of roster.json: what the ledger needs of it."""

    model_config = ConfigDict(extra="ignore")
    assignments: tuple[dict[str, object], ...]
    dues: tuple[Due, ...] = ()


def write_version(out: Path, version: Version, files: Mapping[str, bytes]) -> tuple[Path, Version]:
    """Write a version with its ``files`` (names may hold subfolders); return its folder, and it with their hashes.

    Raises:
        LedgerError: this number is taken already.
        OSError: nothing was published.
    """
    root = out / VERSIONS_FOLDER
    place = root / f"{version.number:03}"
    whole = version.model_copy(update={"files": {name: sha256(content) for name, content in sorted(files.items())}})
    root.mkdir(parents=True, exist_ok=True)
    _sweep(root)
    stage = Path(tempfile.mkdtemp(prefix=_STAGE, dir=root))
    try:
        for name, content in files.items():
            _write_through(stage / name, content)
        _write_through(stage / MANIFEST_FILE, manifest_of(whole))
        stage.chmod(0o755)
        for folder in (stage, *(path for path in stage.rglob("*") if path.is_dir())):
            _flush_folder(folder)
        _put_in_place(stage, place, version.number)
        _flush_folder(root)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return place, whole


def version_folders(out: Path) -> tuple[Path, ...]:
    """The folders of the versions under ``out``, by number."""
    root = out / VERSIONS_FOLDER
    found = root.iterdir() if root.is_dir() else ()
    return tuple(
        sorted((path for path in found if re.fullmatch(r"\d{3,}", path.name)), key=lambda path: int(path.name))
    )


def read_manifest(folder: Path) -> tuple[Version, bytes]:
    """The version a folder holds, and the bytes that say so.

    Raises:
        LedgerError: no version.json of ours.
    """
    try:
        content = (folder / MANIFEST_FILE).read_bytes()
        return Version.model_validate_json(content), content
    except (OSError, ValidationError):
        raise LedgerError(say(fr=f"{folder} n’est pas une version publiée : {MANIFEST_FILE} manque ou ne se lit pas.",
                              en=f"{folder} is no published version: {MANIFEST_FILE} is missing or unreadable.")) from None  # fmt: skip


def read_file(folder: Path, version: Version, name: str) -> bytes:
    """A file of a version, exactly as it was published.

    Raises:
        LedgerError: it is missing, or was changed since.
    """
    try:
        content = (folder / name).read_bytes()
    except OSError:
        content = b""
    if sha256(content) != version.files.get(name):
        raise LedgerError(say(fr=f"{folder / name} a été modifié ou effacé depuis sa publication.",
                              en=f"{folder / name} was changed or removed since it was published."))  # fmt: skip
    return content


def changed_files(folder: Path, version: Version) -> list[str]:
    """Names of the files of a version that are missing or no longer what was published."""
    return [
        name
        for name, published in version.files.items()
        if not (folder / name).is_file() or sha256((folder / name).read_bytes()) != published
    ]


def roster_of_json(content: bytes) -> Roster:
    """The roster that the bytes of a `roster.json` hold: assignments and dues."""
    document = _Held.model_validate_json(content)
    kept = ("duty", "doctor", "locked", "replaced_by", "kind")
    held = tuple(Assignment.model_validate({name: row[name] for name in kept}) for row in document.assignments)
    return Roster(assignments=held, dues=document.dues)


def manifest_of(version: Version) -> bytes:
    """The bytes of version.json."""
    return version.model_dump_json(by_alias=True, indent=1).encode() + b"\n"


def sha256(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _put_in_place(stage: Path, place: Path, number: int) -> None:
    """Rename the finished folder; a number that is taken, even a moment ago by another program, is refused."""
    taken = place.exists()
    if not taken:
        try:
            stage.rename(place)
        except OSError:
            taken = place.exists()
            if not taken:
                raise
    if taken:
        raise LedgerError(
            say(fr=f"La version {number} existe déjà : {place}.", en=f"Version {number} exists already: {place}.")
        )


def _write_through(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    """Put the names in a folder on disk; Windows does it by itself and refuses to be asked."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(root: Path) -> None:
    """Remove what processes that died left behind."""
    for path in root.glob(f"{_STAGE}*"):
        if time.time() - path.stat().st_mtime > _FORGOTTEN_SECONDS:
            shutil.rmtree(path, ignore_errors=True)


__all__ = [
    "INSTANCE_FILE", "MANIFEST_FILE", "ROSTER_FILE", "VERSIONS_FOLDER", "changed_files", "manifest_of", "read_file",
    "read_manifest", "roster_of_json", "sha256", "version_folders", "write_version",
]  # fmt: skip
