"""What in a letter only a confidential source can have told, and the reason to keep it so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from casefile.domain.errors import UserError
from casefile.domain.telltale import Finding
from casefile.services.wording import explain
from casefile.ui.announce import announce
from casefile.ui.models.words import counted, in_quotes, visible
from casefile.ui.parts import label
from casefile.ui.requests.lines import Line, LinesView

_ADVICE = (
    "A request this exact shows what you have already seen. Ask for a class of records and a "
    "wider range."
)
_LONGEST = 200


class FindingsPanel(QFrame):
    """``chosen(Finding)`` with Enter or a double click; ``entered`` with Enter in the reason,
    ``reasoned`` while it is typed."""

    chosen = Signal(object)
    entered = Signal()
    reasoned = Signal()

    def __init__(self, *, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Finding, ...] = ()
        self.setProperty("surface", "warning")
        self.setAccessibleName("What only a confidential source can have told")
        self.heading = label("", "section")
        self.advice = label(_ADVICE, "body")
        self.view = LinesView("Findings")
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Why the letter may stay as it is")
        self.reason.setPlaceholderText("Why the letter may stay as it is; kept with it")
        self.reason.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.hint = label("Change the letter, or type the reason, and keep it again.", "muted")
        if read_only:  # to show them before they have a parent would open windows
            self.hint.hide()
            self.reason.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        for widget in (self.heading, self.advice, self.view, self.hint, self.reason):
            column.addWidget(widget)
        self.view.opened.connect(self._opened)
        self.reason.returnPressed.connect(self.entered)
        self.reason.textEdited.connect(lambda _text: self.reasoned.emit())
        self.hide()

    @property
    def seen(self) -> frozenset[str]:
        """The words of every finding that is shown."""
        return frozenset(each.words for each in self._found)

    @property
    def given(self) -> str:
        """The reason, as far as it was typed in sight of the findings."""
        return "" if self.isHidden() else self.reason.text().strip()

    @property
    def has_keyboard(self) -> bool:
        return self.view.hasFocus() or self.reason.hasFocus()

    def show_findings(self, found: Sequence[Finding]) -> None:
        self._found = tuple(found)
        places = counted(len(self._found), "place")
        words = f"{places} in this letter can be known only from a confidential source"
        self.heading.setText(words)
        self.view.show_lines([_line(number, each) for number, each in enumerate(self._found)])
        self.show()
        self.view.fit()
        announce(f"{words}. {_ADVICE}", self, urgent=True)

    def clear(self, reason: str = "") -> None:
        """Show nothing; ``reason`` is what was typed before the lock."""
        self._found = ()
        self.view.show_lines([])
        self.reason.setText(reason)
        self.hide()

    def _opened(self, key: str) -> None:
        self.chosen.emit(self._found[int(key)])


def where(finding: Finding, text: str) -> tuple[int, int] | None:
    """Where the words of a finding stand in a text that may have changed since."""
    if text[finding.start : finding.end] == finding.words:
        return finding.start, finding.end
    at = text.find(finding.words)
    return (at, at + len(finding.words)) if at >= 0 else None


def _line(number: int, finding: Finding) -> Line:
    source = visible(finding.label) or "a confidential source"
    what = explain(UserError(f"letter.finding.{finding.kind}", label=source)).what
    return Line(
        str(number), in_quotes(visible(finding.words), _LONGEST), more=what, icon="shield-alert",
        ink="confidential",
    )  # fmt: skip
