"""Whether the disk under a folder is encrypted by the system, as far as an ordinary user can see.

Linux: the file system's device and everything it stands on (LVM, RAID, partitions) is followed
through ``/sys``; a device-mapper target whose uuid begins with ``CRYPT-`` is LUKS or plain
dm-crypt. eCryptfs and fscrypt folders count as encrypted. What cannot be followed (ZFS, network,
overlays) is "unknown", and so is every other system; a disk that encrypts itself in hardware
cannot be seen and says "no".
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

DiskEncryption: TypeAlias = Literal["yes", "no", "unknown"]

_FS_IOC_GETFLAGS: Final = 0x80086601
_FS_ENCRYPT_FL: Final = 0x00000800
_DEEPEST: Final = 16
_OCTAL: Final = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class _Mount:
    device: str
    """Major and minor number as ``8:1``."""
    kind: str
    source: str


def disk_encryption(
    folder: Path, mounts: Path = Path("/proc/self/mountinfo"), sys_root: Path = Path("/sys")
) -> DiskEncryption:
    """What is known about the disk that ``folder`` lies on; never raises. ``mounts`` and
    ``sys_root`` are where the kernel tells about it."""
    if not sys.platform.startswith("linux"):
        return "unknown"
    try:
        mount = _mount_of(folder.resolve(), mounts)
        if mount is None:
            return "unknown"
        if mount.kind == "ecryptfs" or _fscrypt(folder):
            return "yes"
        block = _block_device(mount, sys_root)
        return "unknown" if block is None else _chain(block, _DEEPEST)
    except (OSError, ValueError):
        return "unknown"


def _mount_of(folder: Path, mounts: Path) -> _Mount | None:
    """The mount with the longest mount point above ``folder``; of equals, the last one."""
    best, longest = None, -1
    for line in mounts.read_text("utf-8", "surrogateescape").splitlines():
        before, _, after = line.partition(" - ")
        fields, tail = before.split(), after.split()
        if len(fields) < 5 or len(tail) < 2:
            continue
        point = Path(_OCTAL.sub(lambda code: chr(int(code[1], 8)), fields[4]))
        if folder.is_relative_to(point) and len(point.parts) >= longest:
            best, longest = _Mount(fields[2], tail[0], tail[1]), len(point.parts)
    return best


def _block_device(mount: _Mount, sys_root: Path) -> Path | None:
    """The device's directory in /sys. btrfs counts on a number of its own, so there the device that
    was mounted is looked at."""
    found = sys_root / "dev" / "block" / mount.device
    if not found.exists() and mount.source.startswith("/dev/"):
        number = Path(mount.source).stat().st_rdev
        found = sys_root / "dev" / "block" / f"{os.major(number)}:{os.minor(number)}"
    return found.resolve() if found.exists() else None


def _chain(block: Path, depth: int) -> DiskEncryption:
    """Encrypted if this device is, or everything it stands on is."""
    try:
        uuid = (block / "dm" / "uuid").read_text("ascii").strip()
    except FileNotFoundError:
        uuid = ""
    if uuid.startswith("CRYPT-"):
        return "yes"
    if depth == 0:
        return "unknown"
    slaves = block / "slaves"
    below = (
        [_chain(one.resolve(), depth - 1) for one in slaves.iterdir()] if slaves.is_dir() else []
    )
    if block.name.startswith("loop"):
        return "unknown"  # a file on another file system, which may be encrypted
    if not below or "no" in below:
        return "no"
    return "unknown" if "unknown" in below else "yes"


def _fscrypt(folder: Path) -> bool:
    """Whether the folder carries the flag of fscrypt (ext4, f2fs, ubifs)."""
    import fcntl

    answer = bytearray(8)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.ioctl(descriptor, _FS_IOC_GETFLAGS, answer)
    except OSError:
        return False  # the file system has no such flags
    finally:
        os.close(descriptor)
    return bool(int.from_bytes(answer, sys.byteorder) & _FS_ENCRYPT_FL)
