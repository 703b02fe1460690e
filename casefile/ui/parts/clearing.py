"""Fields with a button that empties them."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QToolButton


def make_clearable(field: QLineEdit) -> None:
    """Give ``field`` a button that empties it. Qt makes it, and the buttons of the field's own
    actions, without a name for those who hear the screen."""
    field.setClearButtonEnabled(True)
    for inner in field.findChildren(QToolButton):
        own = [action for action in field.actions() if action is inner.defaultAction()]
        inner.setAccessibleName(own[0].text() if own else "Clear")
