"""Is everything as it was written? The database, its indexes, every document file, the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from casefile.domain.errors import UserError
from casefile.domain.progress import JobContext
from casefile.domain.searching import Query, Term
from casefile.security.cipher import DamagedFile
from casefile.store import custody, documents
from casefile.store.database import (
    PAGE_BYTES,
    Connection,
    DatabaseError,
    connect,
    is_damage,
    told,
)
from casefile.store.lock import FolderLock
from casefile.store.store import Store
from casefile.store.vault import Vault

_MOST_NAMED = 20
_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """``code`` and ``values`` as of a ``UserError`` (its words are in the message catalogue);
    ``document_id`` where one document alone is concerned."""

    code: str
    document_id: str | None = None
    values: dict[str, object] = field(default_factory=dict)

    def error(self) -> UserError:
        return UserError(self.code, **self.values)


@dataclass(slots=True)
class CheckReport:
    """What was looked at and what was found wrong."""

    documents: int = 0
    pages: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.problems


def check_store(store: Store, vault: Vault, context: JobContext | None = None) -> CheckReport:
    """Check an open case, read-only or not; safe while it is being worked on. ``context`` counts
    document files. Raises ``Cancelled``; everything else that goes wrong is a problem."""
    context = context or JobContext()
    report = CheckReport()
    context.report(0, 0)
    with _alone(store) as alone:
        with _noted(store, report):
            _check_size(store, report, may_checkpoint=alone or not store.read_only)
        with _noted(store, report):
            _check_database(store, report)
        context.report(0, 0)
        with _noted(store, report):
            compare = alone and store.folder.is_writable() and not store.salvaged
            (_compare_index if compare else _sample_index)(store, report)
        with _noted(store, report):
            _check_counts(store, report)
        with _noted(store, report):
            broken = custody.verify(store.reader(), store.custody_key)
            if broken is not None:
                report.problems.append(Problem("check.custody_broken", values={"entry": broken}))
        with _noted(store, report):
            _check_files(store, vault, report, context, importing=not alone)
    return report


@contextmanager
def _alone(store: Store) -> Iterator[bool]:
    """Whether nobody writes, in this process or another, and nobody begins to within."""
    if not store.read_only or not store.folder.is_writable():
        yield store.read_only  # nobody writes on a read-only disk
        return
    try:
        lock = FolderLock(store.folder.lock_path)
    except UserError:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


@contextmanager
def _noted(store: Store, report: CheckReport) -> Iterator[None]:
    """A part of the check that meets damage on its way says so and lets the next part run."""
    try:
        yield
    except DatabaseError as error:
        if not (is_damage(told(error, None)) or store.salvaged):
            raise
        _note_damage(report)
    except UserError as error:
        if not is_damage(error):
            raise
        _note_damage(report)


def _note_damage(report: CheckReport) -> None:
    if all(problem.code != "store.damaged" for problem in report.problems):
        report.problems.append(Problem("store.damaged"))


def _check_size(store: Store, report: CheckReport, *, may_checkpoint: bool) -> None:
    """A database that was cut or lengthened can pass all of SQLite's own checks."""
    folder = store.folder
    if store.salvaged:
        size = folder.store_path.stat().st_size
        report.problems.append(Problem("check.store_cut", values={"size": size}))
        return
    if may_checkpoint and folder.is_writable() and not store.salvaged:
        with _own_connection(store) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with _own_connection(store, immutable=True) as connection:
        expected = connection.execute("PRAGMA page_count").fetchone()[0] * PAGE_BYTES
        size = folder.store_path.stat().st_size
    # Beside a log, the file is what the last checkpoint made of it: only whole pages are sure.
    logged = folder.wal_path.exists() and folder.wal_path.stat().st_size > 0
    if (size % PAGE_BYTES) if logged else (size != expected):
        report.problems.append(
            Problem("check.store_size", values={"size": size, "expected": expected})
        )


def _check_database(store: Store, report: CheckReport) -> None:
    with _own_connection(store) as connection:
        for row in connection.execute("PRAGMA cipher_integrity_check").fetchmany(_MOST_NAMED):
            report.problems.append(Problem("check.store_page", values={"detail": _line(row)}))
        if report.problems:
            _note_damage(report)
            return  # the rest would fail on the same pages
        for row in connection.execute(f"PRAGMA integrity_check({_MOST_NAMED})").fetchall():
            if row[0] != "ok":
                report.problems.append(
                    Problem("check.store_structure", values={"detail": _line(row)})
                )
        for row in connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST_NAMED):
            report.problems.append(
                Problem("check.store_link", values={"table": row[0], "other": row[2]})
            )


def _line(row: tuple[str]) -> str:
    return " ".join(row[0].split())[:200]


def _compare_index(store: Store, report: CheckReport) -> None:
    """Whether the full-text indexes say what the texts say. FTS5's own comparison takes the write
    lock for as long as it runs, so it is done only where nobody writes."""
    for table in ("page_fts", "item_fts"):
        with _own_connection(store) as connection:  # one each: damage ends a connection
            try:
                connection.execute(
                    f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)"  # noqa: S608
                )
            except DatabaseError as error:
                if not is_damage(told(error, None)):
                    raise
                report.problems.append(Problem("check.index", values={"index": table}))


def _sample_index(store: Store, report: CheckReport) -> None:
    """The same for some pages: their first words must lead to them."""
    reader = store.reader()
    for row in reader.query(
        "SELECT id, substr(text, 1, 400) AS text FROM page WHERE state = 'text' AND id IN"
        " (SELECT id FROM page WHERE state = 'text' ORDER BY random() LIMIT ?)",
        (_SAMPLE,),
    ):
        whole = row["text"].split()[1:-1]  # the first and last may be cut
        words = [word for word in whole if word.isascii() and word.isalnum()][:3]
        match = Query(tuple(map(Term, words))).match
        if match and not reader.one(
            "SELECT 1 FROM page_fts WHERE page_fts MATCH ? AND rowid = ?", (match, row["id"])
        ):
            report.problems.append(Problem("check.index", values={"index": "page_fts"}))
            return


def _check_counts(store: Store, report: CheckReport) -> None:
    """Whether every document has the pages that its row speaks of."""
    for row in store.reader().query(
        "SELECT document.id, pages, count(page.id) AS found FROM document"
        " LEFT JOIN page ON document_seq = seq WHERE complete = 1 GROUP BY document.id"
    ):
        report.documents += 1
        report.pages += row["found"]
        if row["pages"] != row["found"]:
            report.problems.append(
                Problem(
                    "check.pages_missing",
                    row["id"],
                    {"pages": row["pages"], "found": row["found"]},
                )
            )


def _check_files(
    store: Store, vault: Vault, report: CheckReport, context: JobContext, *, importing: bool
) -> None:
    files = documents.all_files(store.reader())
    unfinished = set(documents.incomplete(store.reader()))
    for done, file in enumerate(files):
        context.report(done, len(files))
        if file.document_id in unfinished:
            continue
        try:
            vault.verify(file)
        except DamagedFile as damage:
            problem = Problem("document.damaged", file.document_id, {"reason": damage.reason})
            report.problems.append(problem)
        except UserError as error:
            report.problems.append(Problem(error.code, file.document_id, dict(error.values)))
    context.report(len(files), len(files))
    # While somebody imports, files that no row knows yet are to be expected.
    if not importing:
        report.problems.extend(
            Problem("check.unknown_file", values={"name": name})
            for name in vault.strangers(file.name for file in files)
        )


@contextmanager
def _own_connection(store: Store, *, immutable: bool = False) -> Iterator[Connection]:
    """A connection that may be lost to a damaged page."""
    if immutable:
        connection = connect(
            store.folder.store_path,
            store.database_key,
            query_only=True,
            immutable=True,
        )
    else:
        connection = store.connect_copying()
    try:
        yield connection
    finally:
        connection.close()
