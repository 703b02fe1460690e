"""Whether a page's content is too long to be read, told without reading all of it.

A megabyte of nothing but blanks, packed a thousand times, keeps MuPDF busy for half a minute. Only
content that could be too long by the length of its packed bytes is unpacked to see.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pymupdf import mupdf

#: The longest content drawn; large maps have some ten megabytes.
MOST = 128 * 1024 * 1024
#: Deflate packs no tighter than this (RFC 1951); LZW comes near it.
TIGHTEST = 1032
#: Forms of a page that are looked at.
MAX_FORMS = 500


def too_long(page: Any) -> bool:
    """Whether the content of a page, or of a form on it, unpacks to more than ``MOST`` bytes."""
    dictionary = page.obj()
    streams = list(_streams(mupdf.pdf_dict_gets(dictionary, "Contents")))
    if _suspicious(streams) and _unpacked(streams) > MOST:
        return True
    resources = mupdf.pdf_dict_get_inheritable(dictionary, mupdf.pdf_new_name("Resources"))
    forms = list(_forms(mupdf.pdf_dict_gets(resources, "XObject")))
    return any(_suspicious([form]) and _unpacked([form]) > MOST for form in forms)


def _streams(contents: Any) -> Iterator[Any]:
    if mupdf.pdf_is_stream(contents):
        yield contents
    elif mupdf.pdf_is_array(contents):
        for at in range(int(mupdf.pdf_array_len(contents))):
            yield mupdf.pdf_array_get(contents, at)


def _forms(group: Any) -> Iterator[Any]:
    if mupdf.pdf_is_dict(group):
        for at in range(min(int(mupdf.pdf_dict_len(group)), MAX_FORMS)):
            each = mupdf.pdf_dict_get_val(group, at)
            kind = mupdf.pdf_dict_gets(each, "Subtype")
            if mupdf.pdf_is_name(kind) and mupdf.pdf_to_name(kind) == "Form":
                yield each


def _suspicious(streams: list[Any]) -> bool:
    """By the packed length, or because it is packed more than once."""
    packed = 0
    for stream in streams:
        packed += int(mupdf.pdf_to_int(mupdf.pdf_dict_gets(stream, "Length")))
        filters = mupdf.pdf_dict_gets(stream, "Filter")
        if mupdf.pdf_is_array(filters) and mupdf.pdf_array_len(filters) > 1:
            return True
    return packed > MOST // TIGHTEST or packed < 0


def _unpacked(streams: list[Any]) -> int:
    """The length of all together, counted no further than just above ``MOST``."""
    length = 0
    for stream in streams:
        if mupdf.pdf_is_stream(stream):
            length += int(mupdf.fz_skip(mupdf.pdf_open_stream(stream), MOST + 1 - length))
        if length > MOST:
            break
    return length
