"""A bundle holds what it should, is a bag that others validate, and leaves the case as it was."""

from __future__ import annotations

import csv
import hashlib
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import bagit
import pymupdf
import pytest

from casefile.domain.errors import Cancelled, UserError
from casefile.domain.progress import JobContext
from casefile.pdf.values import WorkerFailed
from casefile.services import annotating, documents, quoting, sources, today
from casefile.services.case import Case
from casefile.services.leaving import log
from casefile.services.leaving.bundle import export_bundle, preview
from casefile.services.leaving.contents import Recipient
from casefile.services.leaving.verifying import verify_bundle

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAMES = (b"Brandt", b"Adela", b"adela.brandt", b"555 0142")


def ids(case: Case) -> dict[str, str]:
    return {row.document.title: row.document.id for row in documents.listing(case)}


def everything(root: Path) -> bytes:
    """Every byte of a bundle, the text and annotations of its PDFs included."""
    found = []
    for path in sorted(root.rglob("*")):
        found.append(path.name.encode())
        if path.is_file():
            found.append(path.read_bytes())
        if path.suffix == ".pdf":
            with pymupdf.open(path) as pdf:
                found.append(repr(pdf.metadata).encode())
                for page in pdf:
                    found.append(page.get_text().encode())
                    found += [repr(annotation.info).encode() for annotation in page.annots()]
    return b"\n".join(found)


def test_a_bundle_is_a_bag_that_others_validate(sample: Case, outside: Path) -> None:
    report = export_bundle(sample, outside / "b", now=NOON)
    assert bagit.Bag(str(report.path)).validate()
    checked = verify_bundle(report.path)
    assert checked.ok
    assert checked.files == report.files == len([p for p in report.path.rglob("*") if p.is_file()])
    assert checked.fingerprint == report.fingerprint
    info = bagit.Bag(str(report.path)).info
    assert info["Bagging-Date"] == "2026-11-22"
    assert report.leak_check == "not run"


def test_marks_are_annotations_in_the_right_place(sample: Case, outside: Path) -> None:
    report = export_bundle(sample, outside / "b")
    (path,) = report.path.glob("data/documents/*release*")
    marks = annotating.listing(sample, ids(sample)["BER release 1"])
    written = []
    with pymupdf.open(path) as pdf:
        for page in pdf:
            written += [
                (page.number + 1, each.type[1], each.info, each.vertices) for each in page.annots()
            ]
    assert len(written) == len(marks)
    first = next(mark for mark in marks if mark.page == 1)
    number, kind, info, corners = written[0]
    assert (number, kind) == (1, "Highlight")
    assert info["content"] == first.comment
    assert info["title"] == ""
    for at, quad in enumerate(first.quads):
        drawn = pymupdf.Quad(corners[at * 4 : at * 4 + 4]).rect
        assert abs(drawn.y0 - quad.box.y0) < 2
        assert abs(drawn.x1 - quad.box.x1) < 2
    (box,) = [info for n, kind, info, _ in written if n == 6 and kind == "Square"]
    assert box["content"].startswith("[(b)(5)]")


def test_an_author_stands_on_the_marks_only_if_wanted(sample: Case, outside: Path) -> None:
    export_bundle(sample, outside / "b", author="Mira Reyes")
    assert b"Mira Reyes" in everything(outside / "b")
    export_bundle(sample, outside / "c")
    assert b"Mira Reyes" not in everything(outside / "c")


def test_nothing_in_it_names_a_confidential_source(sample: Case, outside: Path) -> None:
    release = ids(sample)["BER release 1"]
    annotating.find_and_mark(
        sample, release, 2, "number", nth=1, comment="adela   brandt says so; ask Brandt, 555 0142"
    )
    documents.rename(sample, ids(sample)["Register of orders, week 39"], "For A. Brandt")
    report = export_bundle(sample, outside / "b")
    found = everything(report.path)
    for name in NAMES:
        assert name not in found
    assert b"HERON says so; ask HERON" in found
    assert b"For HERON" in found
    left = {each.reason: each.count for each in report.left_out}
    assert left["names_replaced"] == 1
    assert left["titles_replaced"] == 1


def test_what_a_confidential_source_gave_stays_behind(sample: Case, outside: Path) -> None:
    draft = documents.get(sample, ids(sample)["Draft assessment"])
    quoting.add_from_find(sample, draft.id, 1, "forty-one in forty-two", source_id=None)
    report = export_bundle(sample, outside / "b")
    found = everything(report.path)
    assert draft.sha256.encode() not in found
    assert b"Draft assessment" not in found
    assert b"forty-one in forty-two" not in found
    assert report.documents == 3
    left = {each.reason: each.count for each in report.left_out}
    assert left["protected_documents"] == 1
    assert left["protected_quotes"] == 1
    with pytest.raises(UserError, match=r"export\.nothing"):
        export_bundle(sample, outside / "c", document_ids=[draft.id])


def test_quotes_that_must_not_leave_stay_behind(sample: Case, outside: Path) -> None:
    embargoed = quoting.add_from_conversation(sample, "not before the vote").ids("quote")[0]
    quoting.edit(sample, embargoed, embargo_until="2026-11-23T09:00:00+00:00")
    lifted = quoting.add_from_conversation(sample, "after the vote").ids("quote")[0]
    quoting.edit(sample, lifted, embargo_until="2026-11-22T11:59:00+00:00")
    named = quoting.add_from_conversation(sample, "Brandt told me").ids("quote")[0]
    report = export_bundle(sample, outside / "b", now=NOON)
    found = everything(report.path)
    assert b"Ask who signed the order" not in found
    assert b"not before the vote" not in found
    assert b"after the vote" in found
    assert named.encode() not in found
    left = {each.reason: each.count for each in report.left_out}
    assert left["off_record_quotes"] == 1
    assert left["embargoed_quotes"] == 1
    assert left["protected_quotes"] == 1


def test_a_mark_of_a_quote_that_stays_behind_stays_too(sample: Case, outside: Path) -> None:
    release = ids(sample)["BER release 1"]
    heron = next(s.id for s in sources.listing(sample) if s.code_name == "HERON")
    words = "the conversation at the window does not change"
    mark = annotating.find_and_mark(
        sample, release, 1, words, comment="barred words"
    ).ids("annotation")[0]  # fmt: skip
    other = annotating.find_and_mark(
        sample, release, 1, "one room with a network drop", comment="said by somebody"
    ).ids("annotation")[0]  # fmt: skip
    barred = quoting.add_from_annotation(sample, mark, source_id=heron).ids("quote")[0]
    quoting.add_from_annotation(sample, other, source_id=heron)
    from casefile.domain.people import Terms

    quoting.edit(sample, barred, terms=Terms.OFF_RECORD)
    report = export_bundle(sample, outside / "b")
    found = everything(report.path)
    assert b"barred words" not in found
    assert b"said by somebody" not in found
    assert {each.reason for each in report.left_out} >= {"comments", "off_record_quotes"}


def test_the_quotes_are_in_the_table(sample: Case, outside: Path) -> None:
    report = export_bundle(sample, outside / "b")
    with (report.path / "data/quotes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    speakers = {row["speaker"] for row in rows}
    assert "HERON" in speakers
    assert "Grant Leclair" in speakers
    sentence = next(row for row in rows if row["text"].startswith("We can run every face"))
    assert sentence["page"] == "1"
    assert sentence["page_label"] == "BER-000001"
    assert sentence["state"] == "verified"
    assert (report.path / sentence["file"]).is_file()


@pytest.mark.parametrize("recipient", [Recipient.PUBLICATION, Recipient.OTHER_SIDE])
def test_who_needs_the_leak_check_gets_nothing(
    sample: Case, outside: Path, recipient: Recipient
) -> None:
    with pytest.raises(UserError, match=r"export\.refused"):
        export_bundle(sample, outside / "b", recipient=recipient)
    with pytest.raises(UserError, match=r"export\.refused"):
        preview(sample, None, recipient)
    assert list(outside.iterdir()) == []


def test_some_documents_bring_their_own_quotes_only(sample: Case, outside: Path) -> None:
    release = documents.get(sample, ids(sample)["BER release 1"])
    report = export_bundle(sample, outside / "b", document_ids=[release.sha256])
    found = everything(report.path)
    assert report.documents == 1
    assert b"We regret any inconvenience" not in found
    assert b"We can run every face" in found
    with pytest.raises(UserError, match=r"export\.unknown_document"):
        export_bundle(sample, outside / "c", document_ids=["0" * 16])


def test_the_preview_tells_the_same(sample: Case, outside: Path) -> None:
    seen = preview(sample, None, Recipient.LAWYER)
    report = export_bundle(sample, outside / "b", recipient=Recipient.LAWYER)
    assert seen.documents == report.documents == 3
    assert seen.pages == 33
    assert seen.left_out == report.left_out


def test_the_case_is_not_changed_but_for_its_log(sample: Case, outside: Path) -> None:
    before = {p.name: hashlib.sha256(p.read_bytes()).digest() for p in sealed(sample)}
    marks, counts = annotating.listing(sample), today.counts(sample)
    export_bundle(sample, outside / "for her", recipient=Recipient.LAWYER)
    assert {p.name: hashlib.sha256(p.read_bytes()).digest() for p in sealed(sample)} == before
    assert annotating.listing(sample) == marks
    assert today.counts(sample) == counts
    (entry,) = log.history(sample)
    assert (entry.recipient, entry.name, entry.documents) == ("lawyer", "for her", 3)


def sealed(case: Case) -> list[Path]:
    return sorted((case.path / "documents").iterdir())


def test_a_zip_is_the_same_bytes_every_time(sample: Case, outside: Path) -> None:
    (outside / "x").mkdir()
    first = export_bundle(sample, outside / "b.zip", zipped=True, now=NOON)
    second = export_bundle(sample, outside / "x" / "b.zip", zipped=True, now=NOON)
    assert first.path.read_bytes() == second.path.read_bytes()
    assert verify_bundle(first.path).ok
    with zipfile.ZipFile(first.path) as archive:
        assert archive.testzip() is None
        assert {name.split("/")[0] for name in archive.namelist()} == {"b"}
    assert sorted(p.name for p in outside.iterdir()) == ["b.zip", "x"]


def test_cancelling_leaves_nothing(sample: Case, outside: Path) -> None:
    def stop(done: int, _total: int, _what: str) -> None:
        if done == 1:
            context.cancel()

    context = JobContext(stop)
    for zipped in (False, True):
        with pytest.raises(Cancelled):
            export_bundle(sample, outside / "b", zipped=zipped, context=context)
    assert list(outside.iterdir()) == []
    assert log.history(sample) == []


def test_a_document_that_cannot_be_copied_is_listed(
    sample: Case, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = ids(sample)["BER release 1"]
    session = type(sample.session(release))
    whole = session.annotated

    def failing(self: object, *arguments: object) -> object:
        if self is sample.session(release):
            raise WorkerFailed("crash", 1)
        return whole(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(session, "annotated", failing)
    zipped = export_bundle(sample, outside / "b.zip", zipped=True)
    assert [each.document_id for each in zipped.failed] == [release]
    assert verify_bundle(zipped.path).ok
    report = export_bundle(sample, outside / "b")
    assert [each.document_id for each in report.failed] == [release]
    assert report.documents == 2
    assert verify_bundle(report.path).ok
    assert b"We can run every face" in everything(report.path)


def test_a_copy_that_breaks_off_spoils_no_zip(
    sample: Case, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = type(sample.session(ids(sample)["BER release 1"]))

    def breaking(*_arguments: object) -> Iterator[bytes]:
        yield b"%PDF-1.7"
        raise WorkerFailed("crash", 1)

    monkeypatch.setattr(session, "annotated", breaking)
    with pytest.raises(WorkerFailed):
        export_bundle(sample, outside / "b.zip", zipped=True)
    assert list(outside.iterdir()) == []
    report = export_bundle(sample, outside / "b")
    assert len(report.failed) == 3
    assert verify_bundle(report.path).ok
    assert not list(report.path.rglob("*.pdf"))


def test_a_bundle_replaces_an_earlier_one(sample: Case, outside: Path) -> None:
    export_bundle(sample, outside / "b")
    with pytest.raises(UserError, match=r"leaving\.exists"):
        export_bundle(sample, outside / "b")
    assert verify_bundle(export_bundle(sample, outside / "b", force=True).path).ok
    assert [p.name for p in outside.iterdir()] == ["b"]
