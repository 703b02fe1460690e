"""What does not depend on how the window looks: keys, typing, hidden names."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QWidget

from casefile.services import sources
from tests.telling import everything_shown
from tests.ui.access import keyboard, looking
from tests.ui.access.conftest import SETTINGS, none
from tests.ui.access.screens import SCREENS, Screen, Visitor

#: Letters that are verbs somewhere, and signs that move to a filter.
LETTERS = "dsqrenhfbutwzgojk/123"


@pytest.fixture(scope="module")
def default_look(hands: Visitor) -> None:
    SETTINGS[0].apply(hands)


@pytest.fixture(scope="module", params=SCREENS, ids=lambda screen: screen.name)
def screen(request: pytest.FixtureRequest, hands: Visitor, default_look: None) -> Screen:
    there: Screen = request.param
    there.go(hands)
    return there


def test_no_key_means_two_things(hands: Visitor, screen: Screen) -> None:
    none([words for widget in looking.active(hands.root) for words in keyboard.ambiguous(widget)])


def test_a_confidential_name_is_nowhere(hands: Visitor, screen: Screen) -> None:
    told = everything_shown().casefold()
    for source in sources.listing(hands.case):
        if source.confidential:
            secret = [source.name, *source.name.split(), *source.aliases, source.contacts]
            none([words for words in secret if words and words.casefold() in told])


def test_letters_typed_in_a_field_reach_it(hands: Visitor, screen: Screen) -> None:
    for field in _fields(hands.root):
        before = _text(field)
        field.setFocus()
        hands.breathe()
        QTest.keyClicks(field, LETTERS)
        assert LETTERS in _text(field), looking.called(field)
        for _letter in LETTERS:
            QTest.keyClick(field, "\b")
        assert _text(field) == before, looking.called(field)


def _fields(root: QWidget) -> list[QLineEdit | QPlainTextEdit]:
    """Where any words can be typed."""
    return [
        field
        for field in looking.active(root)
        if isinstance(field, QLineEdit | QPlainTextEdit)
        and not isinstance(field.parentWidget(), QAbstractSpinBox)
        and field.isEnabled()
        and not field.isReadOnly()
    ]


def _text(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()
