"""What came beside the release: the letter, a public notice, a paper from a confidential source."""

from __future__ import annotations

import math

import pymupdf

from sample.paper import WIDTH, Flow


def seal(page: pymupdf.Page, x: float, y: float, radius: float) -> None:
    """A made-up seal: two rings, a gate, a star of rays."""
    blue = (0.12, 0.22, 0.42)
    shape = page.new_shape()
    for r in (radius, radius * 0.76):
        shape.draw_circle((x, y), r)
        shape.finish(color=blue, width=1.4)
    for step in range(36):
        angle = step * math.tau / 36
        inner, outer = radius * 0.82, radius * 0.94
        shape.draw_line(
            (x + inner * math.cos(angle), y + inner * math.sin(angle)),
            (x + outer * math.cos(angle), y + outer * math.sin(angle)),
        )
    shape.finish(color=blue, width=0.8)
    half = radius * 0.36
    shape.draw_rect(pymupdf.Rect(x - half, y - half * 0.5, x - half * 0.5, y + half))
    shape.draw_rect(pymupdf.Rect(x + half * 0.5, y - half * 0.5, x + half, y + half))
    shape.draw_rect(pymupdf.Rect(x - half * 1.2, y - half, x + half * 1.2, y - half * 0.55))
    shape.finish(color=blue, fill=blue, width=0.5)
    shape.commit()


def letter(document: pymupdf.Document) -> None:
    """The letter that came with the release, two pages."""
    flow = Flow(document, family="serif", size=11, margins=(78, 60, 78, 72))
    seal(flow.sheet.page, 112, 92, 32)
    flow.space(6)
    flow.line("BUREAU OF ENTRY AND RESIDENCE", bold=True, size=14, align="right")
    flow.line("Information Access Office", size=11, align="right")
    flow.line("1200 Customs Row, Capital District", size=9.5, align="right")
    flow.space(34)
    flow.text(
        """
        October 21, 2025

        SENT BY ELECTRONIC MAIL

        |Imogen Farrow
        |Harbor Light Records Project
        |PO Box 611, Marrow Bay

        *Re:* *Request* *BER-2025-00817*

        Dear Ms. Farrow:

        This is the first interim response to your Freedom of Information Act request to the Bureau
        of Entry and Residence, dated November 15, 2024 and received by this office on November 18,
        2024. You asked for "all records, including e-mail, that mention Tessaly Vision or the
        product Threshold, from January 1, 2024 to the present."

        A search of the mailboxes of the Office of Counter Operations and of the Office of Public
        Affairs produced 51 pages that are responsive to your request. Of these, 29 pages are
        released to you, 6 of them in full and 23 in part, and 22 pages are withheld in full. The
        pages are numbered BER-000001 to BER-000051.

        The information withheld falls under the following exemptions of 5 U.S.C. § 552:

        *Exemption* *4* protects trade secrets and commercial or financial information that is
        confidential. We withheld prices.

        *Exemption* *5* protects communications within and between agencies that are part of the
        making of decisions. We withheld drafts and the opinions of staff.

        *Exemption* *6* protects information about individuals when its disclosure would be a
        clearly unwarranted invasion of personal privacy. We withheld the names of staff below the
        rank of office head and of members of the public.

        *Exemption* *7(C)* protects personal information in records compiled for law enforcement
        purposes, and *Exemption* *7(E)* techniques and procedures. We withheld the number of
        counters and waiting times.

        You have the right to appeal this determination. An appeal must be received within 90 days
        of the date of this letter and should say why you believe that the determination is wrong.
        Mark the envelope and the letter "Information Access Appeal" and name the request.

        You may also contact our Public Liaison, or the Office of Government Information Services,
        which mediates disputes between requesters and agencies without charge.

        Your request remains open. We are consulting another component about the records of the
        Enforcement Technology Division, and we estimate that the next response will be ready in
        the second quarter. There is no fee for this response.
        """
    )
    flow.room(100)
    flow.text("Sincerely,")
    flow.space(26)
    pen = flow.sheet.page.new_shape()
    x, y = flow.left, flow.y
    pen.draw_bezier((x, y), (x + 12, y - 44), (x + 26, y + 6), (x + 34, y - 8))
    pen.draw_bezier((x + 34, y - 8), (x + 48, y - 26), (x + 50, y + 12), (x + 74, y - 10))
    pen.draw_bezier((x + 74, y - 10), (x + 92, y - 22), (x + 90, y + 6), (x + 118, y - 6))
    pen.finish(color=(0.1, 0.1, 0.35), width=1.3, closePath=False)
    pen.commit()
    flow.space(8)
    flow.text(
        """
        |Lenore Whitcombe
        |Information Access Officer

        Enclosure: 29 pages
        """
    )
    flow.close()


def notice(document: pymupdf.Document) -> None:
    """A page that anybody could read: the award, as published."""
    flow = Flow(document, size=10.5, margins=(72, 56, 72, 70))
    flow.line("Public Register of Orders", bold=True, size=17)
    flow.line("Orders placed by federal bureaus, published weekly", italic=True, size=10)
    flow.rule(1.2)
    flow.space(8)
    flow.table(
        [
            ["Field", "Entry"],
            ["Order", "BER-24-CO-0093"],
            ["Placed by", "Bureau of Entry and Residence, Budget and Contracts"],
            ["Contractor", "Tessaly Vision, Inc., Marrow Bay"],
            ["Description", "Visitor recognition software, eleven counters"],
            ["Kind", "Fixed price, not competed (below review threshold)"],
            ["Date", "September 24, 2024"],
            ["Amount", "$248,900.00"],
            ["Related", "none"],
        ],
        [120, 348],
        size=10,
    )
    flow.text(
        """
        The review threshold under Bureau Directive 12-4 was $250,000 on the date of this order. An
        order above it is published for comment for thirty days before it is placed.

        Entries are made by the ordering office. The Register does not check them. Corrections are
        published in the week in which they are received.
        """
    )
    flow.close()


def memo(document: pymupdf.Document) -> None:
    """What HERON brought: two pages of the assessment that was never signed."""
    flow = Flow(document, family="serif", size=11, numbered=True)
    flow.line("DRAFT - NOT FOR CIRCULATION", bold=True, size=11, align="right")
    flow.space(8)
    flow.line("Privacy impact assessment", bold=True, size=18)
    flow.line("Face search at service counters (Threshold)", italic=True, size=13)
    flow.space(12)
    flow.text(
        """
        *1.* *What* *is* *collected.* The face of every person who comes within three metres of the
        ticket machine, whether or not that person has business with the Bureau. In the first eight
        weeks in Port Callory this was about 320,000 searches. We estimate that a third of the
        persons are citizens and that one in nine is a minor.

        *2.* *Why.* To find persons on the removal docket. No law or regulation names this purpose
        for the service counters. Visitors come because the Bureau requires them to.

        *3.* *Notice.* None that mentions faces or a search.

        *4.* *Accuracy.* The company promises one false match in a thousand searches. In use, of the
        persons whom the officers took aside, forty-one in forty-two were not the person named. Both
        figures are correct; they do not measure the same thing. The assessment must use the second,
        because it is the one that a visitor meets.

        *5.* *Retention.* The setting "not retained by default" was not switched on at installation.
        Nobody at the Bureau can say how many pictures the company holds.
        """
    )
    flow.page_break()
    flow.text(
        """
        *6.* *Conclusion.* Collection started before this assessment. It should stop until the
        assessment is signed. If it does not stop, the assessment should say so, and its author
        should say so.

        *7.* *Alternatives.* A sign at the door and a line without a camera would answer most of
        points 1 and 3 at the cost of one sign and one rope. The company offers the sign free of
        charge.

        *8.* *Signatures.* Author: none. Privacy Officer: none. Assistant Director, Counter
        Operations: none.
        """
    )
    sheet = flow.sheet
    sheet.page.draw_line((72, flow.y), (WIDTH - 72, flow.y), width=0.5)
    flow.close()
