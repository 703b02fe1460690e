"""Every failure the services tell has its words."""

from __future__ import annotations

import re
from pathlib import Path

import casefile.services
from casefile.domain.annotations import AnnotationKind
from casefile.domain.errors import UserError
from casefile.services.wording import catalogue, explain, undo_name

SOURCES = sorted(Path(casefile.services.__file__).parent.glob("*.py"))


def test_every_code_that_is_raised_is_worded() -> None:
    raised = {
        code
        for path in SOURCES
        for code in re.findall(r'UserError\(\s*"([a-z_.]+)"', path.read_text("utf-8"))
    }
    assert len(raised) > 30
    assert raised <= set(catalogue())


def test_every_edit_has_a_name_for_the_undo_menu() -> None:
    made = {
        code
        for path in SOURCES
        for code in re.findall(r'store\.edit\(\s*"([a-z_.]+)"', path.read_text("utf-8"))
    }
    made |= {f"{kind}.add" for kind in AnnotationKind}
    assert len(made) > 20
    for code in made:
        for count in (1, 12):
            assert undo_name(code, count) != code
            assert "{" not in undo_name(code, count)


def test_kept_reasons_are_worded() -> None:
    text = "".join(path.read_text("utf-8") for path in SOURCES)
    for code in set(re.findall(r'"(kept\.[a-z_]+)"', text)):
        assert explain(UserError(code)).what.startswith("Kept, ")
