"""Marks of every kind: made, merged, moved, changed many at once, tagged."""

from __future__ import annotations

import pytest

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.domain.geometry import Box, Quad
from casefile.services import annotating, followups, quoting, reshaping, tags, trash
from casefile.services.case import Case
from casefile.services.undo import undo
from casefile.services.wording import undo_name
from tests.services.conftest import BringIn
from tests.services.material import refused
from tests.services.there_and_back import there_and_back

HIGHLIGHT = AnnotationKind.HIGHLIGHT
WORDS = "On March 4 the agency approved a waiver.\nThe waiver was secret."


@pytest.fixture
def document_id(bring_in: BringIn) -> str:
    return bring_in("Audit.pdf", [WORDS, "-"])


def marked(case: Case, document_id: str, words: str, **more: object) -> Annotation:
    """The mark that stands on these words now."""
    kind = more.pop("kind", HIGHLIGHT)
    change = annotating.find_and_mark(case, document_id, 1, words, nth=1, kind=kind, **more)  # type: ignore[arg-type]
    return annotating.get(case, change.ids("annotation")[0])


def words_of(case: Case, document_id: str) -> list[str]:
    return [mark.text for mark in annotating.listing(case, document_id)]


def test_marks_that_overlap_become_one(case: Case, document_id: str) -> None:
    old = marked(case, document_id, "the agency approved", comment="who?")
    [quote] = quoting.add_from_annotation(case, old.id).ids("quote")
    change = there_and_back(case, lambda: annotating.find_and_mark(
        case, document_id, 1, "approved a waiver", comment="when?", tags=["waiver"]
    ))  # fmt: skip
    [grown] = annotating.listing(case, document_id)
    assert grown.id == old.id == change.ids("annotation")[0]
    assert (grown.text, grown.comment) == ("the agency approved a waiver", "who?\nwhen?")
    assert (grown.prefix, grown.suffix) == ("On March 4", ". The waiver was secret.")
    assert len(grown.quads) == 1, "one line, one quad"
    assert tags.of(case, "annotation") == {old.id: ("waiver",)}
    assert undo_name(change.what, change.count) == "Extend mark"
    assert quoting.get(case, quote).text == "the agency approved", "a capture never grows"


def test_a_mark_between_two_joins_them_and_nothing_is_left_pointing_nowhere(
    case: Case, document_id: str
) -> None:
    first = marked(case, document_id, "the agency", tags=["one"])
    second = marked(case, document_id, "a waiver", comment="late", tags=["two"])
    [quote] = quoting.add_from_annotation(case, second.id).ids("quote")
    [followup] = followups.add(case, "ask", linked_kind="annotation", linked_id=second.id).ids(
        "followup"
    )
    there_and_back(
        case, lambda: annotating.find_and_mark(case, document_id, 1, "agency approved a")
    )
    assert words_of(case, document_id) == ["the agency approved a waiver"]
    assert quoting.get(case, quote).annotation_id == first.id
    assert followups.get(case, followup).linked_id == first.id
    assert tags.of(case, "annotation")[first.id] == ("one", "two")
    assert [item.id for item in trash.listing(case)] == [second.id]


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("approved a waiver", {"colour": "pink"}),
        ("approved a waiver", {"kind": AnnotationKind.UNDERLINE}),
        ("a waiver", {}),  # a blank apart
        ("The waiver was secret", {}),  # another line
    ],
)
def test_marks_that_do_not_look_like_one_stay_two(
    case: Case, document_id: str, words: str, more: dict[str, object]
) -> None:
    marked(case, document_id, "the agency approved")
    marked(case, document_id, words, **more)
    assert sorted(words_of(case, document_id)) == sorted(["the agency approved", words])


def test_places_found_side_by_side_are_one_mark(case: Case, bring_in: BringIn) -> None:
    fruit = bring_in("Fruit.pdf", ["one banana and two"])
    change = annotating.find_and_mark(case, fruit, 1, "an")
    assert [annotating.get(case, each).text for each in change.ids("annotation")] == ["anan", "an"]


def test_marks_on_a_page_without_words_merge_too(case: Case, document_id: str) -> None:
    for left, text in ((10, "a wai"), (40, "waiver of"), (20, "iver")):
        annotating.add(
            case, document_id, 2, HIGHLIGHT, text=text,
            quads=[Box(left, 700, left + 35, 712).quad()],
        )  # fmt: skip
    [mark] = annotating.listing(case, document_id)
    assert mark.text == "a waiver of"
    assert mark.quads == (Box(10, 700, 75, 712).quad(),)


def test_a_mark_that_changed_hands_is_taken_back_whole(case: Case, document_id: str) -> None:
    old = marked(case, document_id, "the agency approved")
    change = annotating.find_and_mark(case, document_id, 1, "approved a waiver")
    undo(case, change)
    assert annotating.listing(case, document_id) == [old]


def test_ends_of_a_highlight_are_drawn_elsewhere(case: Case, document_id: str) -> None:
    old = marked(case, document_id, "the agency approved")
    further = marked(case, document_id, "agency approved a waiver", colour="blue")
    there_and_back(case, lambda: reshaping.reshape(case, old.id, further.quads))
    new = annotating.get(case, old.id)
    assert (new.text, new.prefix) == ("agency approved a waiver", "On March 4 the")
    assert new.colour == "yellow"
    with refused("annotation.empty"):
        reshaping.reshape(case, old.id, [])


def test_a_highlight_drawn_over_another_takes_it_in(case: Case, document_id: str) -> None:
    old = marked(case, document_id, "the agency")
    late = marked(case, document_id, "a waiver", comment="late")
    [quote] = quoting.add_from_annotation(case, old.id).ids("quote")
    quads = marked(case, document_id, "agency approved a waiver", colour="blue").quads
    there_and_back(case, lambda: reshaping.reshape(case, late.id, quads))
    assert annotating.get(case, late.id).text == "the agency approved a waiver"
    assert annotating.get(case, old.id).deleted_at is not None
    assert quoting.get(case, quote).annotation_id == late.id


def test_a_box_is_moved_as_far_as_the_page_goes(case: Case, document_id: str) -> None:
    [box] = annotating.mark_box(case, document_id, 1, Box(50, 40, 300, 66)).ids("annotation")
    assert annotating.get(case, box).text.startswith("On March 4")
    there_and_back(case, lambda: reshaping.move(case, [box], 10, 200))
    moved = annotating.get(case, box)
    assert moved.quads == (Box(60, 240, 310, 266).quad(),)
    assert moved.text == "", "nothing stands there"
    reshaping.move(case, [box], 5000, -5000)
    assert annotating.get(case, box).quads == (Box(345, 0, 595, 26).quad(),)


def test_a_drawing_is_moved_and_stretched_with_its_strokes(case: Case, document_id: str) -> None:
    strokes = (((10.0, 10.0), (20.0, 30.0)), ((15.0, 15.0), (12.0, 20.0)))
    change = there_and_back(case, lambda: annotating.draw(case, document_id, 1, strokes))
    [ink] = change.ids("annotation")
    assert annotating.get(case, ink).quads == (Box(10, 10, 20, 30).quad(),)
    reshaping.move(case, [ink], 100, 0)
    assert annotating.get(case, ink).strokes[0] == ((110.0, 10.0), (120.0, 30.0))
    there_and_back(case, lambda: reshaping.reshape(case, ink, [Box(100, 100, 120, 140).quad()]))
    assert annotating.get(case, ink).strokes[0] == ((100.0, 100.0), (120.0, 140.0))
    reshaping.redraw(case, ink, [((1.0, 1.0), (3.0, 3.0))])
    assert annotating.get(case, ink).quads == (Box(1, 1, 3, 3).quad(),)
    with refused("annotation.empty"):
        annotating.draw(case, document_id, 1, [])
    with refused("annotation.empty"):
        reshaping.redraw(case, ink, [])
    mark = marked(case, document_id, "the agency")
    with refused("annotation.kind"):
        reshaping.redraw(case, mark.id, strokes)
    with refused("annotation.empty"):
        reshaping.move(case, annotating.bookmark(case, document_id, 1).ids("annotation"), 1, 1)


def test_a_page_is_bookmarked_and_no_longer(case: Case, document_id: str) -> None:
    made = there_and_back(case, lambda: annotating.toggle_bookmark(case, document_id, 2))
    [mark] = annotating.listing(case, document_id)
    assert (mark.kind, mark.page, mark.quads) == (AnnotationKind.BOOKMARK, 2, ())
    assert undo_name(made.what, made.count) == "Add bookmark"
    gone = there_and_back(case, lambda: annotating.toggle_bookmark(case, document_id, 2))
    assert gone.what == "annotation.delete"
    assert annotating.listing(case, document_id) == []


def test_many_marks_are_changed_at_once(case: Case, document_id: str) -> None:
    ids = [
        annotating.add(
            case, document_id, 1, HIGHLIGHT, quads=[Quad(10, y, 60, y, 10, y + 9, 60, y + 9)]
        ).ids("annotation")[0]
        for y in range(100, 220, 10)
    ]
    assert len(annotating.listing(case)) == 12
    tagged = there_and_back(case, lambda: tags.add(case, "vendor", "annotation", ids))
    assert tagged.count == 12
    recoloured = there_and_back(
        case, lambda: annotating.edit_many(case, ids, colour="green", tags=["Vendor", "ice"])
    )
    assert undo_name(recoloured.what, recoloured.count) == "Change 12 marks"
    assert {mark.colour for mark in annotating.listing(case)} == {"green"}
    assert set(tags.of(case, "annotation").values()) == {("ice", "vendor")}
    there_and_back(case, lambda: tags.set_tags(case, [], "annotation", ids[:1]))
    assert len(tags.of(case, "annotation")) == 11
    moved = there_and_back(case, lambda: reshaping.move(case, ids, 5, 5))
    assert undo_name(moved.what, moved.count) == "Move 12 marks"
    deleted = there_and_back(case, lambda: annotating.delete(case, ids))
    assert undo_name(deleted.what, deleted.count) == "Delete 12 marks"


def test_a_mark_becomes_another_kind_where_that_can_be(case: Case, document_id: str) -> None:
    mark = marked(case, document_id, "the agency")
    annotating.edit(case, mark.id, kind=AnnotationKind.WITHHOLDING)
    assert annotating.get(case, mark.id).extent == "area"
    annotating.edit(case, mark.id, kind=AnnotationKind.REDACTION)
    assert annotating.get(case, mark.id).extent is None
    with refused("annotation.kind"):
        annotating.edit(case, mark.id, kind=AnnotationKind.INK)
    [page] = annotating.bookmark(case, document_id, 1).ids("annotation")
    with refused("annotation.kind"):
        annotating.edit(case, page, kind=HIGHLIGHT)
    with refused("tag.empty"):
        annotating.edit(case, mark.id, tags=["  "])
