"""Every verb of the contract, with the keys it promises."""

from __future__ import annotations

import hashlib
import json
import stat
from pathlib import Path

import pytest

from casefile import shipped
from casefile.cli import main
from casefile.cli.main import run
from tests.cli.conftest import Cli

SAMPLE = shipped.path("sample")
LETTER = SAMPLE / "BER-2025-00817 letter.pdf"


def ids(found: list[dict[str, str]], kind: str) -> list[str]:
    return [each[kind] for each in found]


def test_new_info_and_import(cli: Cli, tmp_path: Path) -> None:
    case = tmp_path / "Case 2026-11"
    made = cli("new", case, "--name", "The line", "--json")
    assert (made.status, made.err) == (0, "")
    assert made.json == {"case": str(case), "name": "The line"}
    assert cli("new", case).status == 1
    note = tmp_path / "in" / "note.txt"
    note.parent.mkdir()
    note.write_text("Ask about the sign at the door.")
    (tmp_path / "in" / "empty.pdf").touch()
    brought = cli("--json", "import", case, LETTER, tmp_path / "in")
    assert brought.status == 3
    assert brought.err.count("\n") == 1
    letter = next(d for d in brought.json["imported"] if d["path"] == str(LETTER))
    assert letter["pages"] == letter["pages_with_text"] == 2
    assert letter["pages_awaiting_ocr"] == 0
    assert letter["format"] == "pdf"
    assert letter["sha256"] == hashlib.sha256(LETTER.read_bytes()).hexdigest()
    (failed,) = brought.json["failed"]
    assert failed["path"].endswith("empty.pdf")
    assert failed["reason"]
    again = cli("--json", "import", case, LETTER)
    assert again.status == 0
    assert again.json["imported"] == []
    assert again.json["duplicates"][0]["document"] == letter["document"]
    nothing = cli("--json", "import", case, tmp_path / "in" / "empty.pdf")
    assert nothing.status == 1
    assert nothing.json["failed"]
    assert nothing.err.count("\n") == 1
    absent = cli("--json", "import", case, tmp_path / "absent")
    assert absent.status == 1
    assert absent.json["failed"][0]["path"] == str(tmp_path / "absent")
    info = cli("info", case, "--json").json
    assert info["name"] == "The line"
    assert (info["documents"], info["sources"], info["format_version"]) == (2, 0, 1)
    assert cli("info", case / "case.casefile", "--json").json == info


def test_info_counts_the_sample(cli: Cli, untouched: Path) -> None:
    info = cli("info", untouched, "--json").json
    assert info["name"] == "Faces at the counter"
    assert (info["documents"], info["pages"], info["requests"]) == (4, 35, 2)
    assert info["pages_awaiting_ocr"] == 2
    assert "pages: 35" in cli("info", untouched).out


def test_documents_and_text(cli: Cli, untouched: Path, release: str) -> None:
    listed = cli("documents", untouched, "--json").json["documents"]
    assert {"document", "title", "sha256", "format", "pages", "bytes"} <= set(listed[0])
    found = cli("text", untouched, release, "--page", "1", "--json").json
    assert found["document"] == release
    (page,) = found["pages"]
    assert (page["page"], page["label"], page["ocr"]) == (1, "BER-000001", False)
    assert "nobody in the line has to know" in " ".join(page["text"].split())
    sha256 = next(d["sha256"] for d in listed if d["document"] == release)
    assert len(cli("text", untouched, sha256, "--json").json["pages"]) == 30
    assert "removal docket" in cli("text", untouched, release).out
    for arguments in (("0" * 16,), (release, "--page", "31")):
        assert cli("text", untouched, *arguments).status == 1


def test_text_holds_no_terminal_commands(cli: Cli, tmp_path: Path) -> None:
    evil = tmp_path / "a\x1b[31m.txt"
    evil.write_bytes(b"red \x1b]0;owned\x07 words\n")
    cli("new", tmp_path / "c")
    imported = cli("import", tmp_path / "c", evil, "--json").json["imported"]
    assert imported
    for verb in ("documents", "info"):
        assert "\x1b" not in cli(verb, tmp_path / "c").out
    assert "\x1b" not in cli("text", tmp_path / "c", imported[0]["document"]).out


def test_original_comes_back_byte_for_byte(
    cli: Cli, untouched: Path, release: str, tmp_path: Path
) -> None:
    out = tmp_path / "back.pdf"
    wrote = cli("original", untouched, release, out, "--json")
    original = (SAMPLE / "BER-2025-00817 release 1.pdf").read_bytes()
    assert wrote.json == {"path": str(out), "sha256": hashlib.sha256(original).hexdigest()}
    assert out.read_bytes() == original
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert cli("original", untouched, release, out).status == 1
    assert cli("original", untouched, release, out, "--force").status == 0


def test_render(cli: Cli, untouched: Path, release: str, tmp_path: Path) -> None:
    out = tmp_path / "page.png"
    wrote = cli("render", untouched, release, "--page", 17, "--dpi", 72, out, "--json").json
    assert wrote == {"path": str(out), "width": 792, "height": 612}
    assert out.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    for page, dpi in ((31, 72), (1, 5000)):
        refused = cli("render", untouched, release, "--page", page, "--dpi", dpi, tmp_path / "x")
        assert refused.status == 1
        assert not (tmp_path / "x").exists()


def test_search(cli: Cli, untouched: Path, release: str) -> None:
    found = cli("search", untouched, '"nobody in the line has to know"', "--json").json
    assert {"query", "total", "total_is_exact", "milliseconds", "hits"} <= set(found)
    page = next(hit for hit in found["hits"] if hit["kind"] == "page")
    assert (page["document"], page["page"], page["title"]) == (release, 1, "BER release 1")
    (begin, end), *_ = page["marks"]
    assert "nobody" in page["snippet"][begin:end]
    assert not {"\x02", "\x03"} & set(page["snippet"])
    for query in ('"unclosed', "AND OR (", "*", "-", "", "'; DROP TABLE page; --", "x" * 5000):
        assert cli("search", untouched, query, "--json").status == 0
    kinds = cli("search", untouched, "HERON", "--in", "sources,quotes", "--json").json["hits"]
    assert {hit["kind"] for hit in kinds} <= {"source", "quote"}
    assert cli("search", untouched, "x", "--in", "clouds").status == 1
    assert len(cli("search", untouched, "the", "--limit", "3", "--json").json["hits"]) == 3
    assert "BER release 1, p. 1" in cli("search", untouched, "nobody in the line").out
    without = cli("search", untouched, "-threshold", "--json")
    assert (without.status, without.json["query"]) == (0, "-threshold")


def test_annotate_and_annotations(cli: Cli, sample: Path, release: str) -> None:
    marked = cli(
        "annotate", sample, release, "--page", 13, "--find", "taken aside", "--kind", "underline",
        "--colour", "green", "--comment", "-all of them", "--json",
    ).json  # fmt: skip
    assert len(marked["annotations"]) >= 2
    assert marked["annotation"] == marked["annotations"][0]["annotation"]
    assert (marked["document"], marked["page"], marked["kind"]) == (release, 13, "underline")
    assert marked["text"].lower() == "taken aside"
    assert all(len(quad) == 8 for quad in marked["quads"])
    one = cli(
        "annotate", sample, release, "--page", 13, "--find", "taken aside", "--nth", 2,
        "--kind", "note", "--json",
    ).json  # fmt: skip
    assert len(one["annotations"]) == 1
    assert one["quads"] == marked["annotations"][1]["quads"]
    boxed = cli(
        "annotate", sample, release, "--page", 6, "--box", "72,597,541,649", "--kind",
        "withholding", "--codes", "(b)(5),(b)(7)(C)", "--json",
    ).json  # fmt: skip
    assert boxed["quads"] == [[72, 597, 541, 597, 72, 649, 541, 649]]
    assert boxed["annotations"][0]["codes"] == ["(b)(5)", "(b)(7)(C)"]
    for wrong in (
        ("--find", "not on this page"),
        ("--box", "1,2,3"),
        ("--box", "nan,0,1,1"),
        ("--find", "taken aside", "--nth", "99"),
    ):
        refused = cli("annotate", sample, release, "--page", 13, *wrong, "--kind", "highlight")
        assert refused.status == 1
        assert refused.out == ""
        assert refused.err.count("\n") == 1
    wrong_way = ("--box", "1,1,9,9", "--nth", "1", "--kind", "box")
    assert cli("annotate", sample, release, "--page", 1, *wrong_way).status == 2
    listed = cli("annotations", sample, release, "--json").json["annotations"]
    assert {"annotation", "document", "page", "kind", "colour", "text", "comment", "quads"} <= set(
        listed[0]
    )
    assert set(ids(listed, "annotation")) >= set(ids(marked["annotations"], "annotation"))
    assert len(cli("annotations", sample, "--json").json["annotations"]) > len(listed)


def test_sources(cli: Cli, sample: Path, tmp_path: Path) -> None:
    added = cli(
        "source", sample, "add", "--name-file", "-", "--confidential", "--code-name", "LINNET",
        "--terms", "deep background", "--json", stdin="Zoë Quill\n".encode(),
    ).json  # fmt: skip
    (source,) = added["sources"]
    assert source["name"] is None
    assert (source["code_name"], source["confidential"]) == ("LINNET", True)
    assert source["terms"] == "deep_background"
    (tmp_path / "also").write_text("Z. Quill\n\nthe librarian\n")
    edited = cli(
        "source", sample, "edit", source["source"], "--aliases-file", tmp_path / "also",
        "--terms", "off_record", "--json",
    ).json["sources"]  # fmt: skip
    assert edited[0]["aliases"] is None
    assert edited[0]["terms"] == "off_record"
    hidden = cli("source", sample, "list", "--json")
    assert "Quill" not in hidden.out + cli("source", sample, "list").out
    shown = cli("source", sample, "list", "--reveal", "--json").json["sources"]
    linnet = next(each for each in shown if each["source"] == source["source"])
    assert (linnet["name"], linnet["aliases"]) == ("Zoë Quill", ["Z. Quill", "the librarian"])
    plain = cli("source", sample, "add", "--name", "City Clerk", "--organisation", "--json").json
    assert plain["sources"][0]["name"] == "City Clerk"


def test_a_confidential_name_is_never_an_argument(cli: Cli, sample: Path) -> None:
    refused = cli("source", sample, "add", "--confidential", "--name", "Zoë Quill")
    assert refused.status == 2
    assert "Quill" not in refused.err
    listed = cli("source", sample, "list", "--json").json["sources"]
    heron = next(each for each in listed if each["code_name"] == "HERON")["source"]
    assert cli("source", sample, "edit", heron, "--name", "Zoë Quill").status == 2


def test_quotes(cli: Cli, sample: Path, release: str, tmp_path: Path) -> None:
    sources = cli("source", sample, "list", "--json").json["sources"]
    heron = next(each for each in sources if each["code_name"] == "HERON")["source"]
    marks = cli("annotations", sample, release, "--json").json["annotations"]
    by_mark = cli("quote", sample, "add", "--annotation", marks[0]["annotation"], "--json")
    (quote,) = by_mark.json["quotes"]
    assert {"quote", "text", "source", "document", "page", "state", "terms"} <= set(quote)
    assert (quote["text"], quote["state"]) == (marks[0]["text"], "unverified")
    found = cli(
        "quote", sample, "add", "--document", release, "--page", 18, "--find",
        "he was somebody else", "--source", heron, "--json",
    ).json["quotes"][0]  # fmt: skip
    assert (found["page"], found["terms"], found["speaker"]) == (18, "background", "HERON")
    named = ("--text", "Ask twice.", "--source", "heron", "--json")
    assert cli("quote", sample, "add", *named).json["quotes"][0]["source"] == heron
    said = cli(
        "quote", sample, "add", "--text", "It was never about the line.", "--source", heron,
        "--terms", "off the record", "--spoken-on", "2026-11-20", "--json",
    ).json["quotes"][0]  # fmt: skip
    assert (said["document"], said["page"], said["terms"]) == (None, None, "off_record")
    held = cli(
        "quote", sample, "edit", said["quote"], "--embargo-until", "2026-12-01", "--note", "x",
        "--json",
    ).json["quotes"][0]  # fmt: skip
    assert held["embargo_until"] == "2026-12-01"
    listed = cli("quote", sample, "list", "--json").json["quotes"]
    assert {quote["quote"], found["quote"], said["quote"]} <= set(ids(listed, "quote"))
    for wrong in (
        (),
        ("--text", "x", "--annotation", "y"),
        ("--document", release, "--page", 1),
        ("--annotation", "y", "--spoken-on", "2026-11-20"),
    ):
        assert cli("quote", sample, "add", *wrong).status == 2
    for wrong in (("--annotation", "0" * 16), ("--text", " "), ("--text", "x", "--source", "y")):
        assert cli("quote", sample, "add", *wrong).status == 1
    assert cli("quote", sample, "edit", said["quote"], "--embargo-until", "soon").status == 1


def test_followups_and_requests(cli: Cli, sample: Path, release: str) -> None:
    added = cli(
        "followup", sample, "add", "Call HERON on Monday", "--due", "2026-12-01", "--document",
        release, "--page", 3, "--json",
    ).json["followups"]  # fmt: skip
    assert added[0]["text"] == "Call HERON on Monday"
    assert (added[0]["due"], added[0]["done"]) == ("2026-12-01", False)
    assert added[0]["about"] == {"kind": "document", "id": release, "page": 3}
    done = cli("followup", sample, "done", added[0]["followup"], "--json").json["followups"]
    assert done[0]["done"] is True
    assert cli("followup", sample, "add", "--text", "x", "--due", "fri").status == 0
    assert cli("followup", sample, "add", "--text", "x", "--due", "whenever").status == 1
    assert cli("followup", sample, "add").status == 2
    assert cli("followup", sample, "done", "0" * 16).status == 1
    listed = cli("followup", sample, "list", "--json").json["followups"]
    assert added[0]["followup"] in ids(listed, "followup")
    asked = cli(
        "request", sample, "add", "--agency", "City of Marrow Bay", "--law", "us-federal",
        "--sent", "2026-11-02", "--json",
    ).json["requests"]  # fmt: skip
    assert (asked[0]["agency"], asked[0]["status"]) == ("City of Marrow Bay", "sent")
    assert len(cli("request", sample, "list", "--json").json["requests"]) == 3


def test_export_and_verify(cli: Cli, sample: Path, release: str, tmp_path: Path) -> None:
    out = tmp_path / "bundle"
    wrote = cli("export", sample, out, "--json")
    assert (wrote.status, wrote.err) == (0, "")
    assert wrote.json["bundle"] == str(out)
    assert wrote.json["documents"] == 3
    assert wrote.json["leaks"] is None
    assert wrote.json["leak_check"] == "not run"
    good = cli("verify", out, "--json", passphrase=None)
    assert good.status == 0
    assert good.json["ok"] is True
    assert good.json["files"] == wrote.json["files"]
    assert cli("export", sample, out).status == 1
    zipped = cli("export", sample, tmp_path / "b.zip", "--zip", "--documents", release)
    assert zipped.status == 0
    assert "leak check was not run" in zipped.out
    assert cli("verify", tmp_path / "b.zip").status == 0
    (out / "data" / "quotes.csv").write_text("nothing")
    bad = cli("verify", out, "--json")
    assert bad.status == 1
    assert bad.json["problems"][0]["path"] == "data/quotes.csv"
    for recipient in ("publication", "other-side"):
        refused = cli("export", sample, tmp_path / "x", "--for", recipient)
        assert refused.status == 1
        assert "leak check" in refused.err
    assert cli("verify", tmp_path / "absent").status == 1


def test_check_backup_and_restore(cli: Cli, sample: Path, tmp_path: Path) -> None:
    good = cli("check", sample, "--json")
    assert good.json == {"ok": True, "documents": 4, "pages": 35, "problems": []}
    made = cli("backup", sample, tmp_path / "backup", "--json").json
    assert made == {"path": str(tmp_path / "backup"), "documents": 4}
    back = cli("restore", tmp_path / "backup", tmp_path / "restored", "--json").json
    assert back["documents"] == 4
    assert cli("info", tmp_path / "restored", "--json").json["pages"] == 35
    victim = max((sample / "documents").iterdir(), key=lambda path: path.stat().st_size)
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.write_bytes(data)
    bad = cli("check", sample, "--json")
    assert bad.status == 1
    assert bad.json["ok"] is False
    assert bad.json["problems"][0]["document"]


def test_passphrase_and_recovery(cli: Cli, sample: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.write_bytes("\ufeffa new one \r\nsecond line".encode())
    changed = cli("passphrase", sample, "--new-passphrase-file", new, "--json")
    assert (changed.status, changed.json) == (0, {})
    assert cli("info", sample).status == 1
    assert cli("info", sample, passphrase=new).status == 0
    code = cli("recovery", sample, "new", "--json", passphrase=new).json["code"]
    assert len(code) > 25
    kept = cli(
        "recovery", sample, "new", "--out", tmp_path / "code", "--json", passphrase=new
    ).json  # fmt: skip
    assert kept == {"code": None}
    assert stat.S_IMODE((tmp_path / "code").stat().st_mode) == 0o600
    (tmp_path / "old code").write_text(code)
    (tmp_path / "third").write_text("the third")
    use = ("recovery", sample, "use", "--new-passphrase-file", tmp_path / "third", "--json")
    assert cli(*use, "--code-file", tmp_path / "old code", passphrase=None).status == 1
    used = cli(*use, "--code-file", tmp_path / "code", passphrase=None)
    assert used.json == {"case": str(sample)}
    assert cli("info", sample, passphrase=tmp_path / "third").status == 0


def test_the_passphrase_comes_from_somewhere_or_it_is_told(cli: Cli, untouched: Path) -> None:
    by_pipe = cli(
        "info", untouched, "--passphrase-file", "-", stdin=b"casefile-sample\n", passphrase=None
    )
    assert by_pipe.status == 0
    nowhere = cli("info", untouched, "--json", passphrase=None)
    assert (nowhere.status, nowhere.out) == (1, "")
    assert "--passphrase-file" in nowhere.err
    wrong = cli("info", untouched, "--passphrase-file", "-", stdin=b"wrong\n", passphrase=None)
    assert wrong.status == 1
    assert "Nothing was changed" in wrong.err
    for stdin in (b"", b"\xff\xfe\n", b"\n"):
        refused = cli("info", untouched, "--passphrase-file", "-", stdin=stdin, passphrase=None)
        assert refused.status == 1
    absent = cli("info", untouched, passphrase=Path("absent"))
    assert absent.status == 1


def test_what_is_no_case_is_told(cli: Cli, tmp_path: Path) -> None:
    for verb in ("info", "documents", "check"):
        told = cli(verb, tmp_path)
        assert told.status == 1
        assert told.err.count("\n") == 1


def test_reading_verbs_work_beside_a_writer(
    cli: Cli, sample: Path, release: str, tmp_path: Path
) -> None:
    from tests.sample_case import opened

    with opened(sample):
        for verb in (
            ("info",),
            ("documents",),
            ("text", release),
            ("annotations",),
            ("search", "line"),
            ("source", "list"),
            ("quote", "list"),
            ("followup", "list"),
            ("request", "list"),
            ("check",),
            ("original", release, tmp_path / "o.pdf"),
            ("render", release, "--page", "1", tmp_path / "p.png"),
            ("backup", tmp_path / "b"),
        ):
            assert cli(verb[0], sample, *verb[1:], "--json").status == 0, verb
        refused = cli("followup", sample, "add", "x")
        assert refused.status == 1
        assert "window" in refused.err


def test_the_keyring_is_said_to_be_missing(
    cli: Cli, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    refused = cli("keyring", sample, "on")
    assert refused.status == 1
    assert refused.err.count("\n") == 1
    assert cli("keyring", sample, "off", "--json").status == 0
    assert cli("--no-keyring", "info", sample).status == 0


def test_demo(cli: Cli, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken: list[tuple[Path, str]] = []

    def picture(case: Path, passphrase: str, out: Path) -> None:
        taken.append((case, passphrase))
        out.write_bytes(b"\x89PNG")

    from casefile.security.kdf import CHEAP

    for _ in range(2):
        assert run(["demo", str(tmp_path / "d"), "--json"], picture, cost=CHEAP) == 0
        found = json.loads(capsys.readouterr().out)
        assert set(found) == {"case", "bundle", "screenshot"}
        for path in found.values():
            assert Path(path).exists()
    assert taken == [(tmp_path / "d" / "Sample case", "casefile-sample")] * 2
    assert cli("verify", tmp_path / "d" / "Sample bundle").status == 0
    without = cli("demo", tmp_path / "d", passphrase=None)
    assert without.status == 0
    assert "casefile-sample" in without.out
    (tmp_path / "e" / "Sample case").mkdir(parents=True)
    assert cli("demo", tmp_path / "e", passphrase=None).status == 1


def test_a_picture_that_cannot_be_taken_is_no_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def picture(_case: Path, _passphrase: str, _out: Path) -> None:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    from casefile.security.kdf import CHEAP

    assert run(["demo", str(tmp_path / "d"), "--json"], picture, cost=CHEAP) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["screenshot"] is None
    assert "libEGL.so.1" in captured.err


def test_a_bug_is_reported_without_a_word_of_the_case(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_verb: str) -> object:
        raise ValueError("Adela Brandt is HERON")

    monkeypatch.setattr(main, "verb_function", broken)
    assert run(["info", "case"]) == 1
    told = capsys.readouterr().err
    assert "ValueError" in told
    assert "test_verbs.py" in told
    assert "Brandt" not in told


def test_stopping_is_no_bug(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_verb: str) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "verb_function", stopped)
    assert run(["info", "case"]) == 1
    assert "Stopped" in capsys.readouterr().err
