"""The other papers of the release: sheets, reports, forms, scans. All made up."""

from __future__ import annotations

import pymupdf

from sample.paper import HEIGHT, WIDTH, Flow, Sheet, place_scan, scanned, stamp


def memo_scan(document: pymupdf.Document) -> None:
    """A signed memorandum that exists only as a scan."""
    draft = pymupdf.open()
    flow = Flow(draft, family="mono", size=10.5, margins=(80, 78, 80, 80))
    flow.line("BUREAU OF ENTRY AND RESIDENCE", bold=True, align="centre", size=12)
    flow.line("Port Callory Service Office", align="centre")
    flow.space(16)
    for name, value in (
        ("MEMORANDUM FOR", "Assistant Director, Counter Operations"),
        ("FROM", "[[b6 b7c 20]], Counter Supervisor"),
        ("DATE", "April 16, 2024"),
        ("SUBJECT", "Equipment on loan from Tessaly Vision"),
    ):
        flow.paragraph(f"{name}:  {value}", after=3)
    flow.space(4)
    flow.rule()
    flow.space(6)
    flow.text(
        """
        1. The equipment was received on April 12 and connected on April 15. It consists of one
        computer, two telephones and a licence. The camera is the one above the ticket machine.

        2. The search list was copied by [[b6 b7c 14]] from the removal docket on April 14. It holds
        388,214 photographs. It is kept in the supervisor's office, which locks.

        3. On the first day the system searched 2,306 faces. The telephone rang nine times. Two
        officers compared the pictures each time. Nobody was stopped.

        4. Visitors were not told. Two asked what the new light above the ticket machine is for.
        They were told that it helps the camera, which is true.

        5. I ask for written instructions on three points: what to do when the person is a child,
        what to do when the person has a lawyer along, and who answers for a mistake.
        """
    )
    flow.space(30)
    pen = flow.sheet.page.new_shape()
    x, y = 330.0, flow.y
    pen.draw_bezier((x, y), (x + 20, y - 40), (x + 30, y + 25), (x + 52, y - 12))
    pen.draw_bezier((x + 52, y - 12), (x + 70, y - 34), (x + 64, y + 16), (x + 96, y - 8))
    pen.draw_bezier((x + 96, y - 8), (x + 120, y - 20), (x + 118, y + 8), (x + 150, y - 4))
    pen.finish(color=(0, 0, 0), width=1.6, closePath=False)
    pen.commit()
    flow.sheet.words.append((x, y + 18), "Counter Supervisor", flow.regular, 10)
    flow.close()
    _scan(document, draft, seed=817, angle=0.8)


def visitor_log_scan(document: pymupdf.Document) -> None:
    """A form filled in by hand, scanned the other way askew."""
    draft = pymupdf.open()
    flow = Flow(draft, family="serif", size=10.5, margins=(60, 70, 60, 60))
    flow.line("FORM BER-118: LOG OF PERSONS TAKEN ASIDE", bold=True, align="centre", size=13)
    flow.line("Port Callory Service Office, week of June 3, 2024", align="centre")
    flow.space(14)
    name = "[[b6 b7c]]"
    flow.table(
        [
            ["Day", "Time", "Window", "Name", "Score", "Minutes", "Outcome"],
            ["Mon", "09:52", "3", name, "0.83", "20", "not the person"],
            ["Mon", "15:31", "2", name, "0.81", "15", "not the person"],
            ["Tue", "11:07", "6", name, "0.91", "45", "served notice"],
            ["Wed", "10:40", "1", name, "0.82", "35", "not the person"],
            ["Wed", "13:18", "4", name, "0.84", "25", "not the person"],
            ["Thu", "08:49", "5", name, "0.80", "10", "left the line"],
            ["Fri", "10:14", "6", name, "0.87", "250", "not the person"],
            ["Fri", "16:20", "2", name, "0.85", "30", "not the person"],
        ],
        [44, 52, 56, 130, 50, 60, 100],
        size=10,
    )
    flow.space(20)
    flow.text(
        """
        Form to be kept for thirty days and then destroyed. Do not enter the visitor's reason for
        coming. If the visitor complains, give the office telephone number.
        """
    )
    flow.space(12)
    hand = pymupdf.Font("tiit")
    flow.sheet.words.append((70, flow.y + 20), "Keep this one. Do not destroy.", hand, 19)
    flow.sheet.words.append((70, flow.y + 46), "Ask who chose 0.80", hand, 19)
    flow.close()
    _scan(document, draft, seed=118, angle=-0.6)


def _scan(document: pymupdf.Document, draft: pymupdf.Document, *, seed: int, angle: float) -> None:
    """Stamp the draft, scan it, and add the picture as a page without any text."""
    stamp(draft[0], f"BER-{len(document) + 1:06d}", pymupdf.Font("hebo"))
    page = document.new_page(width=WIDTH, height=HEIGHT)
    place_scan(page, *scanned(draft[0], seed=seed, angle=angle))


def withheld(document: pymupdf.Document) -> None:
    """The sheet that stands in for a page that was kept back."""
    sheet = Sheet(document.new_page(width=WIDTH, height=HEIGHT))
    sheet.page.draw_rect(pymupdf.Rect(96, 250, WIDTH - 96, 500), width=1.4)
    lines = [
        ("BUREAU OF ENTRY AND RESIDENCE", "helv", 11, 285),
        ("PAGE WITHHELD IN FULL", "hebo", 25, 345),
        ("Number of pages: 1", "helv", 11, 375),
        ("Exemptions claimed: (b)(5), (b)(6)", "hebo", 12, 408),
        ("Deliberative process: draft of a privacy impact assessment,", "helv", 10.5, 440),
        ("with the comments of its author", "helv", 10.5, 455),
    ]
    for text, name, size, y in lines:
        font = pymupdf.Font(name)
        x = (WIDTH - font.text_length(text, size)) / 2
        sheet.words.append((x, y), text, font, size)
    sheet.finish(pymupdf.Font("hebo"))


def weekly_report(
    document: pymupdf.Document, week: int, counts: tuple[str, ...], note: str
) -> None:
    """One of the weekly sheets."""
    flow = Flow(document, family="serif", size=11, margins=(72, 64, 72, 70))
    flow.line("Threshold trial: weekly sheet", bold=True, size=16)
    flow.line(f"Week {week}", italic=True, size=12)
    flow.space(10)
    searched, rang, looked, aside, right = counts
    flow.table(
        [
            ["", "This week", "Remarks"],
            ["Faces searched", searched, "all counters of the office"],
            ["Telephone rang", rang, "score over 0.80"],
            ["Compared by two persons", looked, "one person where marked *"],
            ["Taken aside", aside, "see Form BER-118"],
            ["Was the person named", right, "after fingerprints"],
            ["Average wait in line, minutes", "[[b7e]]", ""],
        ],
        [190, 110, 168],
        size=10,
    )
    flow.text(note)
    flow.close()


def weekly_reports(document: pymupdf.Document) -> None:
    """Five weeks, five pages."""
    weekly_report(
        document,
        3,
        ("39,872", "163", "150", "14", "1"),
        """
        The supervisor reports that the telephone is placed in a drawer between eleven and one
        because of the noise. Matches in that time are looked at afterwards, when the visitor has
        left. We have asked for a second telephone.

        The list was refreshed twice this week and not nightly. The copy takes forty minutes on the
        old line. One visitor whose case was closed in 2021 was still on it. [[b6 b7c 24]] was sent
        home with an apology.

        Open question from week 1, still open: who answers for a mistake?
        """,
    )
    weekly_report(
        document,
        8,
        ("41,190", "171", "122*", "17", "0"),
        """
        Not one of the seventeen persons taken aside this week was the person whom the telephone
        named. Two of them came as interpreters and have never had a file. The officers have begun
        to call it the lottery.

        The score of 0.80 comes from the capability sheet ("typically over 0.80"). Nobody at this
        office chose it. We propose 0.88 and an end to single comparisons.

        [[b5 74]]

        Because of leave there was one officer instead of two on Wednesday and Thursday; these
        comparisons are marked.
        """,
    )
    weekly_report(
        document,
        11,
        ("40,655", "97", "97", "9", "1"),
        """
        First week with a threshold of 0.90. The telephone rings half as often. The officers compare
        in pairs again.

        The complaint of June 7 was answered by telephone from headquarters. There is no letter. The
        visitor's mother has asked for her renewal to be handled by another office, which we have
        done.

        Headquarters asks us to leave the line "Was the person named" out of the sheet from next
        week on, as it "invites misreading". It is in this sheet because next week is next week.
        """,
    )
    weekly_report(
        document,
        15,
        ("41,733", "93", "90", "6", "0"),
        """
        The loan was for ninety days, which were over two weeks ago. A technician of the company
        came on Tuesday to update the software and asked where to send the invoice. We said that we
        do not know of an invoice.

        A visitor photographed the camera and was asked to delete the picture. He declined,
        politely, and gave his reason, which was correct.

        Two persons who were taken aside this week have lawyers. Both lawyers have asked for the
        picture, the score and the rule. [[b5 46]]
        """,
    )
    weekly_report(
        document,
        26,
        ("43,004", "101", "88", "8", "0"),
        """
        The ninety days of the loan ended in week 13. The equipment is still connected. We have had
        no instruction to stop and none to go on.

        Since the beginning: 212 persons taken aside, five of whom were the person named. Counted
        over the searches that rang with a score over 0.90, that is a false match in 41 of 42.
        Counted over everything, as the company prefers, it looks much better.

        The notice at the entrance has not been changed.
        """,
    )


def statistics(document: pymupdf.Document) -> None:
    """A wide table, printed on a turned page."""
    draft = pymupdf.open()
    page = draft.new_page(width=HEIGHT, height=WIDTH)
    sheet = Sheet(page)
    bold, plain = pymupdf.Font("hebo"), pymupdf.Font("helv")
    sheet.words.append((50, 62), "Threshold: figures for the ninety days, Port Callory", bold, 15)
    head = ["Week", "Searched", "Rang", "Compared", "Aside", "Named person", "Minutes held, all"]
    rows = [
        ["1", "12,118", "58", "58", "4", "0", "92"],
        ["2", "38,440", "150", "146", "11", "1", "301"],
        ["3", "39,872", "163", "150", "14", "1", "388"],
        ["4", "40,031", "169", "141", "15", "0", "402"],
        ["5", "40,770", "158", "139", "13", "0", "377"],
        ["6", "41,206", "160", "140", "16", "1", "455"],
        ["7", "40,984", "166", "131", "15", "0", "430"],
        ["8", "41,190", "171", "122", "17", "0", "430"],
        ["9", "41,377", "102", "101", "10", "0", "266"],
        ["10", "40,290", "99", "99", "8", "0", "198"],
        ["11", "40,655", "97", "97", "9", "1", "241"],
        ["12", "41,018", "95", "95", "7", "0", "187"],
        ["13", "40,502", "96", "94", "8", "0", "205"],
    ]
    for number, row in enumerate([head, *rows]):
        y = 92 + number * 26
        for column, text in enumerate(row):
            cell = pymupdf.Rect(50 + column * 98, y, 148 + column * 98, y + 26)
            page.draw_rect(cell, color=(0.4, 0.4, 0.4), width=0.5)
            sheet.words.append((cell.x0 + 6, y + 17), text, bold if number == 0 else plain, 10)
    note = "Not counted: visitors who left the line when they saw an officer come out."
    sheet.words.append((50, 92 + 26 * 14 + 26), note, plain, 10)
    sheet.finish(bold)
    turned = document.new_page(width=WIDTH, height=HEIGHT)
    turned.show_pdf_page(turned.rect, draft, 0, rotate=90)
    turned.set_rotation(90)


def text_messages(document: pymupdf.Document) -> None:
    """Telephone messages, exported as a table."""
    flow = Flow(document, family="mono", size=9.5, margins=(60, 60, 60, 70))
    flow.line("Extraction report: messages, device of M. Tolliver", bold=True, size=11)
    flow.line("2024-06-07 to 2024-06-10, 11 of 11 messages, times local")
    flow.space(8)
    flow.rule()
    other = "[[b6 b7c 8]]"
    for when, who, words in (
        ("06-07 10:31", other, "got one. 0.87"),
        ("06-07 10:33", "Tolliver", "Is it him?"),
        ("06-07 10:35", other, "he says no. they all say no"),
        ("06-07 11:58", other, "docket desk does not pick up. he has a union card"),
        ("06-07 12:20", "Tolliver", "A union card is not an identity document. Keep trying."),
        (
            "06-07 13:46",
            other,
            "his mother is still at the window. can we give her a chair",
        ),
        ("06-07 13:47", "Tolliver", "Of course give her a chair."),
        ("06-07 14:24", other, "prints are back. not him. not anybody"),
        ("06-07 14:29", "Tolliver", "Let him go now. Apologize. Write nothing yet."),
        ("06-07 20:31", other, "i wrote it. sorry"),
        ("06-10 07:02", "Tolliver", "You were right to. 0.90 from today."),
    ):
        flow.fields([(when, f"{who}: {words}")], indent=84)
        flow.space(5)
    flow.space(6)
    flow.rule()
    flow.text("Messages from other days were not extracted. Device replaced on 2024-12-02.")
    flow.close()


def invitation(document: pymupdf.Document) -> None:
    """A calendar entry."""
    flow = Flow(document, size=10.5)
    flow.line("Calendar: Counter Operations (shared)", bold=True, size=13)
    flow.rule(1.6)
    flow.fields(
        [
            ("Subject", "Threshold: what we say and what we keep"),
            ("Location", "Room 4-120 / telephone"),
            ("Start", "Tuesday, November 19, 2024 2:00 PM"),
            ("End", "Tuesday, November 19, 2024 3:30 PM"),
            ("Recurrence", "(none)"),
            ("Organizer", "Tolliver, Marian"),
            ("Required", "Dace, Owen; Ashby, Colin; [[b6 b7c 18]]; [[b6 b7c 15]]"),
            ("Optional", "Leclair, Grant (Tessaly)"),
            ("Attachment", "Retention options v3.docx"),
        ],
        indent=90,
    )
    flow.space(8)
    flow.text(
        """
        1. The 1.3 million faces: delete, keep, or take over. Colin needs one sentence that is true
        in all three cases.

        2. The records request that came in on Friday. Which mailboxes have to be searched, and what
        is a record when it was said by telephone.

        3. A sign at the door. Grant brings the wording that two other customers use.

        4. Orders two and three.
        """
    )
    flow.block(("b5",), 10)
    flow.text("The attachment named above was not located in the search for this request.")
    flow.close()


def deleted_pages(document: pymupdf.Document) -> None:
    """What was left out, as the agency lists it."""
    flow = Flow(document, family="mono", size=10.5)
    flow.text(
        """
        |BUREAU OF ENTRY AND RESIDENCE
        |INFORMATION ACCESS OFFICE
        |DELETED PAGE INFORMATION SHEET
        |Request BER-2025-00817

        |Total deleted pages = 22

        |Page 21     - (b)(5); (b)(6); Draft
        |Page 25     - Duplicate of page 1
        |Page 26     - (b)(5)
        |Pages 33-51 - (b)(5); (b)(6); Assessment, 19 pages

        |XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
        |X  Deleted page(s)                 X
        |X  No duplication fee for these    X
        |X  pages                           X
        |XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
        """
    )
    flow.close()
