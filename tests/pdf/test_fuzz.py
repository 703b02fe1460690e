"""A small PDF, changed at random: opened, read and drawn without a hang or a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefile.domain.errors import UserError
from casefile.domain.geometry import Box
from casefile.pdf.asking import Limits
from casefile.pdf.values import MarkToWrite, PlainFile
from casefile.pdf.workers import PdfWorkers
from tests.pdf import making

SEED = making.pages(
    ["Some words on a page", "and more\nof them"], catalog=b"/PageLabels<</Nums[0<</S/r>>]>>"
)
PIECES = [
    b"4 0 R", b"/Kids[2 0 R]", b"/Count -1", b"/Count 99999999", b"/Rotate 37", b"/UserUnit -3",
    b"/MediaBox[0 0 0 0]", b"/MediaBox[9e99 0 -9e99 1]", b"/CropBox[1 2]", b"/Length 99999",
    b"/Filter/FlateDecode", b"/Encrypt 1 0 R", b"endobj", b"stream\n", b"<<" * 200, b"[" * 3000,
    b"/Annots[3 0 R 3 0 R]", b"/Annots[<</Subtype/Highlight/QuadPoints[1 2 nan]>>]", b"BT ET Q Q Q",
    b"/F 1e30 Tf", b"q " * 2000, b"xref", b"trailer<</Root 9 0 R>>", b"\0\0\0\0", b"(" * 500,
]  # fmt: skip
CHANGES = st.lists(
    st.tuples(
        st.integers(0, len(SEED) - 1),
        st.sampled_from(["put", "insert", "cut", "flip"]),
        st.sampled_from(PIECES) | st.binary(min_size=1, max_size=8),
    ),
    min_size=1,
    max_size=6,
)


def changed(changes: list[tuple[int, str, bytes]]) -> bytes:
    data = bytearray(SEED)
    for place, how, piece in changes:
        at = min(place, len(data))
        if how == "put":
            data[at : at + len(piece)] = piece
        elif how == "insert":
            data[at:at] = piece
        elif how == "cut":
            del data[at : at + 40 * len(piece)]
        elif at < len(data):
            data[at] ^= piece[0] or 1
    return bytes(data)


@settings(
    max_examples=40,
    derandomize=True,  # the same files every time: a failure must be there again tomorrow
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(CHANGES)
def test_changed_files(
    workers: PdfWorkers, tmp_path: Path, changes: list[tuple[int, str, bytes]]
) -> None:
    path = tmp_path / "changed.pdf"
    path.write_bytes(changed(changes))
    try:
        with workers.open(PlainFile(path), limits=Limits(page=5.0, whole=10.0)) as session:
            facts = session.facts()
            if facts.needs_password or not facts.pages:
                return
            last = min(facts.pages, 3)
            assert len(list(session.extract(1, last))) == last
            for look in (session.text, session.file_marks, lambda n: session.render(n, 0.3)):
                for number in range(1, last + 1):
                    try:
                        look(number)
                    except UserError:
                        continue
            place = Box(1, 2, 300, 400).quad()
            for kind in ("highlight", "redaction", "withholding", "bookmark"):
                try:
                    b"".join(
                        session.annotated([MarkToWrite(1, kind, "#FAE96A", [place], label="x")])
                    )
                except UserError:
                    continue
    except UserError:
        return


@pytest.mark.parametrize(
    ("name", "kind"),
    [("other-formats/tika/testWORD_various.docx", "docx"),
     ("ocr/tesseract-test/phototest.tif", "tiff"),
     ("other-formats/tika/testJPEG_GEO.jpg", "jpeg")],
)  # fmt: skip
def test_cut_files_of_other_kinds(
    workers: PdfWorkers, tmp_path: Path, corpus: Path, name: str, kind: str
) -> None:
    whole = (corpus / name).read_bytes()
    for share in (0.1, 0.5, 0.9):
        path = tmp_path / "cut"
        path.write_bytes(whole[: int(len(whole) * share)])
        try:
            with workers.open(PlainFile(path), kind=kind) as session:
                assert b"".join(session.convert()).startswith(b"%PDF")
        except UserError:
            continue
