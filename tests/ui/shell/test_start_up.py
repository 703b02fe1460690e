"""The window comes up without what only an open case needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casefile import app
from tests.ui.conftest import PASSPHRASE

_LATE = ("sqlite_utils", "sqlcipher3", "cryptography", "argon2", "keyring", "pymupdf", "zxcvbn",
         "segno", "platformdirs", "casefile.store", "casefile.pdf")  # fmt: skip
_SCRIPT = """
import sys
from pathlib import Path
from casefile.ui.application import make_application
from casefile.ui.main_window import MainWindow
from casefile.ui.preferences import PreferenceFile
app = make_application(["casefile"])
window = MainWindow(PreferenceFile(Path(sys.argv[1])))
window.show_unlock(Path("case"))
window.show()
app.processEvents()
print([name for name in sys.modules if name.split(".")[0] in sys.argv[2].split() or
       any(name == late or name.startswith(late + ".") for late in sys.argv[2].split())])
window.close()
"""


def test_nothing_heavy_is_loaded_before_the_unlock_page_shows(tmp_path: object) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(tmp_path) + "/p.json", " ".join(_LATE)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


_OPENS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from casefile.ui import application
from casefile.ui.main_window import MainWindow
def opened(window):
    print(window.session.case.name)
    QTimer.singleShot(0, window.close)
class Window(MainWindow):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.case_opened.connect(lambda: opened(self))
application.MainWindow = Window
done = []
status = application.run_window(Path(sys.argv[1]), sys.argv[2], lambda: done.append("protected"))
print(done, status)
"""


@pytest.mark.parametrize("display", ["offscreen", "xvfb"])
def test_open_with_a_passphrase_opens_the_case(case_folder: Path, display: str) -> None:
    command = [sys.executable, "-c", _OPENS, str(case_folder), PASSPHRASE]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    if display == "xvfb":
        if shutil.which("xvfb-run") is None:
            pytest.skip("Xvfb is not installed (Debian: xvfb)")
        command = ["xvfb-run", "-a", *command]
        environment["QT_QPA_PLATFORM"] = "xcb"
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, env=environment, check=False
    )
    assert done.stdout.splitlines() == ["Harbor Cooling", "['protected'] 0"], done.stderr


def casefile(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items()
            if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "casefile", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={**kept, **environment},
        check=False,
    )


def test_without_a_display_it_says_so(tmp_path: object) -> None:
    if sys.platform != "linux":
        return
    for arguments in ((), ("open", str(tmp_path))):
        done = casefile(*arguments)
        assert done.returncode == 1
        assert done.stderr.strip() == app.NO_DISPLAY
        assert done.stdout == ""


def test_wrong_usage_of_open_is_told(tmp_path: object) -> None:
    assert casefile("open", "--nonsense").returncode == 2
    assert casefile("open", "--passphrase-file", "x").returncode == 2
    missing = casefile("open", "case", "--passphrase-file", f"{tmp_path}/no", DISPLAY=":99")
    assert missing.returncode == 1
    assert "Nothing was changed" in missing.stderr


def test_a_missing_library_is_named(monkeypatch: object, capsys: object) -> None:
    assert "libxcb-cursor0" in app.NO_QT.format(missing="libEGL.so.1", packages=app.QT_PACKAGES)
