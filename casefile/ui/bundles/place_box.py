"""Step 3 of a bundle: folder or ZIP, and where."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from casefile.ui import file_dialog
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.parts import button, label


class PlaceBox(QWidget):
    """``changed`` when it goes elsewhere. The bundle gets a neutral name of its own: a folder's or
    file's name is read by anybody."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = QRadioButton("Folder")
        self.zip = QRadioButton("ZIP file")
        group = QButtonGroup(self)
        group.addButton(self.folder)
        group.addButton(self.zip)
        self.folder.setChecked(True)
        self.path = QLineEdit()
        self.path.setAccessibleName("Where the bundle goes")
        self.path.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.choose = button("Choose…", self._choose, icon="folder-open")
        shapes = FlowLayout(spacing=16)
        shapes.addWidget(self.folder)
        shapes.addWidget(self.zip)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.path, 1)
        row.addWidget(self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(shapes)
        column.addLayout(row)
        column.addWidget(
            label("A bundle is not encrypted. Anyone who has it can read it.", "caption")
        )
        self.zip.toggled.connect(self._turned)
        self.path.textChanged.connect(lambda _text: self.changed.emit())

    def suggest(self, parent: Path, name: str) -> None:
        """A free place called ``name`` in ``parent``."""
        for number in range(1, 1000):
            stem = name if number == 1 else f"{name} {number}"
            taken = any((parent / f"{stem}{end}").exists() for end in ("", ".zip"))
            if not taken:
                break
        self.path.setText(str(parent / self._named(stem)))

    @property
    def where(self) -> Path | None:
        text = self.path.text().strip()
        return Path(text).expanduser() if text else None

    @property
    def zipped(self) -> bool:
        return self.zip.isChecked()

    def _named(self, stem: str) -> str:
        return f"{stem}.zip" if self.zipped else stem

    def _turned(self, zipped: bool) -> None:
        where = self.where
        if where is None:
            return
        if zipped and where.suffix.lower() != ".zip":
            self.path.setText(f"{where}.zip")
        elif not zipped and where.suffix.lower() == ".zip":
            self.path.setText(str(where.with_suffix("")))
        self.changed.emit()

    def _choose(self) -> None:
        where = self.where
        name = where.name if where else self._named("Bundle")
        start = where.parent if where and where.parent.is_dir() else None
        chosen = file_dialog.choose_folder(self, "Where the bundle goes", start)
        if chosen is not None:
            self.suggest(chosen, name.removesuffix(".zip"))
