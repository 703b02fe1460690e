"""Menus at a row: the same verbs as the keys and buttons, what destroys comes last."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QWidget

#: Words, what it does, whether it can be done now; None draws a line.
Verb = tuple[str, Callable[[], object], bool]


def build_menu(owner: QWidget, verbs: Sequence[Verb | None]) -> QMenu:
    """A menu of ``verbs`` that goes away with its last use."""
    menu = QMenu(owner)
    for verb in verbs:
        if verb is None:
            menu.addSeparator()
            continue
        words, act, possible = verb
        action = menu.addAction(words.replace("&", "&&"))
        action.setEnabled(possible)
        action.triggered.connect(lambda _checked=False, act=act: act())
    menu.aboutToHide.connect(menu.deleteLater)
    return menu
