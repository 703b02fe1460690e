"""What every test may use, and what no test may leave behind."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import LoadScopeScheduling

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A worker thread must never collect a widget (see casefile/ui/collecting.py): tests collect here.
gc.disable()


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: no collection need look at it."""
    gc.collect()
    gc.freeze()


#: Tests that look at the same two traced journeys, which take a while to make.
JOURNEY_FILES = ("test_no_core_dumps.py", "test_no_network.py", "test_nothing_in_the_clear.py")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Tests of one file run in one process, because they share what is slow to make."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            if file.endswith(JOURNEY_FILES):
                return "journeys"
            return "access" if file.startswith("tests/ui/access/") else file

    return ByFile(config, log)


CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
SECONDS_TO_END = 10


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real government records and hostile files, kept beside the project, never inside it."""
    if not CORPUS.is_dir():
        pytest.skip("the shared corpus is not beside this checkout (../shared/corpus)")
    return CORPUS


def child_processes() -> set[int]:
    """Process ids of living children (empty where /proc does not tell)."""
    children: set[int] = set()
    for task in Path("/proc/self/task").glob("*/children"):
        try:
            children.update(int(pid) for pid in task.read_text().split())
        except OSError:
            continue
    return {pid for pid in children if not _ended(pid)}


def _ended(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """A test that leaves a thread or a process running has not closed what it opened."""
    threads, processes = set(threading.enumerate()), child_processes()
    yield
    for thread in set(threading.enumerate()) - threads:
        thread.join(SECONDS_TO_END)
    left = [thread.name for thread in set(threading.enumerate()) - threads if thread.is_alive()]
    assert not left, f"threads left running: {left}"
    started = child_processes() - processes
    assert not started, f"processes left running: {started}"


@pytest.fixture(autouse=True)
def collected_on_the_main_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """What the collector would do, where it is safe: after a test, all of it after one with Qt."""
    yield
    gc.collect(2 if "qapp" in request.fixturenames else 1)
