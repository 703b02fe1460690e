"""Verbs about marks: annotate, annotations, annotation, carry."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from casefile.cli import opening
from casefile.cli.answers import DONE, PARTLY, REFUSED, Answer, job, safe, table
from casefile.cli.arguments import WrongUsage
from casefile.domain.annotations import Annotation, AnnotationKind, Extent
from casefile.domain.changes import Change
from casefile.domain.geometry import Box
from casefile.domain.selectors import selectors

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.services.file_marks import ForeignMark
    from casefile.services.reanchoring import Plan


def annotate_verb(arguments: Namespace) -> Answer:
    from casefile.services import documents

    if arguments.nth is not None and arguments.find is None:
        raise WrongUsage("--nth chooses one of the places of --find.")
    kind = AnnotationKind(arguments.kind)
    if kind is not AnnotationKind.WITHHOLDING and _of_a_withholding(arguments):
        raise WrongUsage("--extent, --missing-… and --vocabulary belong to a withholding.")
    box = Box.parse(arguments.box) if arguments.box is not None else None
    with opening.writing(arguments, parsing=True) as case:
        document = documents.find(case, arguments.document)
        change = _made(case, document.id, kind, box, arguments)
        return _changed(case, change.ids("annotation"), first=True)


def _of_a_withholding(arguments: Namespace) -> bool:
    names = ("extent", "missing_count", "missing_first", "missing_last", "vocabulary")
    return any(getattr(arguments, name) for name in names)


def _made(
    case: Case, document_id: str, kind: AnnotationKind, box: Box | None, arguments: Namespace
) -> Change:
    from casefile.services import annotating, withholding

    page, codes = arguments.page, _list(arguments.codes)
    said: dict[str, Any] = {
        "colour": arguments.colour, "comment": arguments.comment, "tags": arguments.tag,
    }  # fmt: skip
    if kind is AnnotationKind.BOOKMARK and box is None and arguments.find is None:
        return annotating.bookmark(case, document_id, page, **said)
    if kind is not AnnotationKind.WITHHOLDING:
        said |= {"kind": kind, "codes": codes}
        if box is not None:
            return annotating.mark_box(case, document_id, page, box, **said)
        return annotating.find_and_mark(
            case, document_id, page, arguments.find, nth=arguments.nth, **said
        )
    parts: Sequence[annotating.MarkPart] = ()
    if arguments.find is not None:
        parts = annotating.found_parts(case, document_id, page, arguments.find, arguments.nth)
    return withholding.add(
        case, document_id, page, box=box, parts=parts, codes=codes,
        extent=Extent(arguments.extent) if arguments.extent else None,
        count=arguments.missing_count, first=arguments.missing_first or "",
        last=arguments.missing_last or "", vocabulary=arguments.vocabulary, **said,
    )  # fmt: skip


def annotations_verb(arguments: Namespace) -> Answer:
    from casefile.services import annotating, documents, tags

    with opening.reading(arguments) as case:
        wanted = arguments.document
        document_id = documents.find(case, wanted).id if wanted is not None else None
        marks = annotating.listing(case, document_id)
        tagged = tags.of(case, "annotation")
    lines = table(
        (
            mark.id,
            f"p. {mark.page}",
            mark.kind.value,
            mark.colour,
            ", ".join((*mark.codes, *(f"#{tag}" for tag in tagged.get(mark.id, ())))),
            _one_line(mark.text or mark.comment),
        )
        for mark in marks
    )
    return Answer({"annotations": [_mark(mark, tagged.get(mark.id, ())) for mark in marks]}, lines)


def annotation_verb(arguments: Namespace) -> Answer:
    from casefile.services import annotating, documents, file_marks

    if arguments.action == "in-file":
        with opening.reading(arguments, parsing=True) as case:
            document = documents.find(case, arguments.document)
            return _in_file(document.id, file_marks.listing(case, document.id))
    with opening.writing(arguments, parsing=arguments.action in {"adopt", "move"}) as case:
        if arguments.action == "adopt":
            document = documents.find(case, arguments.document)
            change = file_marks.adopt(case, document.id, arguments.keys or None)
            return _changed(case, change.ids("annotation"))
        ids = list(dict.fromkeys(arguments.annotations))
        if arguments.action == "delete":
            annotating.delete(case, ids)
            return Answer({"deleted": ids}, [f"Moved to the trash: {len(ids)}"])
        if arguments.action == "move":
            _moved(case, ids, arguments)
        else:
            _edited(case, ids, arguments)
        return _changed(case, ids)


def _moved(case: Case, ids: Sequence[str], arguments: Namespace) -> None:
    from casefile.services import annotating, reshaping

    if arguments.by is not None:
        reshaping.move(case, ids, *arguments.by)
        return
    if len(ids) != 1:
        raise WrongUsage("Only one mark can be put in one place; --by shifts many.")
    mark = annotating.get(case, ids[0])
    if arguments.box is not None:
        reshaping.reshape(case, mark.id, [Box.parse(arguments.box).quad()])
        return
    [part] = annotating.found_parts(
        case, mark.document_id, mark.page, arguments.find, arguments.nth
    )
    reshaping.reshape(case, mark.id, part.quads)


def _edited(case: Case, ids: Sequence[str], arguments: Namespace) -> None:
    from casefile.services import annotating, withholding

    codes = None if arguments.codes is None else _list(arguments.codes)
    if _of_a_withholding(arguments):
        if len(ids) != 1 or arguments.kind is not None:
            raise WrongUsage("--extent, --missing-… and --vocabulary change one withholding.")
        withholding.edit(case, ids[0], **{
            name: value
            for name, value in {
                "extent": Extent(arguments.extent) if arguments.extent else None,
                "count": arguments.missing_count, "first": arguments.missing_first,
                "last": arguments.missing_last, "vocabulary": arguments.vocabulary,
                "codes": codes,
            }.items()
            if value is not None
        })  # fmt: skip
        codes = None
    annotating.edit_many(
        case, ids, colour=arguments.colour, comment=arguments.comment, codes=codes,
        kind=None if arguments.kind is None else AnnotationKind(arguments.kind),
        add_tags=arguments.tag, remove_tags=arguments.untag,
    )  # fmt: skip


def carry_verb(arguments: Namespace) -> Answer:
    from casefile.services import documents, reanchoring

    least = reanchoring.LEAST if arguments.least is None else arguments.least
    opened = opening.reading if arguments.dry_run else opening.writing
    with opened(arguments, parsing=True) as case, job() as context:
        old = documents.find(case, arguments.document).id
        new = documents.find(case, arguments.to).id
        plan = reanchoring.plan(case, old, new, least=least, context=context)
        ids: Sequence[str | None] = [None] * len(plan.placed)
        if plan.placed and not arguments.dry_run:
            ids = reanchoring.carry(case, plan).ids("annotation")
    return _carried(plan, ids)


def _carried(plan: Plan, ids: Sequence[str | None]) -> Answer:
    """Status 3 where some marks were not found again, 1 where none was."""
    carried = [
        {
            "annotation": mark_id,
            "from": each.old.id,
            "from_page": each.old.page,
            "page": each.new.page,
            "kind": each.new.kind.value,
            "text": each.new.text,
            "confidence": each.confidence,
        }
        for each, mark_id in zip(plan.placed, ids, strict=True)
    ]
    lost = [
        {"annotation": mark.id, "page": mark.page, "kind": mark.kind.value, "text": mark.text}
        for mark in plan.lost
    ]
    lines = [
        *(
            f"{each.old.id}  p. {each.old.page} → p. {each.new.page}  {each.confidence:.0%}  "
            f"{safe(_one_line(each.new.text or each.new.comment))}".rstrip()
            for each in plan.placed
        ),
        *(f"{mark.id}  p. {mark.page}  there already" for mark in plan.there),
        *(
            f"{mark.id}  p. {mark.page}  not found again  {safe(_one_line(mark.text))}".rstrip()
            for mark in plan.lost
        ),
    ]
    values = {"carried": carried, "there": [mark.id for mark in plan.there], "lost": lost}
    some = REFUSED if not plan.placed and not plan.there else PARTLY
    return Answer(values, lines, status=some if plan.lost else DONE)


def _in_file(document_id: str, marks: Sequence[ForeignMark]) -> Answer:
    values = [
        {
            "key": mark.key,
            "document": document_id,
            "page": mark.page,
            "kind": mark.kind.value,
            "kind_in_file": mark.pdf_kind,
            "colour": mark.colour,
            "comment": mark.comment,
            "author": mark.author,
            "quads": [list(quad.numbers()) for quad in mark.quads],
        }
        for mark in marks
    ]
    lines = table(
        (mark.key, f"p. {mark.page}", mark.pdf_kind, _one_line(mark.comment)) for mark in marks
    )
    return Answer({"file_marks": values}, lines)


def _changed(case: Case, ids: Iterable[str], *, first: bool = False) -> Answer:
    """What was touched; with ``first`` the first one's keys stand beside the list too."""
    from casefile.services import annotating, tags

    marks = [annotating.get(case, each) for each in ids]
    tagged = tags.of(case, "annotation")
    described = [_mark(mark, tagged.get(mark.id, ())) for mark in marks]
    lines = [f"{mark.id}  p. {mark.page}  {safe(_shown(mark))}".rstrip() for mark in marks]
    top = described[0] if first else {}
    strange = dict.fromkeys(code for mark in marks for code in _unknown(mark))
    notes = [f"Not in the list of this law: {safe(', '.join(strange))}."] if strange else []
    return Answer({**top, "annotations": described}, lines, notes=notes)


def _shown(mark: Annotation) -> str:
    """A mark in one line: its words, its codes, or else what it is."""
    found = (", ".join(mark.codes), _one_line(mark.text or mark.comment))
    return "  ".join(part for part in found if part) or mark.kind.value


def _unknown(mark: Annotation) -> tuple[str, ...]:
    """Codes of a withholding that the list of its law does not have."""
    if mark.kind is not AnnotationKind.WITHHOLDING or not mark.codes or not mark.vocabulary:
        return ()
    from casefile.services import exemptions

    return exemptions.unknown(mark.codes, mark.vocabulary)


def _mark(mark: Annotation, tags: Sequence[str]) -> dict[str, Any]:
    return {
        "annotation": mark.id,
        "document": mark.document_id,
        "page": mark.page,
        "kind": mark.kind.value,
        "colour": mark.colour,
        "text": mark.text,
        "comment": mark.comment,
        "tags": list(tags),
        "codes": list(mark.codes),
        "unknown_codes": list(_unknown(mark)),
        "vocabulary": mark.vocabulary,
        "extent": mark.extent.value if mark.extent else None,
        "missing_count": mark.missing_count,
        "missing_first": mark.missing_first,
        "missing_last": mark.missing_last,
        "adopted": mark.adopted_key is not None,
        "quads": [list(quad.numbers()) for quad in mark.quads],
        "strokes": [[list(point) for point in stroke] for stroke in mark.strokes],
        "selectors": selectors(mark),
    }


def _list(codes: str) -> list[str]:
    return [code.strip() for code in codes.split(",") if code.strip()]


def _one_line(text: str) -> str:
    return " ".join(text.split())
