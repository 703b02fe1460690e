"""Everything that is written outside a case, or put on the clipboard, passes the one door.

Every function of the program that writes files, draws to a printer or touches the clipboard is
found in its syntax tree and must be listed here with what it writes. A new one fails this test
until somebody has decided what it is; one that lets a case's content out must call the door.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import casefile

ROOT = Path(casefile.__file__).parent

#: Writes ciphertext, keys in wrapped form, locks: the case folder itself, and its sealed copies.
INSIDE = "the case folder"
#: Writes nothing of a case.
NOTHING = "nothing of a case"
#: The door itself, or what it hands a temporary file or folder to.
DOOR = "through the door"

#: Whole layers that only ever write into a case folder. They know no other place to write to.
LAYERS = {"store": INSIDE, "security": INSIDE}

FUNCTIONS = {
    "cli/deadlines_verb.py:_written": NOTHING,  # has calendar_out and requests_csv write
    "cli/main.py:_no_more_output": NOTHING,  # os.devnull
    "pdf/easel.py:Easel.join": NOTHING,  # memory, nameless before there is a document
    "pdf/easel.py:Easel.make": NOTHING,
    "pdf/processes.py:Forker.__init__": NOTHING,  # the folder of the pipes
    "pdf/processes.py:Forker.close": NOTHING,
    "pdf/processes.py:Forker.new": NOTHING,
    "pdf/syscalls.py:": NOTHING,  # numbers of system calls
    "pdf/template.py:_child": NOTHING,  # opens the pipes
    "pdf/worker/__main__.py:main": NOTHING,  # the same, elsewhere than on Linux
    "services/case.py:_clear_away": INSIDE,
    "services/leaving/door.py:_remove": DOOR,
    "services/leaving/door.py:_swap": DOOR,
    "services/leaving/door.py:leave_file": DOOR,
    "services/leaving/door.py:leave_folder": DOOR,
    "services/leaving/bundle.py:export_bundle.write": DOOR,
    "services/leaving/bundle_sinks.py:FolderSink.discard": DOOR,
    "services/leaving/bundle_sinks.py:FolderSink.put": DOOR,
    "services/leaving/bundle_sinks.py:ZipSink.put": DOOR,
    "services/sample_case/build.py:build_sample": INSIDE,
    "services/sample_case/demo.py:_make": NOTHING,  # the folder the demo was asked to use
    "services/settings.py:rename_case": INSIDE,
    "ui/bug_report.py:BugDialog._copy": NOTHING,
    "ui/clipboard.py:ClipboardKeeper.put": DOOR,  # its callers: CLIPBOARD
    "ui/file_dialog.py:forget_history": NOTHING,
    "ui/preferences.py:PreferenceFile.write": NOTHING,
    "ui/reader/find_field.py:HowToLook._changed": NOTHING,  # a value with one part replaced
    "ui/reader/inspecting.py:Inspecting._save_followup": INSIDE,
    "ui/reader/quote_work.py:QuoteWork._save": INSIDE,
    "ui/reader/withholding_work.py:WithholdingWork._save": INSIDE,
    "ui/reader/carrying.py:Carrying._begin": DOOR,  # its words: selection_text
    "ui/printing/printers.py:Spool.forget": NOTHING,  # takes away what was not printed
    "ui/printing/printers.py:SystemPrinters.open": DOOR,  # its one user: print_pages
    "ui/printing/printers.py:spooled_in_memory": NOTHING,  # a folder in memory, for Qt's spool
    "ui/requests/hand_out.py:HandOut.calendar": NOTHING,  # has calendar_out write
    "ui/requests/hand_out.py:HandOut.table": NOTHING,  # has requests_csv write
    "ui/screenshot.py:take": NOTHING,  # the published sample
    "ui/settings/recovery_sheet.py:qr_picture": NOTHING,  # into memory
}

#: Which modules fill the clipboard, and which function of ``WAYS_OUT`` makes their words, with its
#: module.
CLIPBOARD = {
    "ui/importing/job_block.py": "clipboard_text.report_text",
    "ui/lists/quote_copy.py": "clipboard_text.quotes_text",
    "ui/reader/copying.py": "clipboard_text.selection_text",
    "ui/requests/letters/keeping.py": "letter_out.letter_text",
    "ui/requests/why.py": "clipboard_text.explanation_text",
}

#: What lets content out, and the function of the door that each must call.
WAYS_OUT = {
    "services/leaving/bundle.py:export_bundle": {"leave_folder", "leave_file"},
    "services/leaving/calendar_out.py:save": {"leave_file"},
    "services/leaving/clipboard_text.py:address_text": {"leave_words"},
    "services/leaving/clipboard_text.py:explanation_text": {"leave_words"},
    "services/leaving/clipboard_text.py:quotes_text": {"leave_words"},
    "services/leaving/clipboard_text.py:report_text": {"leave_words"},
    "services/leaving/clipboard_text.py:selection_text": {"leave_words"},
    "services/leaving/letter_out.py:letter_text": {"leave_words"},
    "services/leaving/letter_out.py:write_letter": {"leave_file"},
    "services/leaving/original.py:write_original": {"leave_file"},
    "services/leaving/printing.py:hand_over": {"record"},
    "services/leaving/printing.py:hand_over_words": {"record"},
    "services/leaving/requests_csv.py:save": {"leave_file"},
    "services/leaving/picture_out.py:write_picture": {"leave_file"},
    "services/leaving/text_out.py:pages_out": {"record"},
}

_METHODS = {
    "write_text", "write_bytes", "mkdir", "makedirs", "touch", "symlink_to", "hardlink_to",
    "unlink", "rmdir", "mkstemp", "mkdtemp", "mkfifo", "NamedTemporaryFile", "TemporaryDirectory",
    "setMimeData", "QPrinter", "QPdfWriter", "QSaveFile", "QSettings",
}  # fmt: skip
_WRITING_FLAGS = {"O_WRONLY", "O_RDWR", "O_CREAT", "O_APPEND", "O_TRUNC"}


@cache
def functions() -> tuple[tuple[str, ast.AST], ...]:
    """Every function as ``file:Class.function``, and module bodies as ``file:``."""

    def walk(node: ast.AST, path: str, names: tuple[str, ...]) -> Iterator[tuple[str, ast.AST]]:
        for child in ast.iter_child_nodes(node):
            inner = names
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                inner = (*names, child.name)
                if not isinstance(child, ast.ClassDef):
                    yield f"{path}:{'.'.join(inner)}", child
            yield from walk(child, path, inner)

    found: list[tuple[str, ast.AST]] = []
    for file in sorted(ROOT.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        path = file.relative_to(ROOT).as_posix()
        found.append((f"{path}:", tree))
        found += walk(tree, path, ())
    return tuple(found)


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions inside it."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield child
            yield from own_nodes(child)


def writes(node: ast.AST) -> bool:
    """Whether this call can create, change or remove a file, or fill the clipboard."""
    if isinstance(node, ast.Attribute) and node.attr in _WRITING_FLAGS:
        return True
    if not isinstance(node, ast.Call):
        return False
    callee = node.func
    name = callee.attr if isinstance(callee, ast.Attribute) else getattr(callee, "id", "")
    of = ast.unparse(callee.value) if isinstance(callee, ast.Attribute) else ""
    if name in {"open", "fdopen", "ZipFile"}:
        first = name == "open" and of not in {"", "os", "zipfile"}  # path.open(mode)
        modes = node.args[0 if first else 1 : 2]
        modes += [word.value for word in node.keywords if word.arg == "mode"]
        texts = [str(mode.value) for mode in modes if isinstance(mode, ast.Constant)]
        return any(set(text) <= set("rwaxbt+") and bool(set(text) & set("wax+")) for text in texts)
    if name in {"replace", "rename"}:
        return bool(of) and len(node.args) == 1 and not node.keywords  # str.replace takes two
    if name == "save":
        return bool(node.args)
    if name == "setText":
        return "clipboard" in of.lower()
    return name in _METHODS or of == "shutil"


@cache
def writers() -> frozenset[str]:
    return frozenset(
        name
        for name, function in functions()
        if name.split("/", 1)[0] not in LAYERS and any(writes(node) for node in own_nodes(function))
    )


def test_every_function_that_writes_is_known() -> None:
    assert writers() - set(FUNCTIONS) == set(), "say here what these write, and to where"


def test_no_function_is_listed_that_does_not_write_any_more() -> None:
    assert set(FUNCTIONS) - writers() == set()


def test_what_lets_content_out_lies_in_the_one_package() -> None:
    outside = {
        name
        for name, what in FUNCTIONS.items()
        if what is DOOR and not name.startswith("services/leaving/")
    }
    assert outside == {
        "ui/clipboard.py:ClipboardKeeper.put",
        "ui/printing/printers.py:SystemPrinters.open",
        "ui/reader/carrying.py:Carrying._begin",
    }


def test_pages_are_drawn_on_a_printer_only_as_the_door_prepared_and_noted_them() -> None:
    drawn = dict(functions())["ui/printing/paper.py:print_pages"]
    assert "printing.hand_over(case, wish)" in ast.unparse(drawn)
    sheet = (ROOT / "ui/printing/sheet.py").read_text("utf-8")
    assert "wish = printing.prepare(" in sheet
    assert "print_pages(case, wish, open_printer, report)" in sheet
    words = dict(functions())["ui/printing/words.py:print_words"]
    assert "printing.hand_over_words(case, wish)" in ast.unparse(words)
    users = [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if "QtPrintSupport" in path.read_text("utf-8")
    ]
    assert sorted(users) == [
        f"ui/printing/{name}.py" for name in ("paper", "paper_sheet", "printers", "words")
    ]


def test_the_clipboard_is_filled_with_words_from_the_door_alone() -> None:
    callers = {
        name.partition(":")[0]
        for name, function in functions()
        if name.startswith("ui/") and name != "ui/clipboard.py:put"
        for node in own_nodes(function)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"clipboard.put", "clipboard.keeper().put", "keeper().put"}
    }
    assert callers == set(CLIPBOARD)


@pytest.mark.parametrize("file", sorted(CLIPBOARD))
def test_who_fills_the_clipboard_has_its_words_from_the_door(file: str) -> None:
    made_by = CLIPBOARD[file]
    module, _, function = made_by.partition(".")
    assert f"services/leaving/{module}.py:{function}" in WAYS_OUT
    assert f"{made_by}(" in (ROOT / file).read_text("utf-8")


@pytest.mark.parametrize("name", sorted(WAYS_OUT))
def test_each_way_out_passes_the_door(name: str) -> None:
    function = dict(functions())[name]
    called = {
        node.func.attr
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value) == "door"
    }
    assert called & WAYS_OUT[name]


def test_every_module_that_calls_the_door_is_a_known_way_out() -> None:
    callers = {
        name
        for name, function in functions()
        for node in own_nodes(function)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value) == "door"
        and node.func.attr in {"leave_file", "leave_folder", "leave_words"}
    }
    assert callers - set(WAYS_OUT) == {"cli/key_verbs.py:_new_code"}, "a code, not case content"


def test_what_is_dragged_out_is_words_from_the_door() -> None:
    words = dict(functions())["ui/printing/words.py:print_words"]
    assert "printing.hand_over_words(case, wish)" in ast.unparse(words)
    users = [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if "QDrag(" in path.read_text("utf-8")
    ]
    assert users == ["ui/reader/carrying.py"]
    assert "clipboard_text.selection_text(" in (ROOT / users[0]).read_text("utf-8")


def test_a_writer_that_passes_by_the_door_is_seen() -> None:
    bypassing = ast.parse(
        "def sneak(case, out):\n"
        "    (out / 'x').write_bytes(case.original())\n"
        "def sneak_too(case, out):\n"
        "    with out.open('wb') as file:\n"
        "        file.write(b'')\n"
        "def copy(board):\n"
        "    board.clipboard().setText('')\n"
        "def harmless(text):\n"
        "    return text.replace('a', 'b') + open('x').read()\n"
    )
    seen = [
        function.name
        for function in bypassing.body
        if isinstance(function, ast.FunctionDef)
        and any(writes(node) for node in own_nodes(function))
    ]
    assert seen == ["sneak", "sneak_too", "copy"]
