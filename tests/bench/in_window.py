"""Run the real program under Xvfb with somebody at the keyboard, and say what was measured.

``Running(case, scene, ...)`` starts ``casefile open CASE`` in a process of its own; in there
``scene`` (the name of a generator in ``scenes``) drives the window. A scene yields conditions to
wait for and returns what it measured, as JSON can hold it.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, Self

from tests.bench.cases import PASSPHRASE
from tests.bench.display import display

ROOT = Path(__file__).parents[2]
#: Nobody waits longer for anything, in seconds.
PATIENCE = 900

Condition = Callable[[], object]
Scene = Generator[Condition, None, Any]


class Running:
    """The program with somebody at the keyboard, on the display that ``screen`` names."""

    def __init__(self, case: Path, scene: str, screen: dict[str, str], *arguments: str) -> None:
        self._home = tempfile.TemporaryDirectory(prefix="casefile-home-")
        secret = Path(self._home.name) / "passphrase"
        secret.write_text(PASSPHRASE)
        secret.chmod(0o600)
        us = [sys.executable, "-m", "tests.bench.in_window", scene, str(case), str(secret)]
        self._process = subprocess.Popen(
            [*us, *arguments],
            cwd=ROOT,
            env={**os.environ, **screen, "HOME": self._home.name},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pid = self._process.pid

    def result(self) -> Any:
        """What the scene returned, once it has ended."""
        told, _ = self._process.communicate(timeout=PATIENCE)
        if self._process.returncode != 0:
            raise RuntimeError(f"the scene ended with {self._process.returncode}")
        return json.loads(told.splitlines()[-1])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._home.cleanup()


def run(case: Path, scene: str, *arguments: str) -> Any:
    """What the scene ``tests.bench.scenes.SCENE(window, *arguments)`` returned."""
    with display() as screen, Running(case, scene, screen, *arguments) as running:
        return running.result()


def main(scene: str, case: str, secret: str, *arguments: str) -> int:
    """Inside the window's process: begin once the event loop runs."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    running: list[object] = []
    execute = QApplication.exec

    def exec_with_scene(*_: object) -> int:
        timer = QTimer(interval=2)
        player = _Player(scene, arguments, timer)
        running.extend((timer, player))
        timer.timeout.connect(player.look)
        timer.start()
        return execute()

    QApplication.exec = exec_with_scene
    sys.argv = ["casefile", "open", case, "--passphrase-file", secret]
    from casefile.__main__ import main as casefile

    return casefile()


class _Player:
    """Goes on with the scene whenever what it waits for has come."""

    def __init__(self, scene: str, arguments: tuple[str, ...], timer: Any) -> None:
        self._begin = getattr(importlib.import_module("tests.bench.scenes"), scene)
        self._arguments = arguments
        self._timer = timer
        self._scene: Scene | None = None
        self._condition: Condition = self._ready

    def _ready(self) -> object:
        from PySide6.QtWidgets import QApplication

        from casefile.ui.main_window import MainWindow

        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        window = windows[0] if windows else None
        if window is None or window.desk is None or not window.isVisible():
            return False
        self._window = window
        return True

    def look(self) -> None:
        if not self._condition():
            return
        try:
            if self._scene is None:
                self._scene = self._begin(self._window, *self._arguments)
            self._condition = next(self._scene)
        except StopIteration as end:
            print(json.dumps(end.value), flush=True)
            os._exit(0)
        except Exception:  # noqa: BLE001 - told, and the process ends
            import traceback

            traceback.print_exc()
            os._exit(1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
