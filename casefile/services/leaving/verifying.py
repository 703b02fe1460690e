"""Checks a bundle without its case, as something a stranger may have made.

Nothing is unpacked and nothing outside the bundle is opened: links are refused, sizes, counts and
the compression ratio are bounded before a byte is read, and hashes are streamed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casefile.domain.errors import UserError
from casefile.domain.progress import JobContext
from casefile.services.leaving.bagit_manifest import MANIFEST, TAG_MANIFEST, decoded
from casefile.services.leaving.bundle_files import (
    BundleFiles,
    FolderFiles,
    ZipFiles,
    is_plain_path,
)

MOST_MANIFEST_BYTES = 64 << 20
MOST_LINE = 8192
MOST_PROBLEMS = 200

_LINE = re.compile(r"([0-9a-fA-F]{64})[ \t]+\*?(\S.*)")
_DECLARATION = re.compile(
    r"BagIt-Version:\s*(\d+)\.(\d+)\s*\nTag-File-Character-Encoding:\s*UTF-?8\s*\Z", re.IGNORECASE
)
_OXUM = re.compile(r"^Payload-Oxum:\s*(\d{1,20})\.(\d{1,10})\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class BundleProblem:
    """``code`` names an entry ``bundle.<code>`` of the catalogue; ``path`` lies in the bundle."""

    code: str
    path: str


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """``files`` counts the files whose hash was taken, the tag manifest's included.
    ``fingerprint`` is the tag manifest's: two people who read it to each other have the same
    bundle."""

    ok: bool
    files: int
    problems: tuple[BundleProblem, ...]
    fingerprint: str | None


def verify_bundle(path: Path, context: JobContext | None = None) -> VerifyReport:
    """Compare every file of the bundle (a folder or a ZIP) with its manifests.

    Raises ``UserError("bundle.not_found")`` when there is nothing at ``path``.
    """
    context = context or JobContext()
    try:
        if path.is_dir():
            return _Check(FolderFiles(path), context).run()
        if path.is_file():
            with ZipFiles(path) as files:
                return _Check(files, context).run()
    except OSError as error:
        raise UserError("bundle.unreadable", reason=error.strerror or "") from error
    raise UserError("bundle.not_found")


class _Check:
    def __init__(self, files: BundleFiles, context: JobContext) -> None:
        self.files = files
        self.context = context
        self.problems: list[BundleProblem] = []
        self.compared = 0
        self.fingerprint: str | None = None

    def run(self) -> VerifyReport:
        for code, name in self.files.problems:
            self._problem(code, name)
        if self.files.usable:
            self._declaration()
            payload = self._manifest(MANIFEST)
            tags = self._manifest(TAG_MANIFEST)
            self._names(payload, tags)
            self._compare(payload, tags)
            self._oxum()
        return VerifyReport(
            not self.problems, self.compared, tuple(self.problems), self.fingerprint
        )

    def _problem(self, code: str, path: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(BundleProblem(code, path))

    def _small(self, name: str, most: int) -> str | None:
        """A tag file as text; None, and a problem, if it is missing, too large or not UTF-8."""
        length = self.files.length(name)
        if length is None:
            self._problem("missing", name)
            return None
        if length > most:
            self._problem("too_large", name)
            return None
        try:
            data = bytearray()
            for chunk in self.files.read(name):
                data += chunk
                if len(data) > most:
                    self._problem("too_large", name)
                    return None
            return data.decode("utf-8")
        except (OSError, ValueError):
            self._problem("unreadable", name)
            return None

    def _declaration(self) -> None:
        text = self._small("bagit.txt", 4096)
        if text is None:
            return
        match = _DECLARATION.match(text.replace("\r\n", "\n"))
        if not match or (int(match[1]), int(match[2])) not in {(1, 0), (0, 97)}:
            self._problem("bad_declaration", "bagit.txt")

    def _manifest(self, name: str) -> dict[str, str]:
        entries: dict[str, str] = {}
        for line in (self._small(name, MOST_MANIFEST_BYTES) or "").splitlines():
            match = _LINE.fullmatch(line) if len(line) <= MOST_LINE else None
            if not match:
                self._problem("bad_manifest", name)
                continue
            path = decoded(match[2])
            if self.files.length(path) is None and self.files.length(match[2]) is not None:
                path = match[2]  # some programs do not encode a percent sign
            if not is_plain_path(path):
                self._problem("unsafe_path", path)
            elif unicodedata.normalize("NFC", path) in entries:
                self._problem("named_twice", path)
            else:
                entries[unicodedata.normalize("NFC", path)] = match[1].lower()
        return entries

    def _names(self, payload: dict[str, str], tags: dict[str, str]) -> None:
        for name in payload:
            if not name.startswith("data/"):
                self._problem("unsafe_path", name)
        if self.files.length("fetch.txt") is not None:
            self._problem("fetch", "fetch.txt")
        for name in self.files.names():
            known = payload if name.startswith("data/") else tags
            if unicodedata.normalize("NFC", name) not in known and name != TAG_MANIFEST:
                self._problem("extra", name)
        for name in ("bagit.txt", MANIFEST):
            if name not in tags and self.files.length(TAG_MANIFEST) is not None:
                self._problem("not_in_manifest", name)

    def _compare(self, payload: dict[str, str], tags: dict[str, str]) -> None:
        expected = {**payload, **tags}
        for done, (name, digest) in enumerate(sorted(expected.items())):
            self.context.report(done, len(expected), name)
            if self.files.length(name) is None:
                self._problem("missing", name)
                continue
            found = self._hash(name)
            if found is None:
                self._problem("unreadable", name)
                continue
            self.compared += 1
            if found != digest:
                self._problem("changed", name)
        if self.files.length(TAG_MANIFEST) is not None:
            self.fingerprint = self._hash(TAG_MANIFEST)
            self.compared += self.fingerprint is not None

    def _hash(self, name: str) -> str | None:
        digest = hashlib.sha256()
        try:
            for chunk in self._chunks(name):
                digest.update(chunk)
        except (OSError, ValueError):
            return None
        return digest.hexdigest()

    def _chunks(self, name: str) -> Iterator[bytes]:
        for chunk in self.files.read(name):
            self.context.check()
            yield chunk

    def _oxum(self) -> None:
        if self.files.length("bag-info.txt") is None:
            return
        match = _OXUM.search(self._small("bag-info.txt", 1 << 20) or "")
        if match:
            lengths = [
                self.files.length(name) or 0
                for name in self.files.names()
                if name.startswith("data/")
            ]
            if (int(match[1]), int(match[2])) != (sum(lengths), len(lengths)):
                self._problem("wrong_total", "bag-info.txt")
