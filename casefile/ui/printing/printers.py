"""The printers of this computer, as far as they put pages on paper."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from casefile.domain.errors import UserError
from casefile.services.leaving import printing

#: Files here lie in memory (Linux).
_MEMORY = Path("/dev/shm")  # noqa: S108 - made private below


@dataclass(frozen=True, slots=True)
class PrinterName:
    """``refused``: it would write a file."""

    name: str
    default: bool = False
    refused: bool = False


class Printers(Protocol):
    """Where printers come from: this computer, or a stand-in in tests."""

    def names(self) -> Sequence[PrinterName]: ...

    def open(self, name: str) -> QPrinter: ...


class SystemPrinters:
    """What the system's print service (CUPS, Windows, macOS) has."""

    def names(self) -> list[PrinterName]:
        """All of them; asks the print service, which may take a moment."""
        return [
            PrinterName(
                info.printerName(),
                info.isDefault(),
                not printing.is_paper(f"{info.printerName()} {info.makeAndModel()}"),
            )
            for info in QPrinterInfo.availablePrinters()
        ]

    def open(self, name: str) -> QPrinter:
        """A printer that pages can be drawn on."""
        printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.NativeFormat)
        printer.setDocName("Casefile")  # the print service shows and keeps it
        printer.setCreator("Casefile")
        return printer


class Spool:
    """The private folder that Qt's temporary file lies in, if it makes one."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def forget(self) -> None:
        """Take away what was drawn so far, before Qt hands it over: its own way to abort a
        printing does nothing where there is CUPS (``QPdfPrintEngine::abort``)."""
        for file in self.folder.iterdir() if self.folder is not None else ():
            os.truncate(file, 0)
            file.unlink()


@contextmanager
def spooled_in_memory() -> Iterator[Spool]:
    """Qt hands pages to CUPS in a temporary file: let it lie in memory, never on the disk. Raises
    ``UserError("print.printer_failed")`` where that cannot be."""
    if not sys.platform.startswith("linux"):
        yield Spool(None)  # the system's own service takes pages as they are drawn
        return
    if not (_MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)):
        raise UserError("print.printer_failed")
    before = os.environ.get("TMPDIR")
    with tempfile.TemporaryDirectory(prefix="casefile-", dir=_MEMORY) as folder:
        os.environ["TMPDIR"] = folder
        try:
            yield Spool(Path(folder))
        finally:
            os.environ.pop("TMPDIR")
            if before is not None:
                os.environ["TMPDIR"] = before


def draw(open_printer: Callable[[], QPrinter], work: Callable[[QPrinter, QPainter], None]) -> None:
    """Let ``work`` draw on a printer. Where it raises, nothing comes out: what a print service has
    not got whole it does not print. Raises ``UserError("print.printer_failed")``."""
    with spooled_in_memory() as spool:
        printer, painter = open_printer(), QPainter()
        if not painter.begin(printer):
            raise UserError("print.printer_failed")
        whole = False
        try:
            work(printer, painter)
            whole = True
        finally:
            if not whole:
                printer.abort()
                spool.forget()
            ended = painter.end()
        if not ended:
            raise UserError("print.printer_failed")
