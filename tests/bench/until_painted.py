"""Run a Qt program until its first window has painted, then end it at once.

``until_painted.py bare`` shows a window with one label; ``until_painted.py ARGUMENTS...`` starts
Casefile with those arguments. Both are stopped in the same way, so that they can be compared.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget


class _Stop(QObject):
    """Ends the process once a shown top-level window has painted."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest and isinstance(watched, QWidget):
            watched.removeEventFilter(self)
            watched.event(event)
            os._exit(0)
        return False


def main(arguments: list[str]) -> int:
    stop = _Stop()
    run = QApplication.exec

    def exec_until_painted(*_: object) -> int:
        QApplication.instance().installEventFilter(stop)
        return run()

    QApplication.exec = exec_until_painted
    if arguments == ["bare"]:
        application = QApplication([])
        window = QWidget()
        QVBoxLayout(window).addWidget(QLabel("Passphrase"))
        window.resize(1100, 760)
        window.show()
        return application.exec()
    sys.argv = ["casefile", *arguments]
    from casefile.__main__ import main as casefile

    return casefile()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
