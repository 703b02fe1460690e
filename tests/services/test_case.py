"""A case is made, opened, locked, refused."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest

from casefile.domain.errors import UserError
from casefile.security.kdf import CHEAP
from casefile.services import case as cases
from casefile.services import settings
from casefile.services.case import Case, Passphrase, create_case, open_case
from tests.services.conftest import PASSPHRASE
from tests.services.material import refused


def code_of(error: pytest.ExceptionInfo[UserError]) -> str:
    return error.value.code


def test_a_case_opens_with_its_passphrase_and_keeps_its_name_inside(case: Case) -> None:
    path = case.path
    case.close()
    assert b"waiver" not in b"".join(p.read_bytes() for p in path.rglob("*") if p.is_file())
    with open_case(path, Passphrase(PASSPHRASE)) as again:
        assert again.name == "The waiver"
        assert not again.read_only
    with open_case(path / "case.casefile", Passphrase(PASSPHRASE)) as again:
        assert again.path == path


def test_a_case_without_a_name_is_called_like_its_folder(tmp_path: Path) -> None:
    with create_case(tmp_path / "Case 2026-11", PASSPHRASE, cost=CHEAP) as made:
        assert made.name == "Case 2026-11"
        settings.rename_case(made, " The waiver ")
        assert made.name == "The waiver"


def test_a_wrong_passphrase_changes_nothing(case: Case) -> None:
    path = case.path
    case.close()
    before = {p: p.read_bytes() for p in path.rglob("*") if p.is_file()}
    with refused("passphrase.wrong"):
        open_case(path, Passphrase("correct horse"))
    assert {p: p.read_bytes() for p in path.rglob("*") if p.is_file()} == before


def test_a_case_is_not_made_over_something_else(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "photo.png").write_bytes(b"x")
    with refused("case.exists"):
        create_case(tmp_path / "full", PASSPHRASE, cost=CHEAP)
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["photo.png"]


def test_an_empty_folder_is_used_and_left_empty_when_it_goes_wrong(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(UserError) as error:
        create_case(empty, "", cost=CHEAP)
    assert code_of(error).startswith("passphrase.")
    assert empty.is_dir()
    assert not any(empty.iterdir())
    create_case(empty, PASSPHRASE, cost=CHEAP).close()


def test_peeking_needs_no_passphrase(case: Case) -> None:
    seen = cases.peek(case.path)
    assert (seen.folder_name, seen.has_keyring, seen.has_recovery) == ("case", False, False)
    assert seen.format_version == 1
    with refused("case.not_found"):
        cases.peek(case.path.parent)


def test_the_suggested_folder_name_is_neutral_and_free(tmp_path: Path) -> None:
    day = date(2026, 11, 22)
    assert cases.suggested_folder_name(day, tmp_path) == "Case 2026-11"
    (tmp_path / "Case 2026-11").mkdir()
    assert cases.suggested_folder_name(day, tmp_path) == "Case 2026-11 (2)"


def test_a_synced_folder_is_warned_about(tmp_path: Path) -> None:
    assert cases.folder_warnings(tmp_path / "Dropbox" / "x") == ["folder.synced.dropbox"]
    assert cases.folder_warnings(tmp_path / "x") == []


def test_a_damaged_header_is_told_from_a_wrong_passphrase_and_can_come_back(case: Case) -> None:
    path = case.path
    case.close()
    header = path / "case.casefile"
    whole = header.read_bytes()
    header.write_bytes(whole.replace(b"argon2id", b"argon2ix"))
    with refused("header.damaged"):
        open_case(path, Passphrase(PASSPHRASE))
    assert cases.header_copy_offered(path)
    cases.restore_header(path)
    assert header.read_bytes() == whole
    open_case(path, Passphrase(PASSPHRASE)).close()


def test_a_lost_header_comes_back_from_its_copy(case: Case) -> None:
    path = case.path
    case.close()
    (path / "case.casefile").unlink()
    with refused("header.missing"):
        open_case(path, Passphrase(PASSPHRASE))
    cases.restore_header(path)
    open_case(path, Passphrase(PASSPHRASE)).close()


def test_a_newer_format_is_not_touched(case: Case) -> None:
    path = case.path
    case.close()
    header = path / "case.casefile"
    members = json.loads(header.read_bytes())
    header.write_text(json.dumps(members | {"format_version": 99}))
    with refused("header.newer_version"):
        open_case(path, Passphrase(PASSPHRASE))
    assert header.read_text() == json.dumps(members | {"format_version": 99})


def test_a_damaged_store_is_told_from_a_wrong_passphrase(case: Case) -> None:
    path = case.path
    case.close()
    store = path / "store.db"
    store.write_bytes(os.urandom(4096) + store.read_bytes()[4096:])
    with refused("store.damaged"):
        open_case(path, Passphrase(PASSPHRASE))


def test_readers_work_beside_the_one_writer(case: Case) -> None:
    with refused("case.open_elsewhere"):
        open_case(case.path, Passphrase(PASSPHRASE))
    with open_case(case.path, Passphrase(PASSPHRASE), writing=False) as reading:
        assert reading.read_only
        settings.put(case, "colour", "pink")
        assert settings.get(reading, "colour") == "pink"
        settings.put(reading, "colour", "blue")  # says nothing, keeps nothing
        with refused("case.read_only"):
            settings.rename_case(reading, "x")
    assert settings.get(case, "colour") == "pink"


def test_a_lock_left_by_a_killed_process_is_in_nobodys_way(case: Case) -> None:
    path = case.path
    case.close()
    script = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from casefile.services.case import Passphrase, open_case
        case = open_case(Path({str(path)!r}), Passphrase({PASSPHRASE!r}))
        sys.stdout.write("open\\n"); sys.stdout.flush()
        sys.stdin.read()
    """)
    child = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin is not None
    assert child.stdout is not None
    with child, child.stdout, child.stdin:
        assert child.stdout.readline() == "open\n"
        with pytest.raises(UserError) as error:
            open_case(path, Passphrase(PASSPHRASE))
        assert code_of(error) == "case.open_elsewhere"
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert (path / "case.lock").exists()
    open_case(path, Passphrase(PASSPHRASE)).close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a disk")
@pytest.mark.parametrize("dirty", [False, True])
def test_on_a_disk_that_cannot_be_written_a_case_opens_for_reading(
    tmp_path: Path, dirty: bool
) -> None:
    """Also where the disk was pulled out while the case was open: its log is still full."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let root mount a tmpfs")
    try:
        made = create_case(disk / "case", PASSPHRASE, cost=CHEAP)
        settings.put(made, "colour", "pink")
        if dirty:
            shutil.copytree(disk / "case", disk / "pulled")
        made.close()
        path = disk / ("pulled" if dirty else "case")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with open_case(path, Passphrase(PASSPHRASE)) as case:
            assert case.read_only
            assert settings.get(case, "colour") == "pink"
            with refused("case.read_only"):
                settings.rename_case(case, "x")
            with refused("case.read_only"):
                case.require_writing()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_what_is_unfinished_survives_a_lock(case: Case) -> None:
    path = case.path
    settings.keep_drafts(case, {"note": "half a sen"})
    case.close()
    with open_case(path, Passphrase(PASSPHRASE)) as again:
        assert settings.drafts(again) == {"note": "half a sen"}
        settings.keep_drafts(again, {})
        assert settings.drafts(again) == {}


def test_a_closed_case_is_of_no_more_use(case: Case) -> None:
    case.close()
    case.close()
    assert case.closed
    assert case.key.wiped
    for use in (lambda: case.name, lambda: case.workers, lambda: case.session("0" * 16)):
        with pytest.raises(UserError) as error:
            use()
        assert code_of(error) == "case.closed"


def test_secrets_do_not_show_when_printed() -> None:
    shown = f"{Passphrase('secret')} {cases.RecoveryCode('secret')} {cases.OsKeyring()}"
    assert "secret" not in shown
