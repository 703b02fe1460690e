"""Bundles made without a case, for the tests of what checks them."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

from casefile.services.leaving.bagit_manifest import DECLARATION, Bag

PAYLOAD = {
    "data/documents/001 Letter.pdf": b"%PDF-1.7 letter",
    "data/documents/002 100 Übung.pdf": b"%PDF-1.7 other",
    "data/quotes.csv": b"quote,text\r\n",
}


def make_bag(root: Path, payload: dict[str, bytes] | None = None) -> Path:
    """A sound bag in ``root``, which must not exist."""
    bag = Bag()
    files = dict(PAYLOAD if payload is None else payload)
    files["index.html"] = b"<!DOCTYPE html>"
    files["bagit.txt"] = DECLARATION
    for name, data in files.items():
        bag.add(name, hashlib.sha256(data).hexdigest(), len(data))
    for name, data in (
        ("bag-info.txt", bag.info("2026-11-22", "tests", "a bag")),
        ("manifest-sha256.txt", bag.manifest()),
    ):
        files[name] = data
        bag.add(name, hashlib.sha256(data).hexdigest(), len(data))
    files["tagmanifest-sha256.txt"] = bag.tag_manifest()
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def zipped(root: Path, out: Path, prefix: str = "") -> Path:
    """The files of ``root`` in a ZIP."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(root.rglob("*")):
            if path.is_file():
                archive.write(path, prefix + path.relative_to(root).as_posix())
    return out
