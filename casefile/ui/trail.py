"""Back and Forward among the places of the window. No Qt."""

from __future__ import annotations

DEPTH = 100


class Trail:
    """A browser's history of names: going somewhere new forgets the way forward."""

    def __init__(self) -> None:
        self._back: list[str] = []
        self._forward: list[str] = []
        self.here = ""

    def go(self, name: str) -> None:
        if name == self.here:
            return
        if self.here:
            self._back = [*self._back, self.here][-DEPTH:]
        self._forward.clear()
        self.here = name

    @property
    def can_go_back(self) -> bool:
        return bool(self._back)

    @property
    def can_go_forward(self) -> bool:
        return bool(self._forward)

    def back(self) -> str:
        """The place before this one. Raises ``IndexError`` when there is none."""
        self._forward.append(self.here)
        self.here = self._back.pop()
        return self.here

    def forward(self) -> str:
        """The place that Back left. Raises ``IndexError`` when there is none."""
        self._back.append(self.here)
        self.here = self._forward.pop()
        return self.here
