"""``index.html`` of a bundle: what is in it, every mark and quote with its place, how to check it.

Works from a disk: no script, no network, no file of its own beside it. Every word of the case is
escaped and wrapped in a bidirectional isolate; control characters are made visible.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote as percent_encoded

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.domain.clock_words import short_day
from casefile.services.leaving.contents import BundleContents, BundleDocument, BundleQuote
from casefile.services.leaving.index_style import STYLE, policy
from casefile.services.leaving.withheld_index import section, withheld_in
from casefile.services.mark_words import withheld_label
from casefile.services.wording import catalogue, printable

#: Kinds whose colour the reporter chose to say something.
_COLOURED = {"highlight", "underline", "strikeout", "box", "ink", "note", "region"}


def index_page(contents: BundleContents) -> bytes:
    """The whole page as UTF-8."""
    return "\n".join(_page(contents)).encode("utf-8", "replace") + b"\n"


def _page(contents: BundleContents) -> Iterator[str]:
    when = long_date(contents.made_on)
    title = f"Documents and quotes, {when}"
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy()}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="robots" content="noindex">'
    yield f"<title>{html.escape(title)}</title>"
    yield f"<style>{STYLE}</style>"
    yield "</head>"
    yield "<body>"
    yield '<a class="skip" href="#documents">To the documents</a>'
    yield from _header(contents, when)
    yield "<main>"
    yield from _documents(contents)
    yield from section(withheld_in(contents.documents), _text, _page_link)
    yield from _quotes(contents)
    yield from _checking()
    yield "</main>"
    yield f"<footer><p>Made with Casefile on {html.escape(when)}.</p></footer>"
    yield "</body>"
    yield "</html>"


def _header(contents: BundleContents, when: str) -> Iterator[str]:
    marks = sum(len(document.marks) for document in contents.documents)
    yield "<header>"
    yield "<h1>Documents and quotes</h1>"
    yield (
        f'<p class="lede">Prepared for {_word(f"recipient.{contents.recipient.value}")}, '
        f"{html.escape(when)}: {_counted(len(contents.documents), 'document')}, "
        f"{_counted(marks, 'mark')}, {_counted(len(contents.quotes), 'quote')}.</p>"
    )
    yield '<div class="notice" role="note">'
    yield (
        "<p><strong>The leak check was not run on this bundle.</strong> Confidential sources "
        "stand here under code names. Documents given by confidential sources, and quotes that "
        "are off the record or under embargo, are never part of such a bundle. Not for "
        "publication, and not for the other side of a dispute.</p>"
    )
    yield "</div>"
    yield '<nav aria-label="Contents"><ul>'
    yield '<li><a href="#documents">Documents</a></li>'
    withheld = bool(withheld_in(contents.documents))
    if withheld:
        yield '<li><a href="#withheld">Withheld</a></li>'
    yield '<li><a href="#quotes">Quotes</a></li>'
    yield '<li><a href="#checking">Checking this bundle</a></li>'
    yield '<li><a href="data/quotes.csv">Quotes as a table (CSV)</a></li>'
    if withheld:
        yield '<li><a href="data/withheld.csv">What was withheld as a table (CSV)</a></li>'
    yield "</ul></nav>"
    yield "</header>"


def _documents(contents: BundleContents) -> Iterator[str]:
    yield '<section id="documents" aria-labelledby="documents-title">'
    yield '<h2 id="documents-title">Documents</h2>'
    if not contents.documents:
        yield '<p class="muted">No documents are part of this bundle.</p>'
    yield '<ol class="documents">'
    for document in contents.documents:
        yield from _document(document)
    yield "</ol>"
    yield "</section>"


def _document(document: BundleDocument) -> Iterator[str]:
    yield f'<li><article id="document-{html.escape(document.id)}">'
    yield f'<h3><a href="{_href(document.path)}">{_text(document.title)}</a></h3>'
    yield '<dl class="facts">'
    yield f"<dt>Pages</dt><dd>{document.pages}</dd>"
    yield f"<dt>Came as</dt><dd>{_word(f'provenance.{document.provenance}')}</dd>"
    yield f"<dt>File</dt><dd>{_text(document.path)}</dd>"
    yield (
        "<dt>SHA-256 of the original</dt>"
        f"<dd><code>{html.escape(document.sha256)}</code> ({_text(document.format)})</dd>"
    )
    yield "</dl>"
    yield from _redactions(document)
    if document.marks:
        yield '<ol class="marks" aria-label="Marks">'
        for mark in document.marks:
            yield from _mark(document, mark)
        yield "</ol>"
    else:
        yield '<p class="muted">No marks.</p>'
    yield "</article></li>"


def _redactions(document: BundleDocument) -> Iterator[str]:
    """What the reporter took out, and that it is gone."""
    pages = [mark.page for mark in document.marks if mark.kind is AnnotationKind.REDACTION]
    if pages:
        places = _counted(len(pages), "place")
        where = ", ".join(_page_link(document, page) for page in sorted(set(pages)))
        yield (
            f'<p class="notice">Redacted before this bundle was made: {places}, on {where}. What '
            "stood there is gone from the copy, and so are the file’s metadata, attachments and "
            "outline; the original is unchanged.</p>"
        )


def _mark(document: BundleDocument, mark: Annotation) -> Iterator[str]:
    colour = html.escape(mark.colour) if mark.kind.value in _COLOURED else ""
    yield f'<li class="mark {colour}">'
    yield '<div class="where">'
    yield _page_link(document, mark.page)
    described = _word(f"kind.{mark.kind.value}")
    if colour:
        described += f", {colour}"
    yield f'<span class="kind">{described}</span>'
    yield "</div><div>"
    if mark.text:
        yield f'<p class="words">{_text(mark.text)}</p>'
    if mark.kind is AnnotationKind.WITHHOLDING:
        yield f'<p class="muted">{_text(withheld_label(mark))}</p>'
    elif mark.codes:
        yield f'<p class="muted">Exemptions: {_text(", ".join(mark.codes))}</p>'
    if mark.comment:
        yield f'<p class="comment">{_text(mark.comment)}</p>'
    tags = document.tags.get(mark.id, ())
    if tags:
        yield f'<p class="muted">Tags: {_text(", ".join(tags))}</p>'
    yield "</div></li>"


def _quotes(contents: BundleContents) -> Iterator[str]:
    yield '<section id="quotes" aria-labelledby="quotes-title">'
    yield '<h2 id="quotes-title">Quotes</h2>'
    if not contents.quotes:
        yield '<p class="muted">No quotes are part of this bundle.</p>'
    yield '<ol class="quotes">'
    for each in contents.quotes:
        yield from _quote(each)
    yield "</ol>"
    yield "</section>"


def _quote(each: BundleQuote) -> Iterator[str]:
    quote = each.quote
    yield f'<li><article id="quote-{html.escape(quote.id)}"><figure>'
    if each.picture:
        yield f'<p><a href="{_href(each.picture)}">Picture of the quoted part of the page</a></p>'
    if quote.words:
        yield f"<blockquote>“{_text(quote.words)}”</blockquote>"
    if quote.edited:
        yield f'<p class="muted">Captured: “{_text(quote.text)}”</p>'
    yield "<figcaption>"
    parts = []
    if each.speaker:
        parts.append(f'<span class="speaker">{_text(each.speaker)}</span>')
    parts.append(_word(f"terms.{quote.terms.value}"))
    if each.attribution:
        parts.append(f"to be named as “{_text(each.attribution)}”")
    if each.document is not None:
        place = _text(each.document.title)
        if quote.page:
            place += ", " + _page_link(each.document, quote.page)
        parts.append(place)
    elif quote.spoken_on:
        parts.append(f"conversation of {html.escape(long_date(quote.spoken_on))}")
    state = quote.state.value
    parts.append(f'<span class="state {state}">{_word(f"state.{state}")}</span>')
    yield " · ".join(parts)
    yield "</figcaption></figure></article></li>"


def _checking() -> Iterator[str]:
    yield '<section id="checking" aria-labelledby="checking-title">'
    yield '<h2 id="checking-title">Checking this bundle</h2>'
    yield (
        "<p>This folder is a bag after RFC 8493 (BagIt 1.0): two lists hold the SHA-256 of every "
        "file in it. Casefile compares them with <code>casefile verify FOLDER</code>, without the "
        "case; so does any BagIt program, or, inside the folder:</p>"
    )
    yield (
        "<pre>sha256sum --check manifest-sha256.txt\nsha256sum --check tagmanifest-sha256.txt</pre>"
    )
    yield (
        "<p>The marks are ordinary PDF annotations; any PDF reader shows them and can hide them. "
        "The hash given for an original is that of the file as it came in, before anything was "
        "marked.</p>"
    )
    yield "</section>"


def _page_link(document: BundleDocument, page: int) -> str:
    name = _text(document.page_name(page))
    return f'<a href="{_href(document.path)}#page={page}">p. {name}</a>'


def _href(path: str) -> str:
    return html.escape(percent_encoded(path))


def _text(words: str) -> str:
    shown = "<br>".join(html.escape(printable(line)) for line in words.splitlines())
    return f"<bdi>{shown}</bdi>"


def _word(code: str) -> str:
    return html.escape(catalogue()[code]["what"])


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def long_date(iso: str) -> str:
    """``22 November 2026``; what is not an ISO date is given back as it is."""
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return short_day(day)
