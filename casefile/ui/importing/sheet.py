"""The import sheet: how these files came, asked once; then the jobs panel takes over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from casefile.domain.documents import Provenance
from casefile.services.import_values import ImportChoices
from casefile.services.wording import printable
from casefile.ui.file_dialog import choose_files, choose_folder
from casefile.ui.parts import ElidedLabel, button, caption, fit_dialog, heading, label, leave_wheel
from casefile.ui.session import CaseSession
from casefile.ui.start.sheet import field_label

_WORDS = {
    Provenance.RELEASED: ("&Released to me", "An agency's answer to a records request"),
    Provenance.PUBLISHED: ("&Published", "Anyone can get it"),
    Provenance.COURT: ("&Court record", "From a docket or a hearing"),
    Provenance.OWN: ("My &own work", "Notes, photographs, transcripts"),
    Provenance.GIVEN: (
        "&Given by a source",
        "A confidential source's protection covers the copies",
    ),
}


class ImportSheet(QDialog):
    """``wanted(paths, choices)`` when the reporter has said how the files came."""

    wanted = Signal(list, object)

    def __init__(self, session: CaseSession, paths: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Casefile")
        self._session = session
        self.paths = [Path(path) for path in paths]
        self.list_label = ElidedLabel("")
        self.provenance = QButtonGroup(self)
        self.source = QComboBox()
        self.source.addItem("No source", None)
        self.request = QComboBox()
        self.request.addItem("No request", None)
        leave_wheel(self.source, self.request)
        self.import_button = button("Import", self._import, role="primary")
        self.import_button.setDefault(True)
        self.why_not = label("", "muted")
        self._lay_out()
        self._refresh()
        if self.paths:
            self.provenance.buttons()[0].setFocus()
        self._ask_for_choices()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(heading("Import"))
        pick = QHBoxLayout()
        pick.addWidget(self.list_label, 1)
        pick.addWidget(button("Add files…", self._add_files))
        pick.addWidget(button("Add a folder…", self._add_folder))
        column.addLayout(pick)
        column.addSpacing(8)
        column.addWidget(label("How did they come?"))
        for each, (name, about) in _WORDS.items():
            choice = QRadioButton(name)
            choice.setAccessibleName(f"{name.replace('&', '')}: {about}")
            choice.setProperty("provenance", each.value)
            self.provenance.addButton(choice)
            line = QHBoxLayout()
            line.addWidget(choice)
            line.addWidget(caption(about), 1)
            column.addLayout(line)
        # Nothing is chosen beforehand: what a confidential source gave must not pass for released,
        # and so leave in a bundle, because somebody pressed Enter too soon.
        self.provenance.buttonToggled.connect(lambda _button, _on: self._refresh())
        self.source.currentIndexChanged.connect(lambda _index: self._refresh())
        for name, field in (("&Source", self.source), ("Records re&quest", self.request)):
            column.addWidget(field_label(name, field))
            column.addWidget(field)
        column.addWidget(
            caption("The case gets sealed copies. The originals stay where they are, unchanged.")
        )
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.why_not, 1)
        foot.addWidget(button("Cancel", self.reject))
        foot.addWidget(self.import_button)
        column.addLayout(foot)
        fit_dialog(self, 560, 400)

    @property
    def choices(self) -> ImportChoices:
        """What was chosen."""
        picked = self.provenance.checkedButton()
        return ImportChoices(
            provenance=Provenance(picked.property("provenance") if picked else "released"),
            source_id=self.source.currentData(),
            request_id=self.request.currentData(),
        )

    def choose(self, provenance: Provenance) -> None:
        for each in self.provenance.buttons():
            if each.property("provenance") == provenance.value:
                each.setChecked(True)

    def _ask_for_choices(self) -> None:
        case = self._session.case

        def work() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
            from casefile.services import requests, sources

            return (
                [(source.label, source.id) for source in sources.listing(case)],
                [(requests.label(each), each.id) for each in requests.listing(case)],
            )

        self._session.tasks.run(work, self._take_choices, owner=self)

    def _take_choices(self, found: tuple[list[tuple[str, str]], list[tuple[str, str]]]) -> None:
        for box, entries in zip((self.source, self.request), found, strict=True):
            for words, item_id in entries:
                box.addItem(words, item_id)

    def _refresh(self) -> None:
        count = len(self.paths)
        folders = sum(path.is_dir() for path in self.paths)
        if count == 1:
            words = printable(self.paths[0].name)
        else:
            parts = [_counted(count - folders, "file"), _counted(folders, "folder")]
            words = " and ".join(part for part in parts if part) or "Nothing chosen yet"
        self.list_label.set_text(words)
        needs_source = self.choices.provenance is Provenance.GIVEN and not self.choices.source_id
        why = ""
        if not count:
            why = "Choose files or a folder."
        elif self.provenance.checkedButton() is None:
            why = "Choose how they came."
        elif needs_source:
            why = "Choose who gave them (add the source first if it is new)."
        self.why_not.setText(why)
        self.import_button.setEnabled(not why)

    def _add_files(self) -> None:
        self._add(choose_files(self, "Files to import"))

    def _add_folder(self) -> None:
        folder = choose_folder(self, "A folder to import")
        self._add([folder] if folder is not None else [])

    def _add(self, paths: Sequence[Path]) -> None:
        self.paths += [path for path in paths if path not in self.paths]
        self._refresh()

    def _import(self) -> None:
        self.wanted.emit([str(path) for path in self.paths], self.choices)
        self.accept()


def _counted(count: int, noun: str) -> str:
    if not count:
        return ""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
