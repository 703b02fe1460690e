"""Where a case may lie, and how it is found."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from casefile.domain.errors import UserError
from casefile.store.folder import CaseFolder, warnings


def test_a_new_folder_is_the_owners_alone(tmp_path: Path) -> None:
    folder = CaseFolder.create(tmp_path / "a" / "case")
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert folder.documents.is_dir()
    assert folder.backups.is_dir()


def test_an_empty_folder_can_become_a_case(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir(mode=0o755)
    folder = CaseFolder.create(tmp_path / "case")
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700


@pytest.mark.parametrize("what", ["file", "full folder"])
def test_what_is_there_already_is_not_touched(tmp_path: Path, what: str) -> None:
    place = tmp_path / "case"
    if what == "file":
        place.write_text("mine")
    else:
        place.mkdir()
        (place / "mine").write_text("mine")
    with pytest.raises(UserError) as refused:
        CaseFolder.create(place)
    assert refused.value.code == "case.exists"


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError) as refused:
        CaseFolder.create(tmp_path / "file" / "case")
    assert refused.value.code == "case.cannot_create"


def test_a_case_is_found_by_its_folder_and_by_its_header(tmp_path: Path) -> None:
    folder = CaseFolder.create(tmp_path / "case")
    for absent in (folder.path, folder.header_path, tmp_path / "nothing", tmp_path / ("x" * 300)):
        with pytest.raises(UserError) as refused:
            CaseFolder.locate(absent)
        assert refused.value.code == "case.not_found"
    folder.header_path.write_text("{}")
    assert CaseFolder.locate(folder.path) == folder
    assert CaseFolder.locate(folder.header_path) == folder


def test_a_case_that_lost_its_header_is_still_found(tmp_path: Path) -> None:
    folder = CaseFolder.create(tmp_path / "case")
    folder.store_path.write_bytes(b"")
    assert CaseFolder.locate(folder.path) == folder


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("Dropbox/case", "folder.synced.dropbox"),
        ("Dropbox (Paper)/work/case", "folder.synced.dropbox"),
        ("OneDrive - The Paper/case", "folder.synced.onedrive"),
        ("OneDrive/case", "folder.synced.onedrive"),
        ("Library/Mobile Documents/case", "folder.synced.icloud"),
        ("iCloudDrive/case", "folder.synced.icloud"),
        ("GoogleDrive-me@example.org/My Drive/case", "folder.synced.google_drive"),
        ("Nextcloud/case", "folder.synced.nextcloud"),
        ("ownCloud/case", "folder.synced.nextcloud"),
    ],
)
def test_synced_folders_are_known_by_name(tmp_path: Path, place: str, code: str) -> None:
    assert warnings(tmp_path / place) == [code]


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        (".stfolder", "folder.synced.syncthing"),
        (".nextcloudsync.log", "folder.synced.nextcloud"),
        (".dropbox", "folder.synced.dropbox"),
    ],
)
def test_synced_folders_are_known_by_their_marks(tmp_path: Path, mark: str, code: str) -> None:
    (tmp_path / mark).mkdir()
    assert warnings(tmp_path / "work" / "case") == [code]
    assert warnings(tmp_path) == []


def test_the_home_folder_is_not_synced_for_holding_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".dropbox").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert warnings(tmp_path / "case") == []


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("server:/x {mount} nfs4 rw 0 0", ["folder.network"]),
        ("//server/x {mount} cifs rw 0 0", ["folder.network"]),
        ("me@server: {mount} fuse.sshfs rw 0 0", ["folder.network"]),
        ("server:/x / nfs4 rw 0 0\n/dev/sda {mount} ext4 rw 0 0", []),
        ("/dev/sda / ext4 rw 0 0\nserver:/x {mount}/other nfs4 rw 0 0\nshort", []),
    ],
)
def test_network_file_systems(tmp_path: Path, table: str, expected: list[str]) -> None:
    mount = tmp_path / "a place"
    mounts = tmp_path / "mounts"
    mounts.write_text(table.format(mount=str(mount).replace(" ", "\\040")))
    assert warnings(mount / "case", mounts) == expected


def test_a_system_without_a_table_of_mounts(tmp_path: Path) -> None:
    assert warnings(tmp_path / "case", tmp_path / "absent") == []
