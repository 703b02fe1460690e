"""Opening documents: sealed, plain, damaged, labelled, outlined; forked or started one by one."""

from __future__ import annotations

import io
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.domain.documents import PageState
from casefile.domain.errors import UserError
from casefile.pdf.values import OutlineItem, PlainFile, WorkerFailed
from casefile.pdf.workers import PdfWorkers
from casefile.security.cipher import Sealed, seal
from tests.pdf import making, tricky

KEY = bytes(range(32))


def put(folder: Path, data: bytes, name: str = "a.pdf") -> PlainFile:
    path = folder / name
    path.write_bytes(data)
    return PlainFile(path)


def sealed(folder: Path, data: bytes) -> Sealed:
    path = folder / "sealed"
    with path.open("wb") as out:
        seal(io.BytesIO(data), len(data), KEY, "doc-1", out)
    return Sealed(path, KEY, "doc-1")


@pytest.fixture(params=["forked", "spare"])
def both(request: pytest.FixtureRequest) -> Iterator[PdfWorkers]:
    """Both ways of starting workers, the second as on systems that cannot fork."""
    with PdfWorkers(forking=request.param == "forked") as made:
        yield made


def test_both_ways_read_a_sealed_document(both: PdfWorkers, tmp_path: Path) -> None:
    source = sealed(tmp_path, making.pages([f"Sheet {n}" for n in range(1, 41)]))
    with both.open(source) as session:
        assert session.facts().pages == 40
        texts = [page.text for page in session.extract(1, 40)]
        assert texts == [f"Sheet {n}" for n in range(1, 41)]
        assert session.render(40, 0.3).width == 184


def test_both_ways_say_what_protects(both: PdfWorkers) -> None:
    walls = {wall.name: wall for wall in both.protections()}
    assert set(walls) == {"process", "memory", "files", "calls"}
    assert both.engine().startswith("1 mupdf ")


def test_both_ways_survive_a_death(both: PdfWorkers, tmp_path: Path) -> None:
    with both.open(put(tmp_path, making.pages(["one"]))) as session:
        channel = session._asker.live()
        channel._process.kill()
        assert session.text(1).text == "one"


def test_no_two_documents_meet_in_one_process(both: PdfWorkers, tmp_path: Path) -> None:
    source = put(tmp_path, making.pages(["one"]))
    with both.open(source) as first, both.open(source) as second:
        assert first._asker.live()._process is not second._asker.live()._process
        assert first.text(1) == second.text(1)


def test_a_large_sealed_document(workers: PdfWorkers, tmp_path: Path) -> None:
    """Several segments, and more than any pipe holds."""
    noise = making.stream(os.urandom(5_000_000))
    source = sealed(tmp_path, making.one_page(making.lines("in front"), more=[noise]))
    with workers.open(source) as session:
        assert session.text(1).text == "in front"


@pytest.mark.parametrize("damage", ["altered", "cut", "lengthened", "not_sealed"])
def test_damage_is_found_while_reading(workers: PdfWorkers, tmp_path: Path, damage: str) -> None:
    source = sealed(tmp_path, making.pages(["x"] * 3000))
    data = bytearray(source.path.read_bytes())
    if damage == "altered":
        data[len(data) // 2] ^= 1
    elif damage == "cut":
        del data[-5000:]
    elif damage == "lengthened":
        data += bytes(5000)
    else:
        data[:8] = b"notaseal"
    source.path.write_bytes(data)
    with pytest.raises(UserError) as refused:
        workers.open(source)
    assert refused.value.code == "document.damaged"
    assert refused.value.values["reason"]


def test_the_wrong_key_is_damage(workers: PdfWorkers, tmp_path: Path) -> None:
    source = sealed(tmp_path, making.pages(["x"]))
    for wrong in (Sealed(source.path, bytes(32), "doc-1"), Sealed(source.path, KEY, "doc-2")):
        with pytest.raises(UserError) as refused:
            workers.open(wrong)
        assert refused.value.code == "document.damaged"


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (b"", "pdf", "document.empty"),
        (b"%PDF-1.7\nnothing here", "pdf", "document.damaged_pdf"),
        (making.pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]),
         "pdf", "document.damaged_pdf"),
        (b"some bytes", "msg", "document.unsupported"),
        (b"PK\3\4 but no document", "auto", "document.unsupported"),
    ],
)  # fmt: skip
def test_refusals(workers: PdfWorkers, tmp_path: Path, data: bytes, kind: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        workers.open(put(tmp_path, data), kind=kind)
    assert refused.value.code == code


def test_a_broken_picture_is_refused_when_it_is_drawn(workers: PdfWorkers, tmp_path: Path) -> None:
    source = put(tmp_path, b"\x89PNG\r\n\x1a\nbroken", "a.png")
    with workers.open(source, kind="png") as session, pytest.raises(UserError) as refused:
        b"".join(session.convert())
    assert refused.value.code == "document.damaged_pdf"


def test_a_missing_file_is_the_system_s_error(workers: PdfWorkers, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        workers.open(PlainFile(tmp_path / "absent.pdf"))


def test_labels(workers: PdfWorkers, tmp_path: Path) -> None:
    rules = (
        b"/PageLabels<</Nums[0<</S/r>>2<</S/D/St 5>>4<</S/A/P(App-)>>5<</P(Last)>>6<</S/R/St 9>>"
        b"7<</S/a/St 27>>]>>"
    )
    source = put(tmp_path, making.pages(["x"] * 8, catalog=rules))
    with workers.open(source) as session:
        labels = [page.label for page in session.pages(1, 8)]
    assert labels == ["i", "ii", "5", "6", "App-A", "Last", "IX", "aa"]


def test_no_labels_are_numbers(workers: PdfWorkers, tmp_path: Path) -> None:
    with workers.open(put(tmp_path, making.pages(["x"] * 3))) as session:
        assert [page.label for page in session.pages(1, 3)] == ["1", "2", "3"]


def test_outline_and_title(workers: PdfWorkers, tmp_path: Path) -> None:
    """Nested bookmarks, one that leads nowhere, one that would run a program."""
    data = making.pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R/Outlines 5 0 R>>",
            b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>",
            b"<</Type/Outlines/First 6 0 R/Last 8 0 R/Count 3>>",
            b"<</Title(Part\none)/Parent 5 0 R/Next 8 0 R/First 7 0 R/Last 7 0 R/Dest[3 0 R/Fit]>>",
            b"<</Title(Deeper)/Parent 6 0 R/Dest[4 0 R/XYZ 0 500 null]>>",
            b"<</Title(Run me)/Parent 5 0 R/Prev 6 0 R/A<</S/Launch/F(calc.exe)>>>>",
            b"<</Title(A \\(good\\) title)>>",
        ],
        extra=b"/Info 9 0 R",
    )
    with workers.open(put(tmp_path, data)) as session:
        title, outline = session.facts().title, session.outline()
    assert title == "A (good) title"
    assert outline == (
        OutlineItem(1, "Part one", 1),
        OutlineItem(2, "Deeper", 2, 292.0),
        OutlineItem(1, "Run me", None),
    )


def test_an_endless_outline_ends(workers: PdfWorkers, tmp_path: Path) -> None:
    data = making.pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>",
            b"<</Type/Outlines/First 5 0 R/Last 5 0 R>>",
            b"<</Title(Again)/Parent 4 0 R/Next 5 0 R/First 5 0 R/Dest[3 0 R/Fit]>>",
        ]
    )
    with workers.open(put(tmp_path, data)) as session:
        assert len(session.outline()) <= 5_000


def test_states_of_pages(workers: PdfWorkers, tmp_path: Path) -> None:
    picture = making.stream(
        bytes(range(256)) * 4, b"/Type/XObject/Subtype/Image/Width 32/Height 32"
        b"/BitsPerComponent 8/ColorSpace/DeviceGray",
    )  # fmt: skip
    scan = making.one_page(
        b"q 600 0 0 780 6 6 cm /I Do Q", resources=b"/XObject<</I 6 0 R>>", more=[picture]
    )
    cases = {
        making.one_page(making.lines("words")): PageState.TEXT,
        making.one_page(b""): PageState.BLANK,
        making.one_page(b"1 1 1 rg 0 0 612 792 re f"): PageState.BLANK,
        making.one_page(b"BT /F 12 Tf 72 700 Td (   ) Tj ET"): PageState.BLANK,
        making.one_page(b"0 0 0 rg 100 100 300 200 re f"): PageState.AWAITING_OCR,
        scan: PageState.AWAITING_OCR,
    }
    for number, (data, state) in enumerate(cases.items()):
        with workers.open(put(tmp_path, data, f"{number}.pdf")) as session:
            (page,) = session.extract(1, 1)
            assert page.state is state, data[:300]


def test_a_broken_page_stops_no_other(workers: PdfWorkers, tmp_path: Path) -> None:
    data = making.pages(["one", "two", "three"]).replace(
        b"/MediaBox[0 0 612 792]/Contents 7", b"/MediaBox[0 0 612 792]/Contents(7)", 1
    )
    with workers.open(put(tmp_path, data)) as session:
        pages = list(session.extract(1, 3))
    assert [page.text for page in pages if page.state is PageState.TEXT][-1] == "three"


def test_sessions_end_with_the_workers(tmp_path: Path) -> None:
    workers = PdfWorkers()
    session = workers.open(put(tmp_path, making.pages(["one"])))
    process = session._asker.live()._process
    workers.close()
    assert process.requests == -1
    with pytest.raises(WorkerFailed):
        workers.open(PlainFile(tmp_path / "a.pdf"))
    workers.close()


def test_too_large(workers: PdfWorkers, tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(1024**3 + 1)  # a hole: nothing is written
    with pytest.raises(UserError) as refused:
        workers.open(PlainFile(path))
    assert refused.value.code == "document.too_large"


def test_where_no_pipes_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A temporary folder that cannot be written: workers are started one by one instead."""
    source = put(tmp_path, making.pages(["one"]))
    with PdfWorkers(forking=True) as workers:
        monkeypatch.setattr(os, "mkfifo", refuse)
        with workers.open(source) as session:
            assert session.text(1).text == "one"
        assert workers.protections()[0].note == "fresh for each document"
    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with PdfWorkers(forking=True) as workers, workers.open(source) as session:
        assert session.text(1).text == "one"


def refuse(*_: object, **__: object) -> None:
    raise PermissionError("read-only")


@pytest.mark.skipif(sys.platform != "linux", reason="template and pidfds are Linux's")
def test_nothing_survives_a_killed_program(tmp_path: Path) -> None:
    """kill -9 of the program: template and workers end by themselves, a busy one too."""
    put(tmp_path, making.pages(["one"] * 5))
    code = (
        f"import sys; sys.path.insert(0, {str(tricky.ROOT)!r})\n"
        "from pathlib import Path\n"
        "from casefile.pdf.values import PlainFile\n"
        "from casefile.pdf.workers import PdfWorkers\n"
        "from tests.pdf import tricky\n"
        "import threading\n"
        "workers = PdfWorkers(forking=True, command=tricky.command())\n"
        "session = workers.open(PlainFile(Path(sys.argv[1])))\n"
        "threading.Thread(target=session.render, args=(3, 1.0)).start()\n"
        "print('ready', flush=True)\n"
        "input()\n"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "a.pdf")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert program.stdin is not None
    assert program.stdout is not None
    assert program.stdout.readline() == b"ready\n"
    (template,) = children(program.pid)
    (worker,) = children(template)
    handles = [os.pidfd_open(pid) for pid in (template, worker)]
    program.kill()
    program.wait()
    for pipe in (program.stdin, program.stdout):
        pipe.close()
    for handle in handles:
        assert select.select([handle], [], [], 10)[0]
        os.close(handle)


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_nothing_is_left_on_disk(tmp_path: Path) -> None:
    with PdfWorkers(forking=True) as workers:
        folder = Path(workers._source._folder)  # type: ignore[union-attr]
        assert folder.stat().st_mode & 0o777 == 0o700
        with workers.open(put(tmp_path, making.pages(["one"]))):
            assert list(folder.iterdir()) == []  # the pipes have no names any more
    assert not folder.exists()
