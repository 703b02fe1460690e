"""Makes the papers of the sample case in resources/sample. Run by developers:

    .venv/bin/python packaging/make_sample.py

The same versions of PyMuPDF and zlib give the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pymupdf

sys.path.insert(0, str(Path(__file__).parent))

from sample import mail, others, papers, vendor
from sample.paper import stamp

OUT = Path(__file__).parent.parent / "resources" / "sample"

RELEASE: tuple[Callable[[pymupdf.Document], None], ...] = (
    mail.pitch,
    vendor.capability_sheet,
    vendor.pricing,
    mail.counsel,
    vendor.loan_agreement,
    papers.memo_scan,
    mail.drawer,
    papers.weekly_reports,
    papers.statistics,
    mail.incident,
    papers.text_messages,
    papers.visitor_log_scan,
    papers.withheld,
    mail.press,
    mail.split,
    mail.sign,
    # The agency's pages 25 and 26 were never delivered.
    vendor.work_statement,
    mail.after,
    papers.invitation,
    mail.farewell,
    papers.deleted_pages,
)


def number(page: int, first_after_gap: int) -> int:
    """The Bates number of a page counted from 1."""
    return page if page < first_after_gap else page + 2


def release() -> pymupdf.Document:
    document = pymupdf.open()
    outline = []
    gap = 0
    for record in RELEASE:
        if record is vendor.work_statement:
            gap = len(document) + 1
        outline.append([1, TITLES[record], len(document) + 1])
        record(document)
    bold = pymupdf.Font("hebo")
    labels = []
    for index, page in enumerate(document):
        bates = number(index + 1, gap)
        if page.get_text().strip():  # a scan carries its stamp in the picture
            stamp(page, f"BER-{bates:06d}", bold)
        labels.append({"startpage": index, "prefix": f"BER-{bates:06d}", "style": ""})
    document.set_page_labels(labels)
    document.set_toc(outline)
    return document


TITLES = {
    vendor.loan_agreement: "Loan agreement",
    mail.drawer: "E-mail: the telephone in the drawer",
    papers.statistics: "Figures for the ninety days",
    papers.text_messages: "Telephone messages",
    mail.sign: "E-mail: wording for the door",
    mail.pitch: "E-mail: Threshold at the counters",
    vendor.capability_sheet: "Attachment: capability sheet",
    vendor.pricing: "Attachment: prices",
    mail.counsel: "E-mail: is there an assessment?",
    papers.memo_scan: "Memorandum (scan)",
    papers.weekly_reports: "Weekly sheets",
    mail.incident: "E-mail: incident at window 6",
    papers.visitor_log_scan: "Form BER-118 (scan)",
    papers.withheld: "Page withheld in full",
    mail.press: "E-mail: query from a radio station",
    mail.split: "E-mail: how to pay for year one",
    vendor.work_statement: "Order BER-24-CO-0093",
    mail.after: "E-mail: numbers for the renewal",
    papers.invitation: "Calendar entry",
    mail.farewell: "E-mail: last day",
    papers.deleted_pages: "Deleted page information sheet",
}


def single(build: Callable[[pymupdf.Document], None]) -> pymupdf.Document:
    document = pymupdf.open()
    build(document)
    return document


def save(document: pymupdf.Document, name: str, title: str) -> None:
    document.subset_fonts()
    document.set_metadata(
        {
            "title": title,
            "creationDate": "D:20251021090000Z",
            "modDate": "D:20251021090000Z",
            "producer": "",
            "creator": "",
        }
    )
    path = OUT / name
    document.save(path, garbage=4, deflate=True, use_objstms=1, no_new_id=True)
    print(f"{name}: {len(document)} pages, {path.stat().st_size:,} bytes")


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    save(single(others.letter), "BER-2025-00817 letter.pdf", "")
    save(release(), "BER-2025-00817 release 1.pdf", "BER-2025-00817 interim response 1")
    save(single(others.notice), "Register of orders, week 39.pdf", "Public Register of Orders")
    save(single(others.memo), "Draft assessment.pdf", "")


if __name__ == "__main__":
    main()
