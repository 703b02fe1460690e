"""Choosing files and folders without leaving a trace.

The system's dialogs remember paths in places that are not ours. Qt's own dialog writes the last
folder and a history into ``QtProject.conf``: that group is removed after every use.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, QSettings, QStandardPaths
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

_GROUP = "FileDialog"


def choose_files(parent: QWidget, title: str, start: Path | None = None) -> list[Path]:
    """Existing files; an empty list when the reporter changed their mind."""
    dialog = _dialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _run(dialog)


def choose_folder(parent: QWidget, title: str, start: Path | None = None) -> Path | None:
    """An existing folder (or one made in the dialog), or ``None``."""
    dialog = _dialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
    chosen = _run(dialog)
    return chosen[0] if chosen else None


def choose_new_file(
    parent: QWidget, title: str, suggested: str, start: Path | None = None
) -> Path | None:
    """Where to write a file called ``suggested``; asks before one is replaced."""
    dialog = _dialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(suggested)
    chosen = _run(dialog)
    return chosen[0] if chosen else None


def start_folder() -> Path:
    """The reporter's documents folder, or home."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found and Path(found).is_dir() else Path(QDir.homePath())


def forget_history() -> None:
    """Remove what Qt's dialog has written about folders."""
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    settings.remove(_GROUP)
    settings.sync()


def _dialog(parent: QWidget, title: str, start: Path | None) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(start or start_folder()))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, on=True)
    dialog.setHistory([])
    return dialog


def _run(dialog: QFileDialog) -> list[Path]:
    try:
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        return [Path(name) for name in dialog.selectedFiles()] if accepted else []
    finally:
        dialog.deleteLater()
        forget_history()
