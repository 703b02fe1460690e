"""Settings: which protections are on here. Said plainly, also where one is not possible."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel

from casefile.ui import icons, theme
from casefile.ui.parts import caption, label
from casefile.ui.session import CaseSession
from casefile.ui.settings.part import Part

Found = list[tuple[str, bool, str]]

_NAMES = {
    "yes": (True, "This folder is on an encrypted disk."),
    "no": (False, "This disk is not encrypted. The case is sealed; its originals may not be."),
    "unknown": (False, "Casefile could not find out whether this disk is encrypted."),
}


class ProtectionsPart(Part):
    """A table: shape, name, what it means here."""

    def __init__(self, session: CaseSession) -> None:
        super().__init__("Protections on this computer", session)
        self._found: Found = []
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(10)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(2, 1)
        self.column.addLayout(self.grid)
        self.column.addWidget(
            caption("On Linux, no program can keep its window out of screen pictures: lock when "
                    "someone may be looking."))  # fmt: skip
        theme.current().changed.connect(self._dress)

    def refresh(self) -> None:
        """Find out again, away from the main thread."""
        case = self.session.case

        def work() -> Found:
            from casefile.security.disk_encryption import disk_encryption
            from casefile.security.hardening import harden

            on, words = _NAMES[disk_encryption(case.path)]
            found: Found = [("Disk encryption", on, words)]
            found += [(each.name, each.on, each.note) for each in harden()]
            found += [(each.name, each.on, each.note) for each in case.workers.protections()]
            return found

        self.session.tasks.run(work, self.show_found, owner=self)

    def show_found(self, found: Found) -> None:
        self._found = found
        while (item := self.grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for row, (name, on, note) in enumerate(found):
            picture = QLabel()
            look = ("shield-check", "verified") if on else ("shield-alert", "warning")
            side = icons.icon_size(18).width()
            picture.setPixmap(icons.pixmap(look[0], look[1], side, self.devicePixelRatioF()))
            picture.setAccessibleName("On" if on else "Not on")
            self.grid.addWidget(picture, row, 0)
            self.grid.addWidget(label(name[:1].upper() + name[1:], wrap=False), row, 1)
            self.grid.addWidget(
                label(note or ("On" if on else "Not possible here"), "muted"), row, 2
            )

    def _dress(self) -> None:
        """Draw the shapes again in this theme's inks and size."""
        self.show_found(self._found)
