"""Step 2 of a bundle: for whom it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from casefile.services.leaving.contents import REFUSED_WITHOUT_LEAK_CHECK, Recipient
from casefile.ui.bundles.words import NOT_YET
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.models.bundles import RECIPIENTS
from casefile.ui.parts import label, set_tip


class RecipientBox(QWidget):
    """``changed`` when it is for somebody else. Who cannot be chosen yet is shown with the
    reason."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[Recipient, QRadioButton] = {}
        group = QButtonGroup(self)
        possible, refused = FlowLayout(spacing=16), FlowLayout(spacing=16)
        for recipient, words in RECIPIENTS:
            made = QRadioButton(words)
            group.addButton(made)
            self.buttons[recipient] = made
            if recipient in REFUSED_WITHOUT_LEAK_CHECK:
                made.setEnabled(False)
                made.setAccessibleDescription(NOT_YET)
                set_tip(made, NOT_YET)
                refused.addWidget(made)
            else:
                made.toggled.connect(lambda on: self.changed.emit() if on else None)
                possible.addWidget(made)
        self.buttons[Recipient.EDITOR].setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(possible)
        column.addLayout(refused)
        column.addWidget(label(NOT_YET, "caption"))

    @property
    def recipient(self) -> Recipient:
        return next(who for who, made in self.buttons.items() if made.isChecked())
