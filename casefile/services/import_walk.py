"""Finds the files that an import brings in: the paths that were given, folders with all they hold.

Links are not followed: one inside a folder could lead anywhere on the disk, and the reporter would
import what nobody meant. They are listed, so that nothing goes missing silently.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from casefile.domain.errors import UserError


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to import, or why it cannot be one (``problem``)."""

    path: Path
    problem: UserError | None = None


def find_files(paths: Iterable[Path], case_folder: Path) -> list[FoundFile]:
    """All files under ``paths``, hidden and empty ones too, each once, folders in the order of
    their names. Nothing inside ``case_folder`` is imported into the case itself."""
    own = os.path.realpath(case_folder)
    found: list[FoundFile] = []
    seen: set[str] = set()
    for path in paths:
        for file in _under(Path(os.path.abspath(path)), own):  # noqa: PTH100 - keeps links
            # The same file by another way (../a/b): its real folder and its name.
            real = os.path.realpath(file.path.parent)
            place = os.path.join(real, file.path.name)  # noqa: PTH118 - part of a key
            if place not in seen:
                seen.add(place)
                found.append(file)
    return found


def _under(path: Path, own: str) -> Iterator[FoundFile]:
    waiting = [path]
    while waiting:
        place = waiting.pop()
        try:
            mode = place.lstat().st_mode
            if os.path.realpath(place) == own:
                yield FoundFile(place, UserError("import.case_folder", name=place.name))
            elif stat.S_ISDIR(mode):
                names = sorted(os.listdir(place), reverse=True)  # noqa: PTH208 - names, not paths
                waiting.extend(place / name for name in names)
            else:
                yield FoundFile(place, _unfit(place, mode))
        except FileNotFoundError:
            yield FoundFile(place, UserError("import.missing", name=place.name))
        except OSError as error:
            yield FoundFile(place, unreadable(place, error))


def _unfit(path: Path, mode: int) -> UserError | None:
    if stat.S_ISLNK(mode):
        return UserError("import.link", name=path.name)
    if not stat.S_ISREG(mode):
        return UserError("import.not_a_file", name=path.name)
    return None


def unreadable(path: Path, error: OSError) -> UserError:
    """A file or folder that the system does not let us read."""
    return UserError("import.unreadable", name=path.name, reason=error.strerror or str(error))
