"""Where the reader has been: Back and Forward with exact position and zoom. No Qt."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from casefile.domain.geometry import is_coordinate
from casefile.ui.reader.layout import Arrangement
from casefile.ui.reader.turning import TURNS

#: How many places are remembered each way.
DEPTH = 100


@dataclass(frozen=True, slots=True)
class Place:
    """What stands in the upper left corner of the view (a page from 1, and points on it), how it
    is zoomed: ``fit`` is "width", "page" or "" (then ``zoom`` counts, 1 being 100 %); and how the
    pages are arranged (see ``Arrangement``)."""

    page: int = 1
    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0
    fit: str = "width"
    spread: bool = False
    single: bool = False
    turn: int = 0

    @property
    def arrangement(self) -> Arrangement:
        return Arrangement(self.spread, self.single, self.turn)

    def as_dict(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: dict[str, object], pages: int) -> Place:
        """A stored place made safe: whatever does not fit the document falls back to its start."""
        page, x, y, zoom = (stored.get(name) for name in ("page", "x", "y", "zoom"))
        fit, turn = stored.get("fit"), stored.get("turn")
        if not isinstance(page, int) or not 1 <= page <= pages:
            return cls()
        return cls(
            page,
            float(x) if isinstance(x, (int, float)) and is_coordinate(x) else 0.0,
            float(y) if isinstance(y, (int, float)) and is_coordinate(y) else 0.0,
            float(zoom) if isinstance(zoom, (int, float)) and 0.001 <= zoom <= 64 else 1.0,
            fit if fit in {"width", "page", ""} and isinstance(fit, str) else "width",
            stored.get("spread") is True,
            stored.get("single") is True,
            turn if isinstance(turn, int) and turn in TURNS else 0,
        )


class History:
    """A browser's history: leaving a place pushes it, going back keeps the way forward."""

    def __init__(self) -> None:
        self._back: list[Place] = []
        self._forward: list[Place] = []

    @property
    def can_go_back(self) -> bool:
        return bool(self._back)

    @property
    def can_go_forward(self) -> bool:
        return bool(self._forward)

    def leave(self, place: Place) -> None:
        """The reader jumps away from ``place``."""
        if not self._back or self._back[-1] != place:
            self._back.append(place)
            del self._back[:-DEPTH]
        self._forward.clear()

    def back(self, here: Place) -> Place | None:
        return _move(self._back, self._forward, here)

    def forward(self, here: Place) -> Place | None:
        return _move(self._forward, self._back, here)


def _move(source: list[Place], target: list[Place], here: Place) -> Place | None:
    if not source:
        return None
    target.append(here)
    return source.pop()
