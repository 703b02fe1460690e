"""The window comes up without what only an open case needs."""

from __future__ import annotations

import os
import subprocess
import sys

from casefile import app

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
