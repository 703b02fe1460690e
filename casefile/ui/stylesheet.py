"""The style sheet: what a palette cannot say (borders of controls, text roles, surfaces)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Template

_SHEET = Template("""
QLabel[role="title"] { font-size: ${title}pt; font-weight: 700; }
QLabel[role="heading"] { font-size: ${heading}pt; font-weight: 700; }
QLabel[role="section"] { font-size: ${section}pt; font-weight: 600; }
QLabel[role="caption"] { font-size: ${caption}pt; color: #$muted; }
QLabel[role="muted"] { color: #$muted; }
QLabel[role="danger"] { color: #$danger; }
QLabel[role="warning"] { color: #$warning; }
QLabel[role="verified"] { color: #$verified; }
QLabel[role="hint"] {
  background: #$tooltip; color: #$on_tooltip; border-radius: 6px; padding: 6px 12px;
}
QLabel[role="confidential"] { color: #$confidential; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit, QComboBox {
  background: #$base; border: 1px solid #$control; border-radius: 4px; padding: 4px 6px;
  selection-background-color: #$selection; selection-color: #$on_selection;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { border-color: #$divider; }
QPlainTextEdit[role="plain"], QTextEdit[role="plain"] { border: none; background: transparent; }
QComboBox { padding-right: ${drop}px; }
QComboBox::drop-down { border: none; width: ${drop}px; }
QComboBox::down-arrow { image: url("$chevron"); width: ${arrow}px; height: ${arrow}px; }
QAbstractSpinBox, QDateEdit { padding-right: ${drop}px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
  background: transparent; border: none; width: ${drop}px;
}
QAbstractSpinBox::up-arrow { image: url("$up"); width: ${arrow}px; height: ${arrow}px; }
QAbstractSpinBox::down-arrow {
  image: url("$chevron"); width: ${arrow}px; height: ${arrow}px;
}
QDateEdit::drop-down { border: none; width: ${drop}px; }
QDateEdit::down-arrow { image: url("$chevron"); width: ${arrow}px; height: ${arrow}px; }
QComboBox QAbstractItemView { border: 1px solid #$control; background: #$base; outline: none; }
QCheckBox, QRadioButton { spacing: 8px; min-height: ${target}px; }
QCheckBox::indicator, QRadioButton::indicator {
  width: ${box}px; height: ${box}px; border: 1px solid #$control; border-radius: 3px;
  background: #$base;
}
QRadioButton::indicator { border-radius: ${radius}px; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked {
  background: #$accent; border-color: #$accent; image: url("$check");
}
QRadioButton::indicator:checked { image: url("$dot"); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: #$divider; }
QPushButton {
  background: #$base; color: #$text; border: 1px solid #$control; border-radius: 4px;
  padding: 4px 10px; min-height: ${line}px;
}
QPushButton:hover { background: #$hover; }
QPushButton:pressed, QPushButton:checked { background: #$selection; color: #$on_selection; }
QPushButton:disabled { color: #$muted; border-color: #$divider; background: #$window; }
QPushButton[role="primary"] { background: #$accent; color: #$on_accent; border-color: #$accent; }
QPushButton[role="primary"]:hover { border-color: #$text; }
QPushButton[role="primary"]:disabled {
  background: #$neutral_tint; color: #$muted; border-color: #$divider;
}
QPushButton[role="danger"] { color: #$danger; border-color: #$danger; }
QPushButton[role="link"] {
  border: 1px solid transparent; background: transparent; color: #$accent; padding: 4px 2px;
  text-align: left;
}
QPushButton::menu-indicator {
  image: url("$chevron"); width: ${arrow}px; height: ${arrow}px;
  subcontrol-origin: padding; subcontrol-position: center right; right: 6px;
}
QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 4px; color: #$text; }
QToolButton:hover { background: #$hover; }
QToolButton:pressed, QToolButton:checked { background: #$selection; color: #$on_selection; }
QToolButton:disabled { color: #$muted; }
QToolButton::menu-indicator { image: none; }
QFrame[surface="bar"] { background: #$window; border: none; border-bottom: 1px solid #$divider; }
QFrame[surface="rail"] { background: #$base; border: none; border-right: 1px solid #$divider; }
QFrame[surface="panel"] { background: #$base; border: 1px solid #$divider; border-radius: 6px; }
QFrame[surface="danger"] {
  background: #$danger_tint; border: 1px solid #$danger; border-radius: 6px;
}
QDialog#palette { border: 1px solid #$control; }
QFrame[surface="warning"] {
  background: #$warning_tint; border: 1px solid #$warning; border-radius: 6px;
}
QFrame[surface="done"] {
  background: #$verified_tint; border: 1px solid #$verified; border-radius: 6px;
}
QFrame[surface="toast"] {
  background: #$tooltip; color: #$on_tooltip; border: none; border-radius: 6px;
}
QFrame[surface="toast"] QLabel { color: #$on_tooltip; }
QFrame[surface="toast"] QPushButton {
  background: transparent; border: 1px solid #$on_tooltip; color: #$on_tooltip;
}
QFrame[surface="toast"] QPushButton:hover, QFrame[surface="toast"] QToolButton:hover {
  background: #$muted;
}
QAbstractItemView { background: #$base; border: none; outline: none; }
QAbstractItemView::item:hover { background: #$hover; }
QAbstractItemView::item:selected { background: #$selection; color: #$on_selection; }
QListView[surface="clear"] { background: transparent; }
QHeaderView::section {
  background: #$window; color: #$muted; border: none; border-bottom: 1px solid #$divider;
  padding: 5px 6px;
}
QTabBar::tab {
  background: transparent; color: #$muted; border: none; border-bottom: 2px solid transparent;
  padding: 6px 12px;
}
QTabBar::tab:selected { color: #$text; border-bottom-color: #$accent; }
QTabBar::tab:hover { color: #$text; background: #$hover; }
QTabBar::close-button { image: url("$close"); width: 14px; height: 14px; padding: 3px; }
QTabBar::close-button:hover { background: #$neutral_tint; border-radius: 4px; }
QTreeView[role="files"]::item { padding: 4px 2px; }
QTabWidget::pane { border: none; }
QSplitter::handle { background: #$divider; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QFrame[surface="foot"] { background: #$base; border: none; border-top: 1px solid #$divider; }
QFrame[surface="status"] { background: #$window; border: none; border-top: 1px solid #$divider; }
QMenu { background: #$base; border: 1px solid #$control; padding: 4px 0; }
QMenu::item { padding: 6px 28px 6px 24px; }
QMenu::item:selected { background: #$selection; color: #$on_selection; }
QMenu::item:disabled { color: #$muted; }
QMenu::separator { height: 1px; background: #$divider; margin: 4px 0; }
QToolTip { background: #$tooltip; color: #$on_tooltip; border: none; padding: 4px 6px; }
QProgressBar {
  background: #$neutral_tint; border: none; border-radius: 3px; max-height: 6px; min-height: 6px;
}
QProgressBar::chunk { background: #$accent; border-radius: 3px; }
QScrollArea { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: #$control; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: none; border: none; width: 0; height: 0;
}
QGroupBox { border: none; font-weight: 600; margin-top: 18px; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
""")


def style_sheet(
    colours: Mapping[str, str], points: Callable[[str], float], pictures: Mapping[str, str]
) -> str:
    """The sheet for these colours (``RRGGBB`` by name) and sizes (points by role); ``pictures``
    are the files of the ``chevron``, ``up``, ``check``, ``dot`` and ``close`` inside controls."""
    sizes = {role: f"{points(role):.2f}" for role in ("title", "heading", "section", "caption")}
    body = points("body")
    box = max(14, round(body * 1.5)) // 2 * 2
    arrow = max(12, round(body * 1.2))
    lengths = {
        "line": round(body * 1.65),
        "box": box,
        "radius": box // 2 + 1,
        "arrow": arrow,
        "drop": arrow + 6,
        "target": max(24, box + 4),
    }
    return _SHEET.substitute(**colours, **sizes, **lengths, **pictures)
