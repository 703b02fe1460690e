"""The case folder: what lies where, and whether it is a good place for a case."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from casefile.domain.errors import UserError

HEADER_NAME = "case.casefile"
STORE_NAME = "store.db"

#: Folder names that services which copy files to other computers give to their folders.
_SYNCED_NAMES = {
    "dropbox": "dropbox",
    "google drive": "google_drive",
    "googledrive": "google_drive",
    "my drive": "google_drive",
    "icloud drive": "icloud",
    "iclouddrive": "icloud",
    "mobile documents": "icloud",
    "com~apple~clouddocs": "icloud",
    "nextcloud": "nextcloud",
    "owncloud": "nextcloud",
    "syncthing": "syncthing",
}
#: Files and folders by which such a service marks the top of what it copies.
_SYNCED_MARKS = {
    ".dropbox": "dropbox",
    ".dropbox.cache": "dropbox",
    ".stfolder": "syncthing",
    ".nextcloudsync.log": "nextcloud",
    ".owncloudsync.log": "nextcloud",
    ".tmp.drivedownload": "google_drive",
}
_NETWORK_FILE_SYSTEMS = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "9p", "ceph", "glusterfs", "davfs",
    "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.s3fs",
    "fuse.curlftpfs", "fuse.smbnetfs",
}  # fmt: skip
_MOUNTS = Path("/proc/mounts")


@dataclass(frozen=True, slots=True)
class CaseFolder:
    """Names inside a case folder. Making one does not touch the disk."""

    path: Path

    @property
    def header_path(self) -> Path:
        return self.path / HEADER_NAME

    @property
    def store_path(self) -> Path:
        return self.path / STORE_NAME

    @property
    def wal_path(self) -> Path:
        return self.path / f"{STORE_NAME}-wal"

    @property
    def documents(self) -> Path:
        return self.path / "documents"

    @property
    def backups(self) -> Path:
        return self.path / "backups"

    @property
    def lock_path(self) -> Path:
        return self.path / "case.lock"

    @classmethod
    def create(cls, path: Path) -> CaseFolder:
        """Make an empty case folder at ``path`` that only its owner may enter.

        Raises ``UserError("case.exists")`` if something other than an empty folder is there, and
        ``UserError("case.cannot_create")`` if the place cannot be written.
        """
        folder = cls(Path(os.path.abspath(path)))  # noqa: PTH100 - resolve() would follow links
        try:
            folder.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            if any(folder.path.iterdir()):
                raise UserError("case.exists", folder=folder.path.name)
            folder.path.chmod(0o700)
            folder.documents.mkdir(mode=0o700)
            folder.backups.mkdir(mode=0o700)
            flush_folder(folder.path)
        except FileExistsError:
            raise UserError("case.exists", folder=folder.path.name) from None
        except OSError as error:
            raise UserError(
                "case.cannot_create", folder=folder.path.name, reason=error.strerror or str(error)
            ) from None
        return folder

    @classmethod
    def locate(cls, path: Path) -> CaseFolder:
        """The case at ``path``, which is its folder or the ``case.casefile`` in it.

        Raises ``UserError("case.not_found")``. A folder whose header is lost but whose store is
        there is still a case: its header may come back from ``backups/``.
        """
        here = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
        folder = cls(here.parent if here.name == HEADER_NAME else here)
        try:
            found = folder.header_path.is_file() or folder.store_path.is_file()
        except OSError:
            found = False
        if not found:
            raise UserError("case.not_found", folder=here.name)
        return folder

    def is_writable(self) -> bool:
        """Whether this process may write the store here (a read-only disk says no even to root)."""
        present = [p for p in (self.store_path, self.wal_path, self.lock_path) if p.exists()]
        return all(os.access(p, os.W_OK) for p in (self.path, *present))


def flush_folder(path: Path) -> None:
    """Make names that were just created or renamed in ``path`` survive a power cut."""
    if sys.platform == "win32":
        return  # directories cannot be opened there; NTFS journals its names
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def warnings(path: Path, mounts: Path = _MOUNTS) -> list[str]:
    """What speaks against keeping a case at ``path``, which need not exist: message codes
    ``folder.synced.<service>`` and ``folder.network``. ``mounts`` is the system's table of mounted
    file systems, in the format of ``/proc/mounts``."""
    place = Path(os.path.abspath(path))  # noqa: PTH100 - a path that does not exist yet
    found = [f"folder.synced.{service}" for service in _synced(place)]
    if _on_network(place, mounts):
        found.append("folder.network")
    return found


def _synced(place: Path) -> list[str]:
    services: list[str] = []
    for part in (place, *place.parents):
        name = part.name.casefold()
        service = _SYNCED_NAMES.get(name)
        if name.startswith("onedrive"):
            service = "onedrive"
        elif name.startswith(("googledrive-", "google drive")):
            service = "google_drive"
        elif name.startswith("dropbox ("):
            service = "dropbox"
        for mark, marked_service in _SYNCED_MARKS.items():
            if service is None and part != place and _exists(part / mark):
                # The home folder itself carries Dropbox's settings without being copied.
                service = None if part == Path.home() else marked_service
        if service is not None and service not in services:
            services.append(service)
    return services


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _on_network(place: Path, mounts: Path) -> bool:
    if sys.platform == "win32":
        return str(place).startswith("\\\\")
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return False
    best, kind = -1, ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        mount = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        within = mount == "/" or place == Path(mount) or Path(mount) in place.parents
        if within and len(mount) >= best:
            best, kind = len(mount), fields[2]
    return kind in _NETWORK_FILE_SYSTEMS
