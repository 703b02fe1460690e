"""No plaintext of a case is written anywhere but into what the reporter exports.

A whole piece of work is done twice, on the command line and in the window, under strace; then every
byte that was written to any file, every name that was made, and every file that is left are
searched for words that stand in the case alone.
"""

from __future__ import annotations

from pathlib import Path

from tests.assurance import planted, tracing
from tests.assurance.conftest import Journey

#: Where the exports go, the one place for plaintext.
OUT = "out"


def test_the_search_would_find_plaintext_in_any_form() -> None:
    for word in planted.WORDS:
        for name, form in planted.forms(word):
            assert planted.leaks(b"\x00\xff" + form + b"\x00", "here"), (word, name)


def test_the_trace_follows_descriptors_through_threads_and_children(tmp_path: Path) -> None:
    """A program that leaks in every way that strace could lose sight of is caught each time."""
    program = """
import os, subprocess, sys, threading
word = "zanzibarite"
def leak(name, data=word.encode()):
    with open(name, "wb", buffering=0) as file:
        file.write(data)
threading.Thread(target=leak, args=("thread",)).start()
if os.fork() == 0:
    leak("child", word.encode("utf-16-le"))
    os._exit(0)
os.wait()
os.chdir("folder")
descriptor = os.dup(os.open("moved", os.O_WRONLY | os.O_CREAT))
os.write(descriptor, b"zanzi"); os.writev(descriptor, [b"bar", b"ite\\n\\"quoted\\""])
os.unlink("moved")
os.pwrite(os.open("tail", os.O_RDWR | os.O_CREAT), b"\\0" * 70000 + word.encode(), 0)
inherited = os.open("inherited", os.O_WRONLY | os.O_CREAT)
code = f"import os; os.write({inherited}, b'zanzibarite')"
subprocess.run([sys.executable, "-c", code], pass_fds=[inherited])
os.rename("tail", "zanzibarite.tmp")
"""
    (tmp_path / "folder").mkdir()
    done, record = tracing.run(
        ["python3", "-c", program],
        tmp_path / "trace",
        cwd=tmp_path,
        environment={"PATH": "/usr/bin"},
    )
    assert done.returncode == 0, done.stderr
    found = {Path(f.path).name: f.data for f in record.regular if planted.leaks(f.data, f.path)}
    assert set(found) == {"thread", "child", "moved", "tail", "inherited"}
    assert found["moved"] == b'zanzibarite\n"quoted"'
    assert str(tmp_path / "folder" / "zanzibarite.tmp") in record.paths


def test_the_journey_was_seen(journey: Journey) -> None:
    """An empty record would pass every test below."""
    written = [file for file in journey.record.regular if file.data]
    assert sum(len(f.data) for f in written if f.path.endswith("store.db-wal")) > 100_000
    sealed = [f for f in written if journey.inside(f.path, "case/documents")]
    assert len(sealed) >= len(planted.originals_made(journey.root / "in"))
    exported = [f for f in written if journey.inside(f.path, OUT)]
    assert any(planted.leaks(file.data, file.path) for file in exported)


def test_nothing_written_outside_the_export_holds_a_word_of_the_case(journey: Journey) -> None:
    found = [
        leak
        for file in journey.record.regular
        if not journey.inside(file.path, OUT)
        for leak in planted.leaks(file.data, file.path)
    ]
    assert not found


def test_no_file_left_outside_the_export_holds_a_word_of_the_case(journey: Journey) -> None:
    """Everything that is on the disk afterwards, memory-mapped files included."""
    kept = [
        path
        for path in planted.files_under(journey.root)
        if not journey.inside(str(path), OUT, "in", "trace") and path.name != "passphrase"
    ]
    assert len(kept) > 5
    assert not planted.leaks_in_files(kept)


def test_no_name_on_the_disk_tells_a_word_of_the_case(journey: Journey) -> None:
    names = [path for path in journey.record.paths if not journey.inside(path, OUT)]
    assert not [leak for path in names for leak in planted.leaks(path.encode(), path)]


def test_files_are_written_in_the_case_and_the_export_only(journey: Journey) -> None:
    """Of temporary files there is only the empty trial that Python's tempfile makes, and nothing is
    left of them."""
    elsewhere = [
        file
        for file in journey.record.regular
        if not journey.inside(file.path, "case", "backup", OUT)
        and not file.path.startswith(str(journey.root / ".backup-"))  # until it is complete
        and not (journey.inside(file.path, "tmp") and file.data in (b"", b"blat"))
        and not journey.inside(file.path, "home")
    ]
    assert not {file.path for file in elsewhere}
    assert not planted.files_under(journey.root / "tmp")


def test_the_home_folder_holds_preferences_and_caches_of_qt_only(journey: Journey) -> None:
    """The command line leaves nothing at home; the window its preferences, and Qt its caches."""
    home = journey.root / "home"
    left = {str(path.relative_to(home)) for path in planted.files_under(home)}
    if journey.name == "cli":
        assert not left
    else:
        strange = {
            name for name in left if not name.startswith((".cache/fontconfig/", ".cache/mesa"))
        }
        assert strange <= {".config/casefile/preferences.json"}


def test_what_the_kernel_copied_or_mapped_was_ciphertext(journey: Journey) -> None:
    """Bytes that strace cannot show: copies come out of the case only, sealed as they are, and the
    only files that are written through memory are the indexes of databases' logs."""
    out_of_elsewhere = [
        copied
        for copied in journey.record.copies
        if copied.target not in journey.record.pipes
        and not journey.inside(copied.source, "case")
        and not journey.inside(copied.target, OUT)
    ]
    assert not out_of_elsewhere
    strange = {
        path
        for path in journey.record.mapped
        if not path.endswith(".db-shm") and not tracing.is_easel(path)
    }
    assert not {path for path in strange if not journey.inside(path, "home/.cache")}


def test_memory_shared_with_a_worker_has_no_name_once_there_is_a_document(
    journey: Journey,
) -> None:
    """It lies in memory and never on a disk, nothing is written to it by name, and its name is gone
    before the worker raises its walls, which is before the first byte of a document."""
    record = journey.record
    shared = [file for file in record.files if tracing.is_easel(file.path)]
    lent = [file for file in shared if file.process in record.walled]
    assert lent
    assert all(not file.data for file in shared)
    assert all(file.path in record.removed for file in shared)
    for file in lent:
        assert record.removed[file.path] < record.walled[file.process], file.path
