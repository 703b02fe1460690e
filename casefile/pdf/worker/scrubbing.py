"""Takes out of a PDF, object by object, what may say again what a redaction took off a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pymupdf
from pymupdf import mupdf

from casefile.pdf.worker.shapes import Corners, overlap

#: Of the document: metadata, the titles of its outline, the text once more for reading aloud, what
#: programs left behind, what runs by itself, and files within the file.
_OF_THE_CATALOG = (
    "Metadata", "Outlines", "StructTreeRoot", "MarkInfo", "PieceInfo", "AA", "OpenAction", "AF",
    "Collection", "Threads", "SpiderInfo", "Legal", "Perms", "DSS", "Requirements",
)  # fmt: skip
_OF_THE_NAMES = (
    "EmbeddedFiles", "JavaScript", "Templates", "IDS", "URLS", "AlternatePresentations",
)  # fmt: skip
_OF_A_PAGE = ("Thumb", "PieceInfo", "Metadata", "AA", "StructParents", "B", "AF", "PressSteps")
#: Of a form field: its value, and every place where it is kept once more.
_OF_A_FIELD = ("V", "DV", "RV", "AP", "TU", "TM", "Opt", "MK", "A", "AA")
#: Annotations that carry a file, a sound or a film.
_CARRIERS = {"FileAttachment", "Sound", "Movie", "Screen", "RichMedia", "3D"}
MAX_DEPTH = 50
MAX_FIELDS = 100_000

#: A marked stretch of content with words or a reference of its own, but for layers.
_MARKED = re.compile(
    rb"/(?!OC[\s/<])([^\s/<>\[\]()]+)\s*"
    rb"(?:<<(?:[^()<>]|\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>|<<[^<>]*>>)*>>|/[^\s/<>\[\]()]+)\s*"
    rb"(?:BDC|DP)\b"
)
_SHOWS = re.compile(rb"(?:^|[\s\])>])(?:Tj|TJ|Do|EI|['\"])(?=[\s/\[(<]|$)")


def _get(dictionary: Any, *names: str) -> Any:
    for name in names:
        dictionary = mupdf.pdf_dict_gets(dictionary, name)
    return dictionary


def _delete(dictionary: Any, names: Sequence[str]) -> None:
    if mupdf.pdf_is_dict(dictionary):
        for name in names:
            mupdf.pdf_dict_dels(dictionary, name)


def _keys(dictionary: Any) -> list[str]:
    if not mupdf.pdf_is_dict(dictionary):
        return []
    return [
        str(mupdf.pdf_to_name(mupdf.pdf_dict_get_key(dictionary, at)))
        for at in range(int(mupdf.pdf_dict_len(dictionary)))
    ]


def document(found: Any) -> None:
    """Take out what belongs to the whole document."""
    trailer = mupdf.pdf_trailer(found)
    _delete(trailer, ("Info",))
    catalog = _get(trailer, "Root")
    _delete(catalog, _OF_THE_CATALOG)
    _delete(_get(catalog, "Names"), _OF_THE_NAMES)
    _delete(_get(catalog, "AcroForm"), ("XFA", "SigFlags"))
    for field in _fields(_get(catalog, "AcroForm", "Fields")):
        if _name(_get(field, "FT")) == "Sig":
            _delete(field, ("V", "Lock", "SV"))  # it signs a file that is no more
    for page in _pages(found):
        _delete(page, _OF_A_PAGE)
        _keep(page, lambda annot: _name(_get(annot, "Subtype")) not in _CARRIERS)


def _pages(found: Any) -> Iterator[Any]:
    """Every object that is a page, in the order of the file: asking for page after page by its
    number takes the square of theirs."""
    for number in range(1, int(mupdf.pdf_xref_len(found))):
        each = mupdf.pdf_new_indirect(found, number, 0)
        if _name(_get(each, "Type")) == "Page" or mupdf.pdf_is_array(_get(each, "Annots")):
            yield each


def _fields(roots: Any) -> Iterator[Any]:
    """Every form field; one that comes back to itself ends there."""
    waiting, seen = [roots], {0}
    while waiting and len(seen) < MAX_FIELDS:
        fields = waiting.pop()
        for at in range(int(mupdf.pdf_array_len(fields)) if mupdf.pdf_is_array(fields) else 0):
            field = mupdf.pdf_array_get(fields, at)
            number = int(mupdf.pdf_to_num(field))
            if mupdf.pdf_is_dict(field) and (number == 0 or number not in seen):
                seen.add(number)
                yield field
                waiting.append(_get(field, "Kids"))


def annotations_over(found: Any, number: int, places: Sequence[Corners]) -> None:
    """Take links, annotations and fields that reach into a place off a page, values and all."""
    page = mupdf.pdf_lookup_page_obj(found, number - 1)
    matrix = _matrix(page)

    def stays(annot: Any) -> bool:
        box = mupdf.fz_transform_rect(mupdf.pdf_to_rect(_get(annot, "Rect")), matrix)
        corners = (box.x0, box.y0, box.x1, box.y1)
        if not any(overlap(corners, place) > 0 for place in places):
            return True
        if _name(_get(annot, "Subtype")) == "Widget":
            _forget(annot)
        return False

    _keep(page, stays)


def _keep(page: Any, stays: Callable[[Any], bool]) -> None:
    """Keep those annotations; pop-ups of and answers to one that goes go with it."""
    annots = _get(page, "Annots")
    if not mupdf.pdf_is_array(annots):
        return
    every = [mupdf.pdf_array_get(annots, at) for at in range(int(mupdf.pdf_array_len(annots)))]
    judged = [(annot, stays(annot)) for annot in every if mupdf.pdf_is_dict(annot)]
    gone = {int(mupdf.pdf_to_num(annot)) for annot, staying in judged if not staying} - {0}
    if all(staying for _, staying in judged):
        return
    kept = mupdf.pdf_new_array(mupdf.pdf_get_bound_document(page), len(judged))
    for annot, staying in judged:
        of = {int(mupdf.pdf_to_num(_get(annot, name))) for name in ("Parent", "IRT")}
        field = _name(_get(annot, "Subtype")) == "Widget"
        if staying and (field or not of & gone):
            mupdf.pdf_array_push(kept, annot)
    mupdf.pdf_dict_puts(page, "Annots", kept)


def _forget(widget: Any) -> None:
    field = widget
    for _ in range(MAX_DEPTH):
        if not mupdf.pdf_is_dict(field):
            return
        _delete(field, _OF_A_FIELD)
        field = _get(field, "Parent")


def contents(found: Any, number: int) -> None:
    """Take out of a page's content the words kept beside its text, and resources that nothing uses
    or that draw letters and pictures where MuPDF does not look (patterns, soft masks)."""
    page = mupdf.pdf_lookup_page_obj(found, number - 1)
    resources = mupdf.pdf_dict_get_inheritable(page, mupdf.pdf_new_name("Resources"))
    _clean(found, _get(page, "Contents"), resources, set(), 0)


def _clean(found: Any, stream: Any, resources: Any, seen: set[int], depth: int) -> None:
    if not mupdf.pdf_is_stream(stream) or depth > MAX_DEPTH:
        return
    number = int(mupdf.pdf_to_num(stream))
    if number in seen:
        return
    seen.add(number)
    before = _content(stream)
    after = _MARKED.sub(lambda match: b"/" + match[1] + b" BMC" if match[0].endswith(b"BDC")
                        else b"/" + match[1] + b" MP", before)  # fmt: skip
    if after != before:
        mupdf.pdf_update_stream(found, stream, mupdf.fz_new_buffer_from_copied_data(after), 0)
    _delete(stream, ("StructParents", "StructParent", "PieceInfo", "Metadata", "AF"))
    for kind in ("XObject", "Pattern", "Shading", "ExtGState", "Properties", "Font", "ColorSpace"):
        group = _get(resources, kind)
        used = [name for name in _keys(group) if b"/" + name.encode("utf-8", "replace") in after]
        _delete(group, [name for name in _keys(group) if name not in used])
        for name in used:
            _clean_resource(found, kind, group, name, seen, depth)


def _clean_resource(
    found: Any, kind: str, group: Any, name: str, seen: set[int], depth: int
) -> None:
    each = _get(group, name)
    if kind == "XObject" and _name(_get(each, "Subtype")) == "Form":
        _clean(found, each, _get(each, "Resources"), seen, depth + 1)
    elif kind == "XObject":
        _delete(each, ("Metadata", "PieceInfo", "StructParent", "AF", "Alternates", "OPI"))
    elif kind == "Pattern" and mupdf.pdf_is_stream(each) and _SHOWS.search(_content(each)):
        _delete(group, (name,))
    elif kind == "ExtGState":
        mask = _get(each, "SMask", "G")
        if mupdf.pdf_is_stream(mask) and _SHOWS.search(_content(mask)):
            _delete(each, ("SMask",))
    elif kind == "Properties" and _name(_get(each, "Type")) not in {"OCG", "OCMD"}:
        _delete(group, (name,))


def _content(stream: Any) -> bytes:
    return bytes(mupdf.fz_buffer_extract_copy(mupdf.pdf_load_stream(stream)))


def paint(found: Any, number: int, places: Sequence[Corners]) -> None:
    """Black boxes over the content of a page, as content."""
    page = mupdf.pdf_lookup_page_obj(found, number - 1)
    inverse = mupdf.fz_invert_matrix(_matrix(page))
    parts = [b"Q q 0 g %.6f %.6f %.6f %.6f %.4f %.4f cm" % (
        inverse.a, inverse.b, inverse.c, inverse.d, inverse.e, inverse.f,
    )]  # fmt: skip
    parts += [
        b"%.3f %.3f %.3f %.3f re" % (left, top, right - left, bottom - top)
        for left, top, right, bottom in places
    ]
    around = mupdf.pdf_new_array(found, 3)
    for piece in (b"q", None, b" ".join([*parts, b"f Q"])):
        if piece is None:
            _push_contents(around, _get(page, "Contents"))
            continue
        buffer = mupdf.fz_new_buffer_from_copied_data(piece)
        stream = mupdf.pdf_add_stream(found, buffer, mupdf.pdf_new_dict(found, 1), 0)
        mupdf.pdf_array_push(around, stream)
    mupdf.pdf_dict_puts(page, "Contents", around)


def _push_contents(around: Any, there: Any) -> None:
    if mupdf.pdf_is_stream(there):
        mupdf.pdf_array_push(around, there)
    elif mupdf.pdf_is_array(there):
        for at in range(int(mupdf.pdf_array_len(there))):
            mupdf.pdf_array_push(around, mupdf.pdf_array_get(there, at))


def _matrix(page: Any) -> Any:
    """From the page's own space to the page as shown."""
    box, matrix = mupdf.FzRect(), mupdf.FzMatrix()
    mupdf.pdf_page_obj_transform(page, box, matrix)
    return matrix


def _name(found: Any) -> str:
    return str(mupdf.pdf_to_name(found)) if mupdf.pdf_is_name(found) else ""


def _words(found: Any) -> str:
    return str(mupdf.pdf_to_text_string(found)) if mupdf.pdf_is_string(found) else ""


def strings(found: pymupdf.Document) -> Iterator[str]:
    """Every string in the objects of a document, as somebody would read it. What pages draw stands
    in streams, not in objects."""
    pdf = mupdf.pdf_document_from_fz_document(found.this)
    for number in range(1, int(mupdf.pdf_xref_len(pdf))):
        try:
            written = found.xref_object(number, compressed=True)
            # Most objects hold none, and asking MuPDF for every part of each takes long.
            if "(" not in written and "<" not in written.replace("<<", ""):
                continue
            each = mupdf.pdf_resolve_indirect(mupdf.pdf_new_indirect(pdf, number, 0))
        except Exception:  # noqa: BLE001, S112 - an object that cannot be read says nothing
            continue
        yield from _strings_in(each, 0)


def _strings_in(each: Any, depth: int) -> Iterator[str]:
    if mupdf.pdf_is_string(each):
        yield _words(each)
    elif depth > MAX_DEPTH or (depth and mupdf.pdf_is_indirect(each)):
        return
    elif mupdf.pdf_is_dict(each):
        for at in range(int(mupdf.pdf_dict_len(each))):
            yield from _strings_in(mupdf.pdf_dict_get_val(each, at), depth + 1)
    elif mupdf.pdf_is_array(each):
        for at in range(int(mupdf.pdf_array_len(each))):
            yield from _strings_in(mupdf.pdf_array_get(each, at), depth + 1)
