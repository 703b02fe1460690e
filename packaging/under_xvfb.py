"""Run a command under a virtual display of its own: ``under_xvfb.py COMMAND...``.

Xvfb picks a free display number itself and writes it to a pipe, so that two runs never meet; it
listens on no TCP port.
"""

from __future__ import annotations

import os
import subprocess
import sys


def main(command: list[str]) -> int:
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", str(write_end), "-screen", "0", "1600x1000x24"),
            *("-nolisten", "tcp", "-noreset", "-dpi", "96"),
        ],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as numbers:
            number = numbers.readline().strip()
        if not number:
            print("Xvfb did not start", file=sys.stderr)
            return 1
        environment = {**os.environ, "DISPLAY": f":{number}"}
        environment.pop("WAYLAND_DISPLAY", None)
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
