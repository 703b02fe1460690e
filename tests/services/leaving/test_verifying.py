"""A bundle is checked as something a stranger may have made."""

from __future__ import annotations

import os
import stat
import struct
import warnings
import zipfile
from pathlib import Path

import bagit
import pytest

from casefile.domain.errors import Cancelled, UserError
from casefile.domain.progress import JobContext
from casefile.services.leaving import bundle_files, verifying
from casefile.services.leaving.bundle_files import is_plain_path
from casefile.services.leaving.verifying import verify_bundle
from casefile.services.wording import catalogue
from tests.services.leaving.bags import make_bag, zipped


def codes(path: Path) -> set[str]:
    report = verify_bundle(path)
    assert report.ok is not bool(report.problems)
    for problem in report.problems:
        assert f"bundle.{problem.code}" in catalogue()
    return {problem.code for problem in report.problems}


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    return make_bag(tmp_path / "bag")


def test_a_sound_bundle_passes_and_bagit_agrees(bag: Path) -> None:
    report = verify_bundle(bag)
    assert report.ok
    assert report.files == 8
    assert report.fingerprint
    assert bagit.Bag(str(bag)).validate()


@pytest.mark.parametrize("prefix", ["", "bundle/"])
def test_a_zip_passes_with_and_without_a_folder_around_it(
    bag: Path, tmp_path: Path, prefix: str
) -> None:
    report = verify_bundle(zipped(bag, tmp_path / "b.zip", prefix))
    assert report.problems == ()
    assert report.fingerprint == verify_bundle(bag).fingerprint


def test_a_changed_file_is_named(bag: Path) -> None:
    (bag / "data/quotes.csv").write_bytes(b"quote,texx\r\n")
    (problem,) = verify_bundle(bag).problems
    assert (problem.code, problem.path) == ("changed", "data/quotes.csv")


def test_a_changed_index_is_found(bag: Path) -> None:
    (bag / "index.html").write_bytes(b"<!DOCTYPE html><p>")
    assert codes(bag) == {"changed"}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("data/quotes.csv", {"missing", "wrong_total"}),
        ("bagit.txt", {"missing"}),
        ("manifest-sha256.txt", {"missing", "extra"}),
        ("tagmanifest-sha256.txt", {"missing", "extra"}),
    ],
)
def test_a_missing_file_is_found(bag: Path, name: str, found: set[str]) -> None:
    (bag / name).unlink()
    assert codes(bag) >= found


@pytest.mark.parametrize("name", ["data/extra.pdf", "extra.html", "fetch.txt"])
def test_a_file_that_no_list_names_is_found(bag: Path, name: str) -> None:
    (bag / name).write_bytes(b"http://example.test/ 3 data/x\n")
    assert "extra" in codes(bag)


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "0" * 63 + "  data/quotes.csv",
        "0" * 64 + "  data/" + "x" * 9000,
        "0" * 64,
    ],
)
def test_a_bad_line_is_found(bag: Path, line: str) -> None:
    with (bag / "manifest-sha256.txt").open("a") as file:
        file.write(line + "\n")
    assert "bad_manifest" in codes(bag)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "data/../x", "C:/x", "~/x"])
def test_a_name_that_leads_out_is_refused(bag: Path, name: str) -> None:
    with (bag / "manifest-sha256.txt").open("a") as file:
        file.write("0" * 64 + f"  {name}\n")
    assert "unsafe_path" in codes(bag)


def test_a_name_listed_twice_is_found(bag: Path) -> None:
    manifest = bag / "manifest-sha256.txt"
    manifest.write_text(manifest.read_text("utf-8") * 2, "utf-8")
    assert "named_twice" in codes(bag)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"BagIt-Version: 9.9\n", b"x" * 5000])
def test_a_bad_declaration_is_found(bag: Path, data: bytes) -> None:
    (bag / "bagit.txt").write_bytes(data)
    assert codes(bag) & {"bad_declaration", "unreadable", "too_large"}


def test_links_and_pipes_are_not_opened(bag: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"%PDF-1.7 letter")
    target = bag / "data/documents/001 Letter.pdf"
    target.unlink()
    target.symlink_to(secret)
    (bag / "data/folder").symlink_to(tmp_path)
    os.mkfifo(bag / "data/pipe")
    assert {"link", "special", "missing"} <= codes(bag)


def test_too_many_files_are_not_looked_at(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle_files, "MOST_FILES", 3)
    assert codes(bag) == {"too_large"}
    assert verify_bundle(bag).files == 0


def test_a_sparse_giant_is_not_hashed(bag: Path) -> None:
    with (bag / "data/giant").open("wb") as file:
        file.truncate(bundle_files.MOST_FILE_BYTES + 1)
    assert codes(bag) == {"too_large"}


def test_folders_nested_without_end_are_refused(bag: Path) -> None:
    deep = bag / "data"
    for _ in range(bundle_files.MOST_DEPTH + 2):
        deep /= "d"
    deep.mkdir(parents=True)
    assert codes(bag) == {"too_deep"}


def hostile_zip(out: Path, *entries: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of names given twice
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in entries:
                archive.writestr(name, data)
    return out


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "C:\\x", "a\\b", "data//x", "nul:"])
def test_a_zip_with_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    assert codes(hostile_zip(tmp_path / "b.zip", ("bagit.txt", b""), (name, b"x"))) == {
        "unsafe_path"
    }
    assert list(tmp_path.iterdir()) == [tmp_path / "b.zip"]


def test_a_zip_with_a_link_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("bagit.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert codes(hostile_zip(tmp_path / "b.zip", (link, b"/etc/passwd"))) == {"link"}


def test_a_zip_with_one_name_twice_is_refused(tmp_path: Path) -> None:
    path = hostile_zip(tmp_path / "b.zip", ("bagit.txt", b"1"), ("BAGIT.txt", b"2"))
    assert codes(path) == {"named_twice"}


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = hostile_zip(tmp_path / "b.zip", ("bagit.txt", b""), ("data/x", bytes(20 << 20)))
    assert codes(path) == {"bomb"}


def test_entries_that_share_bytes_are_refused(bag: Path, tmp_path: Path) -> None:
    path = zipped(bag, tmp_path / "b.zip")
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 20, len(data))
    path.write_bytes(data)
    assert codes(path) & {"overlapping", "not_a_bundle"}


@pytest.mark.parametrize(
    "data", [b"", b"not a zip", b"PK\x05\x06" + bytes(18), b"PK\x05\x06" + b"\xff" * 18]
)
def test_what_is_no_bundle_is_said_to_be_none(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(data)
    assert codes(path)


def test_an_end_record_that_promises_millions_is_refused_unread(tmp_path: Path) -> None:
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 9**9, 9**9, 1 << 40, 0)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, 0, 1)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path = tmp_path / "b.zip"
    path.write_bytes(record + locator + end)
    assert codes(path) == {"too_large"}


def test_every_cut_and_flip_of_a_zip_is_found(bag: Path, tmp_path: Path) -> None:
    path = zipped(bag, tmp_path / "b.zip")
    whole = path.read_bytes()
    for at in range(0, len(whole), 41):
        path.write_bytes(whole[:at])
        assert codes(path)
        flipped = bytearray(whole)
        flipped[at] ^= 0x55
        path.write_bytes(flipped)
        verify_bundle(path)  # may be a time stamp; it must only never fail otherwise


def test_nothing_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"bundle\.not_found"):
        verify_bundle(tmp_path / "absent")


def test_checking_can_be_cancelled(bag: Path) -> None:
    context = JobContext()
    context.cancel()
    with pytest.raises(Cancelled):
        verify_bundle(bag, context)


@pytest.mark.parametrize("path", ["data/a b.pdf", "x", "a/ü/…"])
def test_plain_paths(path: str) -> None:
    assert is_plain_path(path)


def test_names_with_percent_signs_and_line_ends_are_found(tmp_path: Path) -> None:
    odd = make_bag(tmp_path / "bag", {"data/100%": b"1", "data/a%0Ab": b"2", "data/c\nd": b"3"})
    assert verify_bundle(odd).ok
    manifest = odd / "manifest-sha256.txt"
    manifest.write_text(manifest.read_text("utf-8").replace("100%25", "100%"), "utf-8")
    assert codes(odd) == {"changed"}


def test_a_zip_that_cannot_be_unpacked_here_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("bagit.txt", b"x")
    assert codes(path) == {"unknown_compression"}
    pipe = zipfile.ZipInfo("bagit.txt")
    pipe.external_attr = (stat.S_IFIFO | 0o600) << 16
    assert codes(hostile_zip(path, (pipe, b"x"))) == {"special"}
    hostile_zip(path, ("bagit.txt", b"x"))
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    path.write_bytes(data)
    assert codes(path) == {"encrypted"}


def test_too_many_entries_or_bytes_in_a_zip(
    bag: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(bag, tmp_path / "b.zip")
    monkeypatch.setattr(bundle_files, "MOST_TOTAL_BYTES", 40)
    assert codes(path) == {"too_large"}
    assert codes(bag) == {"too_large"}


def test_a_long_list_of_problems_is_cut(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (bag / "manifest-sha256.txt").open("a") as file:
        file.write("nonsense\n" * 1000)
    assert len(verify_bundle(bag).problems) == verifying.MOST_PROBLEMS


def test_a_file_that_grows_or_turns_into_a_link_is_not_read(bag: Path, tmp_path: Path) -> None:
    files = bundle_files.FolderFiles(bag)
    (bag / "index.html").write_bytes(b"x" * 100)
    with pytest.raises(OSError, match="grew"):
        list(files.read("index.html"))
    (bag / "index.html").unlink()
    (bag / "index.html").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError):  # noqa: PT011 - ELOOP is worded by the system
        list(files.read("index.html"))


def test_a_list_that_is_too_long_is_not_read(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "MOST_MANIFEST_BYTES", 10)
    assert "too_large" in codes(bag)
