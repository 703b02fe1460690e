"""Words that stand nowhere but in the case of a journey, so that any copy of them is a leak."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from tests.services.material import pdf_bytes

PASSPHRASE = "wobblegong marrowfat quixotry"
NEW_PASSPHRASE = "tarradiddle overmorrow bumbershoot"
CASE_NAME = "Quillonberg inquiry"
REAL_NAME = "Philomena Dunkelwaldt"
CODE_NAME = "KESTRELINE"
ALIAS = "Mina Ofterdingenau"
CONTACT = "reachable over Snaffleburgh 4471"
PHRASE = "approved a zanzibarite waiver"
COMMENT = "halcyonwards, ask the clerk"
FOLLOW_UP = "telephone gallivantide"
SAID = "nobody wrote down the marchpanery"
NOTE = "brackenlight, second meeting"
REQUEST = "Squallhaven Harbourmastery"

#: What must be found nowhere outside the export, whatever the case of its letters.
WORDS = (
    "wobblegong", "marrowfat", "quixotry", "tarradiddle", "overmorrow", "bumbershoot",
    "Quillonberg", "Philomena", "Dunkelwaldt", "Kestreline", "Ofterdingenau", "Snaffleburgh",
    "zanzibarite", "halcyonwards", "gallivantide", "marchpanery", "brackenlight", "Squallhaven",
    "Vermillonade", "Pfefferkörner", "cormorantine", "Obsidianella", "thistledownish",
    "Fernweherin", "glockenspieling", "lamplighterly", "Wunderkammerlich",
)  # fmt: skip


@dataclass(frozen=True)
class Leak:
    """``word`` stands in ``where``, as ``form``."""

    word: str
    form: str
    where: str


def originals(folder: Path) -> list[Path]:
    """One file of each kind that is brought in: PDF, mail with attachments, HTML, text, picture."""
    folder.mkdir(parents=True)
    report = folder / "Vermillonade.pdf"
    report.write_bytes(pdf_bytes([
        f"The agency {PHRASE} in March.\nNothing else was written.",
        "Page two speaks of the cormorantine contract.",
    ]))  # fmt: skip
    mail = EmailMessage()
    mail["From"] = "clerk@agency.example"
    mail["To"] = "reporter@paper.example"
    mail["Subject"] = "Obsidianella figures"
    mail["Date"] = "Tue, 03 Nov 2026 09:00:00 +0000"
    mail.set_content("The thistledownish figures are attached.\n")
    mail.add_attachment("Fernweherin said so.\n", filename="Fernweherin.txt")
    mail.add_attachment(
        pdf_bytes(["The glockenspieling annex."]),
        maintype="application",
        subtype="pdf",
        filename="annex.pdf",
    )
    (folder / "letter.eml").write_bytes(mail.as_bytes())
    (folder / "page.html").write_text(
        "<html><title>Lamplighterly</title><body><p>A lamplighterly answer.</p></body></html>",
        "utf-8",
    )
    (folder / "notes.txt").write_text("Wunderkammerlich, mit Pfefferkörnern.\n", "utf-8")
    return sorted(folder.iterdir())


def forms(word: str) -> Iterator[tuple[str, bytes]]:
    """How ``word`` could stand in a file: encoded as text, or in base64 at any of three places."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "latin-1"):
        yield encoding, word.casefold().encode(encoding)
        yield f"{encoding}, capitals", word.upper().encode(encoding)
        yield f"{encoding}, as written", word.encode(encoding)
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + word.encode())
        yield "base64", whole[4 if shift else 0 : -4]


_FORMS = [(word, name, form) for word in WORDS for name, form in forms(word)]


def leaks(data: bytes, where: str) -> list[Leak]:
    """The planted words that stand in ``data``."""
    return [Leak(word, name, where) for word, name, form in _FORMS if form in data]


def leaks_in_files(paths: Iterable[Path]) -> list[Leak]:
    """The same in the contents of files."""
    return [leak for path in paths for leak in leaks(path.read_bytes(), str(path))]


def files_under(folder: Path) -> list[Path]:
    """Every regular file in ``folder``."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def originals_made(folder: Path) -> list[Path]:
    """The files that ``originals`` has made in ``folder``."""
    return sorted(folder.iterdir())
