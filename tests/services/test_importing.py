"""Files come in: every kind, good and bad, once."""

from __future__ import annotations

import contextlib
import ctypes
import io
import mailbox
import os
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.domain.documents import DocumentState, Provenance
from casefile.domain.progress import JobContext
from casefile.services import documents, import_file, requests, searching, sources, trash
from casefile.services.case import Case, Passphrase, open_case
from casefile.services.checking import check_case
from casefile.services.import_values import FileProgress, FileState
from casefile.services.importing import (
    ImportChoices,
    ImportReport,
    import_paths,
    kept_words,
    retry_with_password,
)
from casefile.store import custody
from casefile.store import documents as rows
from tests.services.conftest import PASSPHRASE
from tests.services.material import (
    mail_bytes,
    many_pages,
    pdf_bytes,
    png_bytes,
    refused,
    write_pdf,
)

RELEASED = ImportChoices()


def original(case: Case, document_id: str) -> bytes:
    file = rows.file(case.reader(), document_id, "original")
    assert file is not None
    return b"".join(case.vault.read(file))


def reasons(report: ImportReport) -> dict[str, str]:
    return {failed.path.name: failed.code for failed in report.failed}


def test_a_pdf_is_sealed_read_and_found(case: Case, tmp_path: Path) -> None:
    pages = ["The agency approved a waiver", "", "of the cooling rules"]
    path = write_pdf(tmp_path / "Audit 2023.pdf", pages)
    report = import_paths(case, [path], RELEASED)
    [done] = report.imported
    document = done.document
    assert (done.path, document.title, document.format) == (path, "Audit 2023.pdf", "pdf")
    assert (document.pages, document.pages_with_text, document.pages_awaiting_ocr) == (3, 2, 0)
    assert (document.state, document.provenance) == (DocumentState.READY, Provenance.RELEASED)
    assert not document.has_rendition
    assert report.originals_left_in == [tmp_path]
    assert original(case, document.id) == path.read_bytes()
    [hit] = searching.search_case(case, "approved waiver").hits
    assert (hit.document_id, hit.page) == (document.id, 1)
    assert [p.text for p in documents.page_texts(case, document.id)] == pages
    assert check_case(case).ok
    assert [e.event for e in custody.listing(case.reader())] == ["document.imported", "case.made"]


def test_nothing_of_it_lies_on_the_disk_in_the_clear(case: Case, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "Audit.pdf", ["The agency approved a waiver"])
    import_paths(case, [path], RELEASED)
    case.close()
    for file in case.path.rglob("*"):
        if file.is_file():
            assert b"waiver" not in file.read_bytes()
            assert b"Audit" not in file.read_bytes()


def test_what_is_not_a_pdf_gets_its_rendition_beside_the_original(
    case: Case, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/notes.txt").write_text("nobody wrote it down\n")
    (tmp_path / "in/page.html").write_text("<html><body><p>The vendor pitched</p></body></html>")
    (tmp_path / "in/scan.png").write_bytes(png_bytes())
    report = import_paths(case, [tmp_path / "in"], RELEASED)
    found = {d.path.name: d.document for d in report.imported}
    assert {n: d.format for n, d in found.items()} == {
        "notes.txt": "txt", "page.html": "html", "scan.png": "png"
    }  # fmt: skip
    assert all(d.has_rendition and d.pages == 1 for d in found.values())
    assert found["scan.png"].pages_awaiting_ocr == 1
    assert searching.not_searched(case)[0].title == "scan.png"
    assert original(case, found["notes.txt"].id) == b"nobody wrote it down\n"
    assert rows.engine(case.reader(), found["notes.txt"].id)
    assert searching.search_case(case, '"nobody wrote"').total == 1
    assert case.session(found["scan.png"].id).facts().pages == 1


def test_mail_brings_its_attachments_along(case: Case, tmp_path: Path) -> None:
    inner = mail_bytes("The inner one", "deep down", [("deep.txt", b"deepest words")])
    attachments = [
        ("memo.pdf", pdf_bytes(["attached memo"])),
        ("inner.eml", inner),
        ("broken.pdf", b"%PDF-1.7\nnothing"),
        ("tool.exe", b"MZ\x90\0" + bytes(range(256))),
    ]
    path = tmp_path / "message.eml"
    path.write_bytes(mail_bytes("Re: face recognition", attachments=attachments))
    report = import_paths(case, [path], RELEASED)
    found = {d.document.title: d.document for d in report.all_in}
    assert set(found) == {
        "Re: face recognition", "memo.pdf", "The inner one", "deep.txt", "broken.pdf", "tool.exe"
    }  # fmt: skip
    message = found["Re: face recognition"]
    assert message.file_name == "message.eml"
    assert [c.title for c in documents.children(case, message.id)] == [
        "memo.pdf", "The inner one", "broken.pdf", "tool.exe"
    ]  # fmt: skip
    assert found["deep.txt"].parent_id == found["The inner one"].id
    assert {d.document.title: d.document.kept_reason for d in report.kept} == {
        "broken.pdf": "kept.damaged", "tool.exe": "kept.unsupported"
    }  # fmt: skip
    assert original(case, found["memo.pdf"].id) == attachments[0][1]
    facts = rows.facts(case.reader(), message.id)
    assert facts["mail"]["From"] == "clerk@agency.example"
    assert searching.search_case(case, "deepest").total == 1
    assert check_case(case).ok


def test_a_mailbox_becomes_its_messages(case: Case, tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box.mbox")
    for n in range(3):
        box.add(mail_bytes(f"Message {n}", f"words{n}"))
    box.close()
    report = import_paths(case, [tmp_path / "box.mbox"], RELEASED)
    titles = [d.document.title for d in report.imported]
    assert titles == ["box.mbox", "Message 0", "Message 1", "Message 2"]
    assert {d.document.parent_id for d in report.imported[1:]} == {report.imported[0].document.id}


def test_bad_files_are_listed_and_never_stop_the_others(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    good = [write_pdf(folder / f"good{n}.pdf", [f"page of {n}"]) for n in range(3)]
    (folder / "empty.pdf").touch()
    (folder / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    (folder / "mail.pst").write_bytes(b"!BDN" + bytes(500))
    (folder / "link.pdf").symlink_to(good[0])
    os.mkfifo(folder / "pipe.pdf")
    report = import_paths(case, [folder, tmp_path / "absent.pdf"], RELEASED)
    assert sorted(d.path for d in report.imported) == good
    assert reasons(report) == {
        "empty.pdf": "document.empty",
        "cut.pdf": "document.damaged_pdf",
        "link.pdf": "import.link",
        "pipe.pdf": "import.not_a_file",
        "absent.pdf": "import.missing",
    }
    assert all(failed.reason for failed in report.failed)
    [kept] = report.kept
    assert (kept.document.title, kept.document.kept_reason) == ("mail.pst", "kept.unsupported")
    assert kept_words(kept.document.kept_reason)
    assert kept_words(None) == ""
    with refused("document.kept"):
        case.session(kept.document.id)
    assert original(case, kept.document.id) == (folder / "mail.pst").read_bytes()
    assert check_case(case).ok


def test_folders_come_in_whole_hidden_files_too(case: Case, tmp_path: Path) -> None:
    top = tmp_path / "in"
    for name in ("a.pdf", ".hidden.pdf", "sub/b.pdf", "sub/.deep/c.pdf"):
        write_pdf(top / name, [name])
    (top / "loop").symlink_to(top)
    report = import_paths(case, [top, top / "a.pdf", top / "sub/../a.pdf"], RELEASED)
    assert sorted(str(d.path.relative_to(top)) for d in report.imported) == [
        ".hidden.pdf", "a.pdf", "sub/.deep/c.pdf", "sub/b.pdf"
    ]  # fmt: skip
    assert report.duplicates == []
    assert reasons(report) == {"loop": "import.link"}
    assert report.originals_left_in == [top]


def test_the_case_is_not_imported_into_itself(case: Case) -> None:
    report = import_paths(case, [case.path.parent], RELEASED)
    assert reasons(report) == {"case": "import.case_folder"}
    assert report.all_in == []


def test_equal_content_comes_in_once_and_says_where_the_first_is(
    case: Case, tmp_path: Path
) -> None:
    first = write_pdf(tmp_path / "in/first.pdf", many_pages(40))
    for n in range(5):
        (tmp_path / f"in/copy{n}.pdf").write_bytes(first.read_bytes())
    report = import_paths(case, [tmp_path / "in"], RELEASED)
    [only] = report.imported
    assert len(report.duplicates) == 5
    assert {d.document_id for d in report.duplicates} == {only.document.id}
    again = import_paths(case, [first], RELEASED)
    assert again.imported == []
    assert again.duplicates[0].title == only.document.title
    documents.delete(case, [only.document.id])
    assert len(import_paths(case, [first], RELEASED).imported) == 1, "the trash does not count"


def test_a_password_is_asked_for_and_remembered(case: Case, corpus: Path, tmp_path: Path) -> None:
    path = corpus / "robust/synthetic/enc_aes256_user.pdf"
    report = import_paths(case, [path], RELEASED)
    assert reasons(report) == {path.name: "document.needs_password"}
    report = import_paths(case, [path], ImportChoices(passwords=("nope", "neither")))
    assert reasons(report) == {path.name: "document.wrong_password"}
    report = retry_with_password(case, path, "user", ImportChoices(passwords=("nope",)))
    [done] = report.imported
    assert done.document.pages_with_text == 1
    assert case.session(done.document.id).facts().pages == 1
    assert "user" not in repr(ImportChoices(passwords=("user",)))


def test_choices_are_kept_with_every_document(case: Case, tmp_path: Path) -> None:
    source_id = sources.add(case, name="Ann Example", confidential=True).ids("source")[0]
    request_id = requests.add(case, agency="EPA R9", tracking_number="2291").ids("request")[0]
    choices = ImportChoices(Provenance.GIVEN, source_id, request_id)
    path = tmp_path / "m.eml"
    path.write_bytes(mail_bytes("From her", attachments=[("a.txt", b"words")]))
    report = import_paths(case, [path], choices)
    assert len(report.imported) == 2
    for done in report.imported:
        assert done.document.provenance == Provenance.GIVEN
        assert (done.document.source_id, done.document.request_id) == (source_id, request_id)
        assert sources.protected(case, done.document.id)
    with refused("source.not_found"):
        import_paths(case, [path], ImportChoices(source_id="0" * 16))
    with refused("request.not_found"):
        import_paths(case, [path], ImportChoices(request_id="0" * 16))


def test_every_file_tells_how_far_it_is(case: Case, tmp_path: Path) -> None:
    news: list[FileProgress] = []
    path = write_pdf(tmp_path / "in/a.pdf", many_pages(60))
    (tmp_path / "in/b.pdf").write_bytes(path.read_bytes())
    (tmp_path / "in/c.pdf").touch()
    (tmp_path / "in/d.pst").write_bytes(b"!BDN" + bytes(9))
    totals: list[tuple[int, int]] = []
    context = JobContext(lambda done, total, _what: totals.append((done, total)))
    import_paths(case, [tmp_path / "in"], RELEASED, context, news.append)
    last = {each.path.name: each for each in news}
    states = {name: each.state for name, each in last.items()}
    assert {states.pop("a.pdf"), states.pop("b.pdf")} == {FileState.DONE, FileState.DUPLICATE}
    assert states == {"c.pdf": FileState.FAILED, "d.pst": FileState.KEPT}
    assert all(each.reason for each in last.values() if each.state != FileState.DONE)
    counts = [each.done for each in news if each.state == FileState.READING and each.total == 60]
    assert counts == sorted(counts)
    assert counts[-1] == 60
    assert sorted(totals) == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_cancelling_keeps_what_is_in_and_importing_again_finishes(
    case: Case, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    write_pdf(folder / "a.pdf", ["first"])
    write_pdf(folder / "b.pdf", many_pages(400))
    write_pdf(folder / "c.pdf", many_pages(1500, "third"))
    context, is_in = JobContext(), set[str]()

    def stop(news: FileProgress) -> None:
        """As soon as one file is in and another, which may be either, is being read."""
        if news.state is FileState.DONE:
            is_in.add(news.path.name)
        elif "a.pdf" in is_in and news.done > 20:
            context.cancel()

    report = import_paths(case, [folder], RELEASED, context, stop)
    assert report.cancelled
    kept = {d.path.name for d in report.imported}
    assert {"a.pdf"} <= kept <= {"a.pdf", "b.pdf"}
    assert report.failed == []
    assert len(documents.listing(case)) == len(kept)
    assert searching.search_case(case, "third").total == 0
    assert check_case(case).ok
    again = import_paths(case, [folder], RELEASED)
    assert {d.path.name for d in again.imported} == {"a.pdf", "b.pdf", "c.pdf"} - kept
    assert len(again.duplicates) == len(kept)
    assert check_case(case).ok
    assert rows.incomplete(case.reader()) == []


def test_a_document_that_takes_its_time_is_cancelled_at_once(case: Case, tmp_path: Path) -> None:
    """Millions of words take a minute to be laid out; cancelling ends the process that does it
    instead of waiting for it."""
    context = JobContext()
    timer = threading.Timer(1.0, context.cancel)

    def start(news: FileProgress) -> None:
        if news.state is FileState.READING and not timer.is_alive():
            timer.start()

    began = time.monotonic()
    long = tmp_path / "long.txt"
    long.write_text("words and more of them\n" * 900_000, "utf-8")
    report = import_paths(case, [long], RELEASED, context, start)
    assert (report.cancelled, report.all_in, report.failed) == (True, [], [])
    assert time.monotonic() - began < 10, "laying it out takes a minute"
    timer.join()


def test_what_a_cancelled_import_left_is_gone_after_opening(case: Case, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", many_pages(300))
    context = JobContext()

    def stop(news: FileProgress) -> None:
        if news.done:
            context.cancel()

    import_paths(case, [path], RELEASED, context, stop)
    case.close()
    with open_case(case.path, Passphrase(PASSPHRASE)) as again:
        assert rows.incomplete(again.reader()) == []
        assert list(again.folder.documents.iterdir()) == []
        assert check_case(again).ok


def test_names_that_are_hard_to_show_come_in(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    names = ["tab\there.pdf", "\u202egnp.pdf", "été \U0001f4c4.pdf"]
    for name in names:
        write_pdf(folder / name, [name])
    (folder / "bad\udcff.pdf").write_bytes(pdf_bytes(["bytes that are no text"]))
    report = import_paths(case, [folder], RELEASED)
    assert report.failed == []
    assert {d.document.title for d in report.imported} == {*names, "bad?.pdf"}


def test_a_container_that_is_none_of_ours_is_kept(case: Case, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "words")
    (tmp_path / "a.zip").write_bytes(packed.getvalue())
    report = import_paths(case, [tmp_path / "a.zip"], RELEASED)
    assert [d.document.format for d in report.kept] == ["zip"]


@pytest.mark.parametrize("looks", [1, 5], ids=["longer while hashed", "altered while sealed"])
def test_a_file_that_changes_while_it_is_read_stays_out(
    case: Case, tmp_path: Path, looks: int
) -> None:
    path = tmp_path / "mail.pst"
    path.write_bytes(b"!BDN" + bytes(3 << 20))

    class Meddler(JobContext):
        """Changes the file when the import has looked ``looks`` times whether to go on."""

        def check(self) -> None:
            nonlocal looks
            super().check()
            looks -= 1
            if looks == 0:
                with path.open("r+b") as file:
                    file.seek(0, 2) if at_end else file.seek(2 << 20)
                    file.write(b"more")

    at_end = looks == 1
    report = import_paths(case, [path], RELEASED, Meddler())
    assert reasons(report) == {"mail.pst": "document.changed_while_read"}
    assert documents.listing(case) == []
    assert list(case.folder.documents.iterdir()) == []
    assert check_case(case).ok


def test_too_large_a_document_is_kept_unopened(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_file, "LARGEST_SHOWN", 1000)
    path = write_pdf(tmp_path / "a.pdf", many_pages(3))
    report = import_paths(case, [path], RELEASED)
    assert [d.document.kept_reason for d in report.kept] == ["kept.too_large"]
    kept = report.kept[0].document.id
    assert original(case, kept) == path.read_bytes()
    assert [d.document_id for d in import_paths(case, [path], RELEASED).duplicates] == [kept]
    assert len(rows.all_files(case.reader())) == 1
    monkeypatch.undo()
    [read] = import_paths(case, [path], RELEASED).imported
    assert read.document.pages == 3
    assert [row.document.id for row in documents.listing(case)] == [read.document.id]
    assert [item.id for item in trash.listing(case)] == [kept], "the unread copy gives way"


def test_mail_in_mail_ends_somewhere(case: Case, tmp_path: Path) -> None:
    mail = mail_bytes("Innermost", attachments=[("words.txt", b"words")])
    for n in range(import_file.DEEPEST + 2):
        mail = mail_bytes(f"Level {n}", attachments=[("inner.eml", mail)])
    (tmp_path / "m.eml").write_bytes(mail)
    report = import_paths(case, [tmp_path / "m.eml"], RELEASED)
    assert len(report.imported) == import_file.DEEPEST + 1
    assert report.failed == report.kept == []


def test_one_file_that_finds_a_mistake_of_ours_stops_no_other(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = write_pdf(tmp_path / "in/bad.pdf", ["bad"])
    write_pdf(tmp_path / "in/good.pdf", ["good"])
    run = import_file.FileImport.run

    def broken(self: import_file.FileImport, path: Path) -> import_file.FileOutcome:
        if path == bad:
            raise ZeroDivisionError
        return run(self, path)

    monkeypatch.setattr(import_file.FileImport, "run", broken)
    report = import_paths(case, [tmp_path / "in"], RELEASED)
    assert reasons(report) == {"bad.pdf": "import.unexpected"}
    assert [d.path.name for d in report.imported] == ["good.pdf"]
    assert [type(error) for error in report.unexpected] == [ZeroDivisionError]


def test_a_name_that_no_disk_takes_is_listed(case: Case, tmp_path: Path) -> None:
    report = import_paths(case, [tmp_path / ("x" * 300)], RELEASED)
    assert [failed.code for failed in report.failed] == ["import.unreadable"]


def test_a_case_that_cannot_be_written_takes_nothing(case: Case, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", ["x"])
    with (
        open_case(case.path, Passphrase(PASSPHRASE), writing=False) as reading,
        refused("case.read_only"),
    ):
        import_paths(reading, [path], RELEASED)


@contextlib.contextmanager
def without_roots_rights() -> Iterator[None]:
    """Root reads everything; as far as files go, this thread and those it starts are somebody else
    for a while (``setfsuid`` counts for one thread)."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None)
    libc.setfsuid(65534)
    try:
        yield
    finally:
        libc.setfsuid(0)


def test_a_file_that_may_not_be_read_is_listed(case: Case, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", ["x"])
    path.chmod(0)
    trash.listing(case)  # opens this thread's view of the store while it may
    with without_roots_rights():
        report = import_paths(case, [path], RELEASED)
    assert reasons(report) == {"a.pdf": "import.unreadable"}


def test_the_whole_corpus_comes_in_without_a_hitch(case: Case, corpus: Path) -> None:
    """Real releases, hostile and broken files, mail and office files (the bomb that fills memory
    has its own test in the PDF layer)."""
    bomb = "flate_bomb_content_1GiB.pdf"
    paths = sorted(p for p in corpus.rglob("*") if p.is_file() and p.name != bomb)
    report = import_paths(case, paths, ImportChoices(passwords=("user",)))
    assert reasons(report) == {}
    top = [d for d in report.all_in if d.document.parent_id is None]
    assert len(top) + len(report.duplicates) == len(paths)
    assert {d.path.suffix for d in report.kept} <= {".msg", ".pst"}
    assert check_case(case).ok
