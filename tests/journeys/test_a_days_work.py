"""Documents in, a phrase found, marked and quoted; what was begun stays through the lock."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication, QDialog

from casefile.domain.annotations import AnnotationKind
from casefile.services import annotating, documents, followups, quoting
from casefile.services.case import Case
from casefile.services.leaving.verifying import verify_bundle
from casefile.ui.bundles.screen import BundlesScreen
from casefile.ui.lists.followups import FollowUpsScreen
from casefile.ui.reader.reading_desk import ReadingDesk
from tests.journeys.conftest import PASSPHRASE
from tests.journeys.driving import Reporter
from tests.services.material import pdf_bytes, write_pdf

pytestmark = pytest.mark.journey

PHRASE = "approved a waiver of the cooling requirement"
THIRD = "pink"


def case_of(reporter: Reporter) -> Case:
    session = reporter.window.session
    assert session is not None
    return session.case


def release(folder: Path, pages: int = 12) -> Path:
    """A release whose ninth page holds the phrase."""
    texts = [
        f"Page {n} of the release\nNothing of note was said here." for n in range(1, pages + 1)
    ]
    texts[8] = f"On March 4 the director {PHRASE}.\nNobody wrote it down."
    return write_pdf(folder / "release.pdf", texts)


@pytest.fixture
def reading(at_desk: Reporter, tmp_path: Path) -> ReadingDesk:
    """The release imported, found and open at the phrase, which is selected."""
    at_desk.bring_in([release(tmp_path / "in")])
    reader = at_desk.open_hit("waiver")
    at_desk.press("Escape")
    at_desk.select(reader, PHRASE)
    assert reader.view.page == 9
    return reader


def begin_comment(reporter: Reporter, reader: ReadingDesk) -> None:
    """Highlight what is selected, and put the caret into its comment."""
    reporter.press("3")
    reporter.until(lambda: reader.document.marks.on(9), "the highlight on its page")
    reporter.press("Alt+Down")
    reporter.press("Return")
    reporter.until(reader.inspector.mark.comment.hasFocus, "the caret in the comment")


def test_a_hundred_files_of_which_three_are_bad(at_desk: Reporter, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    paths = [write_pdf(folder / f"memo{n:02}.pdf", [f"Memo number {n}."]) for n in range(97)]
    for name, data in {
        "empty.pdf": b"",
        "broken.pdf": b"%PDF-1.7\nnothing follows",
        "cut.png": b"\x89PNG\r\n\x1a\n\0\0",
    }.items():
        paths.append(folder / name)
        paths[-1].write_bytes(data)
    at_desk.bring_in(paths)
    at_desk.shoot("hundred-files")
    jobs = at_desk.window.jobs
    assert jobs is not None
    job = jobs.all[0]
    assert len(documents.listing(case_of(at_desk))) == 97
    needing = {row.path.name: row.words for row in job.files.rows if row.needs_you}
    assert set(needing) == {"empty.pdf", "broken.pdf", "cut.png"}
    assert all(words.strip() for words in needing.values())
    assert job.summary == "97 added · 3 need you"
    assert not [
        w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()
    ]


def test_a_phrase_is_found_and_shown_on_its_page_with_two_keys(
    at_desk: Reporter, tmp_path: Path
) -> None:
    at_desk.bring_in([release(tmp_path / "in")])
    with at_desk.counting() as taken:
        reader = at_desk.open_hit(f'"{PHRASE}"')
    at_desk.idle()
    at_desk.shoot("hit-on-page")
    assert taken.presses <= 2
    assert reader.view.page == 9
    assert reader.view.current_hit is not None


def test_colour_three_is_one_key_delete_one_undo_one(
    at_desk: Reporter, reading: ReadingDesk
) -> None:
    case = case_of(at_desk)
    with at_desk.counting() as taken:
        at_desk.press("3")
    at_desk.until(lambda: reading.document.marks.on(9), "the highlight on its page")
    at_desk.idle()
    (mark,) = annotating.listing(case)
    assert taken.presses == 1
    assert (mark.kind, mark.colour, mark.page) == (AnnotationKind.HIGHLIGHT, THIRD, 9)
    assert " ".join(mark.text.split()) == PHRASE
    at_desk.until(lambda: reading.document.marks.get(mark.id) is not None, "the mark on the page")
    at_desk.shoot("highlighted")
    at_desk.press("Alt+Down")
    with at_desk.counting() as taken:
        at_desk.press("Del")
    at_desk.idle()
    assert taken.presses == 1
    assert not annotating.listing(case)
    with at_desk.counting() as taken:
        at_desk.press("Ctrl+Z")
    at_desk.idle()
    assert taken.presses == 1
    assert [back.id for back in annotating.listing(case)] == [mark.id]


def test_the_mouse_selects_words_too(at_desk: Reporter, reading: ReadingDesk) -> None:
    """A drag along the line that holds the phrase, then a click on the highlighter's number."""
    at_desk.press("Escape")
    view = reading.view
    at_desk.until(lambda: reading.document.text(9) is not None, "the text of the page")
    current = view.current_hit or (9, ())
    rect = view.page_rect(current[0])
    scale = rect.width() / reading.document.size(9)[0]
    line = rect.topLeft() + QPointF(50, 59) * scale
    at_desk.drag(view.viewport(), line, line + QPointF(480, 0) * scale)
    at_desk.until(lambda: view.selection.ends is not None, "words selected")
    at_desk.press("1")
    at_desk.until(lambda: reading.document.marks.on(9), "the highlight on its page")
    at_desk.idle()
    (mark,) = annotating.listing(case_of(at_desk))
    assert "director" in mark.text


def test_a_quote_is_two_keys(at_desk: Reporter, reading: ReadingDesk) -> None:
    with at_desk.counting() as taken:
        at_desk.press("Q")
        at_desk.until(
            lambda: reading.inspector.form is reading.inspector.quote, "the form for a quote"
        )
        at_desk.shoot("quote-form")
        at_desk.press("Return")
    at_desk.idle()
    assert taken.presses == 2
    (quote,) = quoting.listing(case_of(at_desk))
    assert " ".join(quote.text.split()) == PHRASE
    assert at_desk.focus is reading.view


def test_a_highlight_becomes_a_quote_without_selecting_again(
    at_desk: Reporter, reading: ReadingDesk
) -> None:
    at_desk.press("3", "Q")
    at_desk.until(lambda: reading.inspector.form is reading.inspector.quote, "the form for a quote")
    at_desk.press("Return")
    at_desk.idle()
    (mark,) = annotating.listing(case_of(at_desk))
    (quote,) = quoting.listing(case_of(at_desk))
    assert " ".join(quote.text.split()) == PHRASE
    assert mark.page == quote.page == 9


def test_locking_keeps_the_page_and_the_half_typed_note(
    at_desk: Reporter, reading: ReadingDesk
) -> None:
    begin_comment(at_desk, reading)
    at_desk.type("ask the clerk who")
    place = reading.view.place()
    assert reading.view.page == 9
    with at_desk.counting() as taken:
        at_desk.press("Ctrl+L")
    assert taken.presses == 1
    assert at_desk.window.desk is None
    at_desk.shoot("locked")
    at_desk.type(PASSPHRASE)
    at_desk.press("Return")
    at_desk.until(lambda: at_desk.window.desk is not None, "the case open again")
    reader = at_desk.opened()
    at_desk.idle()
    at_desk.shoot("unlocked-again")
    at_desk.until(lambda: reader.view.page == 9, "the same page")
    assert reader.view.place() == place
    comment = reader.inspector.mark.comment
    at_desk.until(lambda: comment.toPlainText() == "ask the clerk who", "the half-typed note")
    assert comment.isVisible()


def test_a_follow_up_is_written_in_one_line(at_desk: Reporter) -> None:
    at_desk.press("Ctrl+6")
    screen = at_desk.screen(FollowUpsScreen)
    at_desk.idle()
    at_desk.press("Ctrl+N")
    at_desk.type("call HERON tomorrow")
    assert not screen.quick.chip.isHidden()
    at_desk.press("Return")
    at_desk.idle()
    at_desk.shoot("follow-ups")
    (followup,) = followups.listing(case_of(at_desk))
    tomorrow = date.today() + timedelta(days=1)  # noqa: DTZ011 - the reporter's own day
    assert (followup.text, followup.due) == ("call HERON", tomorrow.isoformat())


def test_a_bundle_is_made_and_verified(
    at_desk: Reporter, reading: ReadingDesk, tmp_path: Path
) -> None:
    at_desk.press("Q")
    at_desk.until(lambda: reading.inspector.form is reading.inspector.quote, "the form for a quote")
    at_desk.press("Return")
    at_desk.idle()
    at_desk.press("Ctrl+7")
    screen = at_desk.screen(BundlesScreen)
    at_desk.idle()
    at_desk.press("Ctrl+N")
    at_desk.idle()
    at_desk.shoot("bundle-sheet")
    out = tmp_path / "for the editor"
    screen.sheet.place.path.setText(str(out))
    at_desk.until(screen.sheet.make.isEnabled, "what goes in worked out")
    at_desk.click(screen.sheet.make)
    at_desk.until((out / "index.html").exists, "the bundle written")
    at_desk.idle()
    at_desk.shoot("bundle-made")
    report = verify_bundle(out)
    assert report.ok, report.problems
    assert PHRASE in (out / "index.html").read_text("utf-8")


def test_closing_in_the_middle_of_a_note_loses_nothing(
    at_desk: Reporter, folder: Path, reading: ReadingDesk
) -> None:
    from casefile.security.kdf import CHEAP
    from casefile.ui.doorkeeper import Doorkeeper
    from casefile.ui.main_window import MainWindow
    from casefile.ui.preferences import PreferenceFile

    begin_comment(at_desk, reading)
    at_desk.type("half a thou")
    at_desk.window.close()
    assert not [
        w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()
    ]
    window = MainWindow(PreferenceFile(folder.parent / "other.json"), Doorkeeper(cost=CHEAP))
    window.show()
    again = Reporter(window)
    again.breathe()
    try:
        again.unlock(folder, PASSPHRASE)
        reader = again.opened()
        comment = reader.inspector.mark.comment
        again.until(lambda: comment.toPlainText() == "half a thou", "the half-typed note")
        again.until(lambda: reader.view.page == 9, "the same page")
    finally:
        window.close()
        window.deleteLater()


def test_an_attachment_and_its_mail_can_be_read(at_desk: Reporter, tmp_path: Path) -> None:
    from tests.services.material import mail_bytes

    mail = tmp_path / "in" / "letter.eml"
    mail.parent.mkdir()
    mail.write_bytes(mail_bytes("Figures", attachments=[("a.pdf", pdf_bytes(["The waiver"]))]))
    at_desk.bring_in([mail])
    at_desk.press("Ctrl+2")
    at_desk.idle()
    at_desk.shoot("documents")
    assert len(documents.listing(case_of(at_desk))) == 2
    reader = at_desk.open_hit("waiver")
    assert reader.document.document.title == "a.pdf"
