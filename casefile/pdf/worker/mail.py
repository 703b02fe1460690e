"""E-mail: headers, a body that is safe to lay out, attachments; mailboxes as lists of messages.

Python's ``email`` package does the parsing, inside the worker. Nothing of a message's own markup
reaches the layout but a handful of tags without attributes.
"""

from __future__ import annotations

import html
import mimetypes
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from html.parser import HTMLParser

from casefile.pdf.worker.opening import one_line
from casefile.pdf.worker.refusals import Refused

SHOWN_HEADERS = ("From", "To", "Cc", "Bcc", "Reply-To", "Date", "Subject")
MAX_PARTS = 2_000
MAX_MESSAGES = 50_000
MAX_BODY_CHARACTERS = 5_000_000
MAX_NAME = 120
_KEPT_TAGS = frozenset(
    {
        "p", "div", "br", "b", "i", "u", "em", "strong", "ul", "ol", "li", "table", "tr", "td",
        "th", "tbody", "thead", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code",
        "hr", "sub", "sup", "dl", "dt", "dd",
    }
)  # fmt: skip
_EMPTY_TAGS = frozenset({"br", "hr"})
_SILENT_TAGS = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg", "math"}
)
MAX_DEPTH = 200
_MBOX_START = re.compile(rb"(?:\A|\n\r?\n)From [^\n]*\n")
_STYLE = (
    "body{font-family:sans-serif}p{margin:0 0 3pt 0}pre{white-space:pre-wrap;font-family:monospace}"
)


# The types Python knows by itself: the machine's own list must not change what a file is called.
mimetypes.init(files=[])


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    media_type: str
    data: bytes


def headers(data: bytes) -> dict[str, str]:
    """The shown headers of a message, decoded, as far as they are there."""
    message = _parse(data)
    found = {name: _header(message, name) for name in SHOWN_HEADERS}
    return {name: value for name, value in found.items() if value}


def parts(data: bytes, kind: str) -> list[Part]:
    """The attachments of a message, or the messages of a mailbox, in order."""
    if kind == "mbox":
        return [_numbered(at, one) for at, one in enumerate(_messages(data), start=1)]
    message = _parse(data)
    shown = _body_parts(message)
    found: list[Part] = []
    for at, part in enumerate(_leaves(message)):
        if any(part is one for one in shown):
            continue
        if part.get_content_type() == "message/rfc822":
            found.append(_enclosed(at, part))
            continue
        payload = part.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
        if content:
            found.append(Part(_file_name(at, part), part.get_content_type(), content))
    return found


def as_html(data: bytes, kind: str) -> str:
    """A page that shows a message as it would be printed, or lists the messages of a mailbox."""
    inside = _mailbox_html(data) if kind == "mbox" else _message_html(data)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"/><style>{_STYLE}</style></head>'
        f"<body>{inside}</body></html>"
    )


def _parse(data: bytes) -> Message:
    try:
        return message_from_bytes(data, policy=policy.compat32)
    except (RecursionError, ValueError, LookupError) as error:
        raise Refused("document.unsupported", format="eml") from error


def _header(message: Message, name: str) -> str:
    raw = message.get(name)
    if raw is None:
        return ""
    try:
        text = str(make_header(decode_header(raw)))
    except (ValueError, LookupError, UnicodeError, AssertionError):
        text = str(raw)
    return one_line(text.encode("utf-8", "replace").decode("utf-8"))


def _leaves(message: Message) -> list[Message]:
    """The parts that hold something, depth first; an enclosed message counts as one."""
    found: list[Message] = []
    waiting = [message]
    while waiting and len(found) < MAX_PARTS:
        part = waiting.pop()
        payload = part.get_payload()
        if part.get_content_type() != "message/rfc822" and isinstance(payload, list):
            waiting += [p for p in reversed(payload) if isinstance(p, Message)]
        else:
            found.append(part)
    return found


def _body_parts(message: Message) -> list[Message]:
    """The parts that make up the body: the first text part that is no attachment, and what stands
    beside it as another form of the same (``multipart/alternative``)."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        payload = part.get_payload()
        if part.get_content_type() == "message/rfc822" or not isinstance(payload, list):
            if _is_shown(part):
                return [part]
            continue
        inside = [p for p in payload if isinstance(p, Message)]
        if part.get_content_type() == "multipart/alternative":
            forms = [leaf for one in inside for leaf in _leaves(one) if _is_shown(leaf)]
            if forms:
                return forms
        waiting += reversed(inside)
    return []


def _is_shown(part: Message) -> bool:
    return (
        part.get_content_type() in {"text/html", "text/plain"}
        and part.get_content_disposition() != "attachment"
        and not part.get_filename()
    )


def _body_part(message: Message) -> Message | None:
    """The form of the body that is laid out: HTML if there is one."""
    forms = _body_parts(message)
    rich = [part for part in forms if part.get_content_type() == "text/html"]
    return next(iter(rich or forms), None)


def _text_of(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    charset = str(part.get_content_charset() or "utf-8")
    try:
        text = content.decode(charset)
    except (UnicodeDecodeError, LookupError):
        text = content.decode("cp1252", "replace")
    return text[:MAX_BODY_CHARACTERS]


def _enclosed(at: int, part: Message) -> Part:
    """A forwarded message as a file of its own."""
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if not isinstance(inner, Message):
        return Part(f"message {at + 1}.eml", "message/rfc822", b"")
    name = _safe_name(_header(inner, "Subject")) or f"message {at + 1}"
    return Part(f"{name}.eml", "message/rfc822", inner.as_bytes(policy=policy.compat32))


def _numbered(at: int, data: bytes) -> Part:
    subject = _safe_name(_header(_parse(data[:65_536]), "Subject"))
    name = f"{at:04d} {subject}".rstrip()
    return Part(f"{name}.eml", "message/rfc822", data)


def _file_name(at: int, part: Message) -> str:
    try:
        given = _safe_name(str(make_header(decode_header(part.get_filename() or ""))))
    except (ValueError, LookupError, UnicodeError, AssertionError, TypeError):
        given = ""
    if given:
        return given
    extension = mimetypes.guess_extension(part.get_content_type()) or ".bin"
    return f"part {at + 1}{extension}"


def _safe_name(name: str) -> str:
    """A name without folders or anything a file system could trip over."""
    last = re.split(r"[\\/]", one_line(name))[-1]
    clean = "".join("_" if c in '<>:"|?*' else c for c in last).strip(" .")
    if len(clean) > MAX_NAME and "." in clean[-12:]:
        stem, _, extension = clean.rpartition(".")
        return f"{stem[: MAX_NAME - len(extension) - 1]}.{extension}"
    return clean[:MAX_NAME]


def _messages(data: bytes) -> list[bytes]:
    """The messages of an mbox file (mboxrd: lines that begin like a separator carry ``>``)."""
    starts = list(_MBOX_START.finditer(data))[:MAX_MESSAGES]
    ends = [match.start() for match in starts[1:]] + [len(data)]
    return [
        re.sub(rb"(?m)^>(>*From )", rb"\1", data[match.end() : end]).rstrip(b"\r\n") + b"\n"
        for match, end in zip(starts, ends, strict=True)
    ]


def _message_html(data: bytes) -> str:
    message = _parse(data)
    shown = list(headers(data).items())
    shown += [("Attachment", part.name) for part in parts(data, "eml")]
    head = "".join(f"<p><b>{name}:</b> {html.escape(value)}</p>" for name, value in shown)
    body = _body_part(message)
    if body is None:
        inside = ""
    elif body.get_content_type() == "text/html":
        inside = _sanitised(_text_of(body))
    else:
        inside = f"<pre>{html.escape(_text_of(body))}</pre>"
    return f"<div>{head}</div><hr/>{inside}"


def _mailbox_html(data: bytes) -> str:
    rows = []
    for at, one in enumerate(_messages(data), start=1):
        message = _parse(one[:65_536])
        cells = [_header(message, name) for name in ("Date", "From", "Subject")]
        listed = html.escape(" · ".join(cell for cell in cells if cell))
        rows.append(f"<p><b>{at}</b> {listed}</p>")
    return f"<h2>{len(rows)} messages</h2>{''.join(rows)}"


class _Sanitiser(HTMLParser):
    """Keeps a few tags without their attributes, closes what was left open, drops the rest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._open: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._silent = 0
        elif tag in _SILENT_TAGS:
            self._silent += 1
        elif self._silent == 0 and tag in _KEPT_TAGS and len(self._open) < MAX_DEPTH:
            self.out.append(f"<{tag}/>" if tag in _EMPTY_TAGS else f"<{tag}>")
            if tag not in _EMPTY_TAGS:
                self._open.append(tag)
        elif self._silent == 0 and tag == "img":
            alt = dict(attrs).get("alt") or ""
            self.out.append(html.escape(f" [{alt}] ") if alt.strip() else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT_TAGS:
            self._silent = max(0, self._silent - 1)
        elif tag in self._open and self._silent == 0:
            while self._open:
                last = self._open.pop()
                self.out.append(f"</{last}>")
                if last == tag:
                    break

    def handle_data(self, data: str) -> None:
        if self._silent == 0:
            self.out.append(html.escape(data))

    def finished(self) -> str:
        self.close()
        return "".join(self.out) + "".join(f"</{tag}>" for tag in reversed(self._open))


def _sanitised(markup: str) -> str:
    sanitiser = _Sanitiser()
    sanitiser.feed(markup)
    return sanitiser.finished()
