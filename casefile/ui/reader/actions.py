"""Every verb of the reader with its words, icon and keys, in one table.

Single letters belong to the page view alone (they must reach any field that is typed in); the
others to the whole reader. The window's own keys (Ctrl+F, Back, tabs, undo) are not here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from casefile.domain.annotations import COLOURS
from casefile.ui import icons, keymap
from casefile.ui.reader.marks import NUMBERS


@dataclass(frozen=True, slots=True)
class Verb:
    """``keys`` in Qt's portable notation; ``on_page``: only while the page view has the focus;
    ``edits``: changes the case; ``toggles``: switches something on or off."""

    id: str
    words: str
    icon: str = ""
    keys: tuple[str, ...] = ()
    on_page: bool = True
    edits: bool = False
    toggles: bool = False


VERBS: tuple[Verb, ...] = (
    *(
        Verb(f"colour.{name}", f"Highlight {name}", "highlighter", (str(number),), edits=True)
        for name, number in NUMBERS.items()
    ),
    Verb("highlight", "Highlight in last colour", "highlighter", ("H",), edits=True),
    Verb("underline", "Underline", "underline", ("Shift+U",), edits=True),
    Verb("strike_out", "Strike out", "strikethrough", ("Shift+S",), edits=True),
    Verb("note", "Note", "message-square", ("N",), edits=True),
    Verb("box", "Box", "square-dashed", ("Shift+B",), edits=True),
    Verb("region", "Region", "scan", ("R",), edits=True),
    Verb("withholding", "Exemption", "stamp", ("E",), edits=True),
    Verb("withheld_page", "Page withheld", "file-x", ("Shift+E",), edits=True),
    Verb("withheld_range", "Pages never delivered", "file-minus", edits=True),
    Verb("ink", "Draw", "pen-line", ("I",), edits=True),
    Verb("redaction", "Mark for redaction", "eraser", ("Shift+R",), edits=True),
    Verb("bookmark", "Bookmark this page", "bookmark", ("B",), edits=True),
    Verb("quote", "Quote", "quote", ("Q",), edits=True),
    Verb("open_quote", "Open quote", "arrow-right", ("Shift+Q",)),
    Verb("follow_up", "Follow-up", "list-checks", ("F",), edits=True),
    Verb("copy", "Copy with citation", "copy", ("Ctrl+C",)),
    Verb("copy_bare", "Copy without citation", "copy", ("Ctrl+Shift+C",)),
    Verb("select_all", "Select the page's text", "text-select", ("Ctrl+A",)),
    Verb("adopt", "Adopt the file's marks on this page", "download", ("M",), edits=True),
    Verb("delete", "Delete mark", "trash-2", ("Del",), edits=True),
    Verb("comment", "Comment on mark", "pencil", ("Return", "Enter"), edits=True),
    Verb("next_mark", "Next mark", "arrow-down", ("Alt+Down", "]")),
    Verb("previous_mark", "Previous mark", "arrow-up", ("Alt+Up", "[")),
    Verb("read", "Page is read", "circle-check", ("U",), edits=True, toggles=True),
    Verb("go_to_page", "Go to page", "file-text", ("G",)),
    Verb("links", "Follow a link…", "link", ("L",)),
    Verb("outline", "Outline", "table-of-contents", ("T",)),
    Verb("fit_width", "Fit width", "move-horizontal", ("W",)),
    Verb("fit_page", "Fit page", "maximize", ("Z",)),
    Verb("spread", "Two pages side by side", "book-open", ("D",), toggles=True),
    Verb("single", "One page at a time", "file", ("S",), toggles=True),
    Verb("turn", "Turn pages clockwise", "rotate-cw", ("O",)),
    Verb("turn_back", "Turn pages back", "rotate-ccw", ("Shift+O",)),
    Verb("print", "Print…", "printer", ("Ctrl+P",), on_page=False),
    Verb("text_view", "Text of this page", "text-initial", ("F7",), on_page=False, toggles=True),
    Verb("night", "Night pages", "moon", ("Shift+N",), toggles=True),
    Verb("zoom_100", "100 %", "", ("Ctrl+0",), on_page=False),
    Verb("zoom_in", "Zoom in", "zoom-in", ("Ctrl++", "Ctrl+="), on_page=False),
    Verb("zoom_out", "Zoom out", "zoom-out", ("Ctrl+-",), on_page=False),
    Verb("next_hit", "Next hit", "chevron-down", ("F3",), on_page=False),
    Verb("previous_hit", "Previous hit", "chevron-up", ("Shift+F3",), on_page=False),
    Verb("panel", "Side panel", "panel-left", ("Shift+F9",), on_page=False),
    Verb("step_out", "Step out", "", ("Esc",)),
)
#: A verb of this table is in the keymap under its id after this.
KEYS_OF = "reader."
#: What the menu beside the highlighter offers, below the colours.
OTHER_MARKS = ("underline", "strike_out", "note", "box", "ink", "redaction", "bookmark")
#: What the context menu offers on a selection, on a mark, and anywhere ("" is a line).
ON_SELECTION = (
    *(f"colour.{name}" for name in COLOURS), "underline", "strike_out", "note", "redaction",
    "", "quote", "withholding", "follow_up", "", "copy", "copy_bare",
)  # fmt: skip
ON_MARK = (
    *(f"colour.{name}" for name in COLOURS),
    "",
    "comment",
    "quote",
    "open_quote",
    "",
    "delete",
)
ANYWHERE = (
    "note",
    "box",
    "region",
    "withholding",
    "withheld_page",
    "withheld_range",
    "ink",
    "redaction",
    "bookmark",
    "",
    "follow_up",
    "open_quote",
    "",
    "select_all",
    "",
    "fit_width",
    "fit_page",
    "zoom_100",
)


class ReaderActions(QObject):
    """The actions of one reader, by id."""

    def __init__(
        self,
        reader: QWidget,
        page_view: QWidget,
        do: Mapping[str, Callable[[], object]],
        *,
        read_only: bool,
    ) -> None:
        super().__init__(reader)
        self._actions: dict[str, QAction] = {}
        for verb in VERBS:
            action = QAction(verb.words, self)
            if verb.icon:
                icons.set_icon(action, verb.icon)
            keymap.current().bind(action, f"{KEYS_OF}{verb.id}", verb.keys)
            contexts = Qt.ShortcutContext
            action.setShortcutContext(
                contexts.WidgetShortcut if verb.on_page else contexts.WidgetWithChildrenShortcut
            )
            action.setCheckable(verb.toggles)
            # In a menu the tick says whether it is on; beside an icon there would be none.
            action.setIconVisibleInMenu(not verb.toggles)
            action.setEnabled(not (verb.edits and read_only))
            action.triggered.connect(lambda _checked=False, slot=do[verb.id]: slot())
            (page_view if verb.on_page else reader).addAction(action)
            self._actions[verb.id] = action

    def __getitem__(self, verb_id: str) -> QAction:
        return self._actions[verb_id]
