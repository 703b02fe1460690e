"""Marks put on words lie on the same words in the exported PDF, drawn by another program.

Documents are imported, marked and exported as a reporter does it. poppler draws every marked page
twice, as it came and as it left: what differs between the two pictures is the mark. It must lie
where the words are, and the ink under it must be the ink that our own view shows there.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from casefile.domain.annotations import AnnotationKind
from casefile.domain.geometry import Box, Quad
from casefile.pdf.quads import join
from casefile.security.kdf import CHEAP
from casefile.services import annotating, reading
from casefile.services.annotating import MarkPart
from casefile.services.case import Case, create_case
from casefile.services.importing import ImportChoices, import_paths
from casefile.services.leaving.bundle import export_bundle
from tests.pdf import making

kinds = AnnotationKind
KINDS = (kinds.HIGHLIGHT, kinds.UNDERLINE, kinds.STRIKEOUT, kinds.BOX, kinds.INK, kinds.NOTE)
DPI = 96
MOST_PIXELS = 2_500_000
DARK = 330
#: How many documents of the corpus can be shown as pages.
READABLE = 38


@dataclass
class Marked:
    """A page with one mark of each kind; ``unit`` is its UserUnit, which poppler ignores."""

    document: str
    path: Path
    page: int
    unit: float
    places: list[tuple[AnnotationKind, Quad]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.path.name}, page {self.page}"


@dataclass
class Picture:
    width: int
    height: int
    data: bytes

    def row(self, y: int) -> bytes:
        return self.data[3 * y * self.width : 3 * (y + 1) * self.width]

    def dark(self, x: int, y: int) -> bool:
        at = 3 * (y * self.width + x)
        return sum(self.data[at : at + 3]) < DARK


def drawn(path: Path, page: int, dpi: float) -> Picture:
    done = subprocess.run(
        ["pdftoppm", "-r", f"{dpi:.4f}", "-cropbox", "-f", str(page), "-l", str(page), str(path)],
        capture_output=True,
        check=True,
    )
    kind, size, _, data = done.stdout.split(b"\n", 3)
    assert kind == b"P6"
    width, height = map(int, size.split())
    return Picture(width, height, data)


def changed(before: Picture, after: Picture) -> set[tuple[int, int]]:
    assert (before.width, before.height) == (after.width, after.height)
    found = set()
    for y in range(before.height):
        old, new = before.row(y), after.row(y)
        if old != new:
            found.update(
                (x, y)
                for x in range(before.width)
                if old[3 * x : 3 * x + 3] != new[3 * x : 3 * x + 3]
            )
    return found


def words_on(case: Case, document: str, page: int) -> Iterator[Quad]:
    """Words of their own lines, long enough to be looked at and not over each other."""
    lines = reading.text(case, document, page).lines
    taken: list[Box] = []
    for line in lines:
        for start, end in spans(line.text):
            quad = join(line.quads[start:end])
            box = quad.box
            height = abs(quad.ll_y - quad.ul_y) + abs(quad.ll_x - quad.ul_x)
            around = Box(box.x0 - 4, box.y0 - 4, box.x1 + 24, box.y1 + 24)
            if height >= 5 and not any(around.intersects(other) for other in taken):
                taken.append(around)
                yield quad
                break


def spans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for word in text.split():
        at = text.index(word, at)
        if len(word) >= 3 and word.isalnum():
            yield at, at + len(word)
        at += len(word)


def areas_on(case: Case, document: str, page: int) -> Iterator[Quad]:
    """Places of a scan with ink in them, a few lines high."""
    facts = case.session(document).pages(page, page)[0]
    pixels = case.session(document).render(page, 0.5, annots=False)
    for row in range(8):
        for column in range(3):
            box = Box(
                facts.width * (0.15 + 0.25 * column), facts.height * (0.1 + 0.1 * row),
                facts.width * (0.25 + 0.25 * column), facts.height * (0.13 + 0.1 * row),
            )  # fmt: skip
            ink = sum(
                sum(pixels.data[at : at + 3]) < DARK
                for y in range(int(box.y0 / 2), int(box.y1 / 2))
                for x in range(int(box.x0 / 2), int(box.x1 / 2))
                for at in [y * pixels.stride + 3 * x]
            )
            if 6 < ink < 0.5 * box.width * box.height / 4:
                yield box.quad()
                break


def mark_page(case: Case, marked: Marked) -> None:
    found = list(words_on(case, marked.document, marked.page))
    found = found if len(found) >= 2 else list(areas_on(case, marked.document, marked.page))
    for kind, quad in zip(KINDS, found, strict=False):
        marked.places.append((kind, quad))
        part = MarkPart(marked.page, (quad,))
        if kind is kinds.INK:
            stroke = ((quad.ul_x, quad.ul_y), (quad.lr_x, quad.lr_y))
            part = MarkPart(marked.page, (quad,), strokes=(stroke,))
        annotating.add_many(case, marked.document, kind, [part], colour="green")


def within(quad: Quad, x: float, y: float) -> tuple[float, float]:
    """A point as shares of a quad: along its words and down across them."""
    along = (quad.ur_x - quad.ul_x, quad.ur_y - quad.ul_y)
    down = (quad.ll_x - quad.ul_x, quad.ll_y - quad.ul_y)
    dx, dy = x - quad.ul_x, y - quad.ul_y
    return (
        (dx * along[0] + dy * along[1]) / (along[0] ** 2 + along[1] ** 2),
        (dx * down[0] + dy * down[1]) / (down[0] ** 2 + down[1] ** 2),
    )


def inside(quad: Quad, x: float, y: float) -> bool:
    return all(0.05 < share < 0.95 for share in within(quad, x, y))


#: From where to where a mark reaches across its line (0 is its top, 1 its foot).
ACROSS = {
    kinds.HIGHLIGHT: (0.0, 1.0), kinds.UNDERLINE: (0.75, 1.15), kinds.STRIKEOUT: (0.3, 0.75),
    kinds.BOX: (0.0, 1.0), kinds.INK: (0.0, 1.0),
}  # fmt: skip


def check_page(case: Case, marked: Marked, copy: Path) -> None:
    facts = case.session(marked.document).pages(marked.page, marked.page)[0]
    area = facts.width * facts.height / marked.unit**2
    dpi = min(DPI, 72 * (MOST_PIXELS / area) ** 0.5)
    scale = dpi / 72 / marked.unit  # pixels of poppler's picture for a point as shown
    before, after = (drawn(path, marked.page, dpi) for path in (marked.path, copy))
    left = changed(before, after)
    for kind, quad in marked.places:
        mine = {(x, y) for x, y in left if near(quad, kind, (x + 0.5) / scale, (y + 0.5) / scale)}
        assert mine, (marked.name, kind)
        left -= mine
        if kind is not kinds.NOTE:
            check_mark(marked.name, kind, quad, mine, scale)
        if kind is kinds.HIGHLIGHT:
            check_ink(case, marked, quad, before, after, scale)
    assert len(left) < 0.002 * before.width * before.height, marked.name  # nothing elsewhere


def near(quad: Quad, kind: AnnotationKind, x: float, y: float) -> bool:
    box = quad.box
    if kind is kinds.NOTE:  # an icon that hangs from the corner
        return abs(x - quad.ul_x) < 40 and abs(y - quad.ul_y) < 40
    reach = 3 + 0.3 * min(box.width, box.height)
    return box.x0 - reach <= x <= box.x1 + reach and box.y0 - reach <= y <= box.y1 + reach


def check_mark(
    name: str, kind: AnnotationKind, quad: Quad, pixels: set[tuple[int, int]], scale: float
) -> None:
    if kind is kinds.BOX:  # upright, whatever it stands around
        quad = quad.box.quad()
    shares = [within(quad, (x + 0.5) / scale, (y + 0.5) / scale) for x, y in pixels]
    along, across = sorted(u for u, _ in shares), sorted(v for _, v in shares)
    length = abs(quad.ur_x - quad.ul_x) + abs(quad.ur_y - quad.ul_y)
    height = abs(quad.ll_x - quad.ul_x) + abs(quad.ll_y - quad.ul_y)
    # Two pixels and a half, the line itself, and the round ends that pens have.
    ends = (2.5 / scale + 2.5 + 0.25 * height) / length
    sides = (2.5 / scale + 2.5) / height
    told = (name, kind, along[0], along[-1], across[0], across[-1])
    assert -ends <= along[0] <= ends, told
    assert 1 - ends <= along[-1] <= 1 + ends, told
    first, last = ACROSS[kind]
    assert first - sides <= across[0], told
    assert across[-1] <= last + sides, told
    if kind in {kinds.HIGHLIGHT, kinds.BOX, kinds.INK}:
        assert across[0] <= first + sides, told
        assert last - sides <= across[-1], told


def check_ink(
    case: Case, marked: Marked, quad: Quad, before: Picture, after: Picture, scale: float
) -> None:
    """The highlighted ink is dark still, colour is all around it, and it is the ink that our own
    view of the page shows at the place of the mark."""
    box = quad.box
    x0, y0, x1, y1 = (int(scale * value) for value in (box.x0, box.y0, box.x1, box.y1))
    cells = [
        (x, y)
        for y in range(max(0, y0), min(before.height, y1))
        for x in range(max(0, x0), min(before.width, x1))
        if inside(quad, (x + 0.5) / scale, (y + 0.5) / scale)
    ]
    theirs = {cell for cell in cells if before.dark(*cell)}
    assert theirs, marked.name
    assert sum(after.dark(*cell) for cell in theirs) > 0.9 * len(theirs), marked.name
    light = [cell for cell in cells if cell not in theirs]
    coloured = sum(
        after.data[3 * (y * after.width + x) : 3 * (y * after.width + x) + 3]
        != before.data[3 * (y * after.width + x) : 3 * (y * after.width + x) + 3]
        for x, y in light
    )
    assert coloured > 0.8 * len(light), marked.name
    view = case.session(marked.document).render(marked.page, scale)
    ours = {
        (x, y)
        for x, y in cells
        if y < view.height
        and x < view.width
        and sum(view.data[y * view.stride + 3 * x : y * view.stride + 3 * x + 3]) < DARK
    }
    assert alike(ours, theirs) > 0.6, (marked.name, alike(ours, theirs))


def alike(ours: set[tuple[int, int]], theirs: set[tuple[int, int]]) -> float:
    """The share of each side's ink that has ink of the other within two pixels."""

    def share(some: set[tuple[int, int]], others: set[tuple[int, int]]) -> float:
        wide = {(x + dx, y + dy) for x, y in others for dx in range(-2, 3) for dy in range(-2, 3)}
        return len(some & wide) / max(len(some), 1)

    return min(share(ours, theirs), share(theirs, ours))


ROTATIONS = (0, 90, 180, 270)
BOXES = (
    b"/MediaBox[0 0 612 792]", b"/MediaBox[0 0 612 792]/CropBox[30 60 560 730]",
    b"/MediaBox[-120 -90 492 702]", b"/MediaBox[100 50 712 842]/CropBox[130 90 690 800]",
    b"/MediaBox[612 792 0 0]",
)  # fmt: skip
UNITS = (1.0, 1.5)
WORDS = ["Highlighted", "Underlined", "Stricken", "Boxed", "Inked", "Noted"]


def turned_pages() -> tuple[bytes, list[float]]:
    """Every rotation with every box and every unit, a page each, with six words."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]  # fmt: skip
    kids, units = [], []
    for boxes in BOXES:
        start = (boxes.index(b"[") + 1, boxes.index(b"]"))
        x, y = (min(int(n) for n in boxes[slice(*start)].split()[at::2]) for at in (0, 1))
        for rotation in ROTATIONS:
            for unit in UNITS:
                content = b" ".join(
                    making.lines(word, x=x + 180, y=y + 560 - 70 * at, size=20)
                    for at, word in enumerate(WORDS)
                )
                objects.append(making.stream(content))
                objects.append(
                    b"<</Type/Page/Parent 2 0 R%s/Rotate %d/UserUnit %g/Contents %d 0 R"
                    b"/Resources<</Font<</F 3 0 R>>>>>>" % (boxes, rotation, unit, len(objects))
                )
                kids.append(b"%d 0 R" % len(objects))
                units.append(unit)
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    return making.pdf(objects), units


def huge_page(rotation: int) -> bytes:
    """As large as PDF allows (ISO 32000-2, annex C)."""
    content = b" ".join(
        making.lines(word, x=3000, y=12000 - 1800 * at, size=500) for at, word in enumerate(WORDS)
    )
    return making.one_page(content, page=b"/MediaBox[0 0 14400 14400]/Rotate %d" % rotation)


@pytest.fixture(scope="module", autouse=True)
def poppler() -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is missing: apt-get install poppler-utils")


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    made = create_case(tmp_path / "case", "a passphrase", "Proof", cost=CHEAP)
    yield made
    made.close()


def brought_in(case: Case, paths: Sequence[Path]) -> dict[Path, str]:
    report = import_paths(case, paths, ImportChoices())
    return {
        done.path: done.document.id
        for done in report.imported
        if done.document.pages and done.document.format == "pdf"
    }


def prove(case: Case, pages: Sequence[Marked], outside: Path) -> int:
    """Mark, export, and look at every page; returns how many marks were found in place."""
    for marked in pages:
        mark_page(case, marked)
    documents = sorted({each.document for each in pages})
    report = export_bundle(case, outside, document_ids=documents)
    assert report.failed == ()
    # Copies are numbered in the order in which their documents were named.
    copies = dict(zip(documents, sorted(report.path.glob("data/documents/*.pdf")), strict=True))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda each: check_page(case, each, copies[each.document]), pages))
    return sum(len(each.places) for each in pages)


def test_over_the_corpus(case: Case, corpus: Path, tmp_path: Path) -> None:
    with (corpus / "INDEX.tsv").open(encoding="utf-8", newline="") as index:
        rows = {corpus / row["path"]: row for row in csv.DictReader(index, delimiter="\t")}
    paths = [
        path
        for path, row in rows.items()
        if path.suffix == ".pdf"
        and row["encrypted"] == "no"
        and int(row["pages"]) < 1_000  # not a second minute for pages that are all alike
        and (row["has_text"] == "yes" or row["scanned"] == "full")
    ]
    found = brought_in(case, paths)
    pages = [
        Marked(document, path, page, 1.0)
        for path, document in found.items()
        for page in sorted({1, (int(rows[path]["pages"]) + 1) // 2})
    ]
    assert len({each.path for each in pages}) >= READABLE
    assert prove(case, pages, tmp_path / "bundle") >= 4 * len(pages)


def test_over_rotations_boxes_and_units(case: Case, tmp_path: Path) -> None:
    data, units = turned_pages()
    path = tmp_path / "turned.pdf"
    path.write_bytes(data)
    (document,) = brought_in(case, [path]).values()
    pages = [Marked(document, path, number, unit) for number, unit in enumerate(units, 1)]
    assert prove(case, pages, tmp_path / "bundle") == len(pages) * len(KINDS)


def test_on_the_largest_pages(case: Case, tmp_path: Path) -> None:
    paths = [tmp_path / f"huge {rotation}.pdf" for rotation in ROTATIONS]
    for path, rotation in zip(paths, ROTATIONS, strict=True):
        path.write_bytes(huge_page(rotation))
    pages = [Marked(document, path, 1, 1.0) for path, document in brought_in(case, paths).items()]
    assert prove(case, pages, tmp_path / "bundle") == len(paths) * len(KINDS)
