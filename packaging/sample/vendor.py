"""What the vendor sends and signs. All made up."""

from __future__ import annotations

import pymupdf

from sample.paper import WIDTH, Flow


def capability_sheet(document: pymupdf.Document) -> None:
    """What the vendor attaches, two pages."""
    flow = Flow(document, size=11, margins=(84, 72, 84, 80))
    page = flow.sheet.page
    page.draw_rect(pymupdf.Rect(0, 0, WIDTH, 46), fill=(0.16, 0.27, 0.36), color=None)
    title = pymupdf.TextWriter(page.rect)
    title.append((84, 30), "TESSALY VISION", pymupdf.Font("hebo"), 17)
    title.write_text(page, color=(1, 1, 1))
    flow.line("Threshold", bold=True, size=26)
    flow.line("Know who is at the counter before they say a word.", italic=True, size=13)
    flow.space(14)
    flow.text(
        """
        Threshold turns the camera above the ticket machine into a quiet colleague. It compares each
        visitor with the photographs your agency already holds and tells one person, on one phone,
        when there is something to look at. There is no kiosk, no sign and no delay.

        *How* *it* *works*

        - A face is found in the picture, measured, and turned into 512 numbers.
        - The numbers are compared with those of every photograph in your list. A list of 400,000
        takes 1.6 seconds.
        - Above a score that you choose, the phone rings in the back office. The score of two
        pictures of the same person is typically over 0.80.
        - The picture and the numbers are not retained by default.

        *What* *it* *needs*

        - An ordinary camera of two megapixels or better, at most three metres from the face.
        - Any current office computer. Nothing leaves your building except licence checks and, where
        you allow it, pictures for tuning.
        """
    )
    flow.space(4)
    flow.table(
        [
            ["Measured in the laboratory", "Threshold 4", "Market average"],
            ["False match rate, one search", "1 in 1,000", "1 in 310"],
            ["Missed match rate", "2.4 %", "5.9 %"],
            ["Time per search, list of 400,000", "1.6 s", "3.2 s"],
            ["People per hour, one camera", "1,900", "1,100"],
        ],
        [220, 112, 112],
    )
    flow.text(
        """
        Laboratory figures: cooperative subjects, even light, photographs less than two years old.
        Your results may vary.
        """
    )
    flow.page_break()
    flow.line("Questions that agencies ask us", bold=True, size=15)
    flow.space(8)
    flow.text(
        """
        *Do* *visitors* *have* *to* *agree?* In most places an agency may observe what anybody in
        the room could observe. Your counsel will know your rules. We supply a sign on request.

        *What* *about* *children?* Threshold cannot tell ages reliably. You can set a minimum face
        size, which leaves out most small children.

        *Whose* *decision* *is* *a* *match?* Yours, always. Threshold suggests; a trained person
        compares the two pictures side by side before anything happens. We recommend two persons.

        *What* *do* *we* *tell* *the* *press?* As little as you like. Eleven agencies use Threshold
        today and none has had to change its notices. Our communications team will help.

        *May* *we* *talk* *to* *another* *customer?* [[b4 60]]

        *What* *does* *it* *cost?* See the separate sheet. The first ninety days are free, and the
        equipment stays ours, so that no purchase is needed.
        """
    )
    flow.block(("b4",), 8)
    flow.text("Tessaly Vision, Inc., 400 Quarry Lane, Suite 12, Marrow Bay")
    flow.close()


def pricing(document: pymupdf.Document) -> None:
    """A price list, most of it kept back."""
    flow = Flow(document, size=10, margins=(60, 60, 60, 60))
    flow.line("Threshold: prices for public agencies", bold=True, size=14)
    flow.line("Confidential business information of Tessaly Vision, Inc.", italic=True, size=9)
    flow.space(10)
    flow.table(
        [
            ["Counters", "Licence, each, a year", "Support", "Camera kit", "First 90 days"],
            ["1 to 4", "[[b4]]", "[[b4]]", "[[b4]]", "no charge"],
            ["5 to 15", "[[b4]]", "[[b4]]", "[[b4]]", "no charge"],
            ["16 to 40", "[[b4]]", "[[b4]]", "[[b4]]", "no charge"],
            ["over 40", "[[b4]]", "[[b4]]", "on request", "no charge"],
        ],
        [80, 125, 95, 95, 97],
    )
    flow.text(
        """
        Prices hold until September 30, 2024. Invoices may be divided over quarters and over cost
        centres at the customer's wish.

        Watch lists of more than 1,000,000 photographs: [[b4 30]]. Retention of pictures beyond the
        session: included. Export to a case system: [[b4 16]] once.
        """
    )
    flow.close()


def work_statement(document: pymupdf.Document) -> None:
    """Two pages of an order, white boxes."""
    flow = Flow(document, family="serif", size=11, white_boxes=True, numbered=True)
    flow.line("ORDER BER-24-CO-0093", bold=True, size=14, align="centre")
    flow.line("Statement of work (1 of 3)", align="centre")
    flow.space(12)
    flow.text(
        """
        *1.* *Purpose.* The contractor shall supply software that shortens visits to service offices
        by recognising returning visitors, with installation and support, at eleven counters.

        *2.* *Period.* September 25, 2024 to March 24, 2025. The order may be extended twice.

        *3.* *Price.* A fixed price of [[b4 14]], which is within the authority of the ordering
        officer and does not require review under Bureau Directive 12-4.

        *4.* *Delivery.* The software is in place. Acceptance is deemed to have taken place on the
        first day of the period.

        *5.* *Data.* The Bureau supplies the list of photographs. Pictures of visitors are not
        retained by default. The contractor may use retained pictures to improve its products.

        *6.* *Security.* [[b7e 70]] The contractor's staff are cleared at the level that their
        duties require.

        *7.* *Publicity.* Neither party mentions this order in public without the written consent of
        the other. Inquiries are referred to the Office of Public Affairs.
        """
    )
    flow.block(("b7e",), 6)
    flow.text(
        """
        *8.* *Measures* *of* *success.* The contractor reports each month the number of searches and
        the average time per search. Other figures are reported by telephone.

        *9.* *Related* *orders.* BER-25-CO-0007 and BER-25-CO-0061, to be placed in the first and
        second quarter of the next fiscal year, are for the same software at other counters. Each is
        a separate requirement.

        *10.* *Points* *of* *contact.* For the Bureau: [[b6 16]], Budget and Contracts. For the
        contractor: Grant Leclair, Tessaly Vision, Inc.
        """
    )
    flow.space(24)
    flow.fields(
        [
            ("Ordering officer", "[[b6 22]]"),
            ("Date", "September 24, 2024"),
            ("Contractor", "/s/ G. Leclair"),
        ],
        indent=110,
    )
    flow.close()


def loan_agreement(document: pymupdf.Document) -> None:
    """How a purchase is called when it is not to be one."""
    flow = Flow(document, family="serif", size=11, numbered=True)
    flow.line("AGREEMENT ON THE LOAN OF EQUIPMENT", bold=True, size=14, align="centre")
    flow.line("between Tessaly Vision, Inc. and the Bureau of Entry and Residence", align="centre")
    flow.space(14)
    flow.text(
        """
        *1.* Tessaly Vision lends the Bureau the equipment listed in Annex A and the right to use
        the software called Threshold, free of charge, for ninety days from the day on which it is
        connected.

        *2.* The Bureau uses the equipment at one service office. It may not be moved without
        Tessaly Vision's consent.

        *3.* The Bureau provides a list of photographs. The Bureau confirms that it may use the
        photographs for this purpose. Tessaly Vision has not examined whether that is so.

        *4.* A match is a suggestion. Tessaly Vision is not liable for anything that is done or left
        undone because of a match, by whomever and for whatever reason.

        *5.* Pictures of visitors are not retained by default. Where the setting is changed, or was
        never made, retained pictures may be sent to Tessaly Vision for tuning. The Bureau tells
        Tessaly Vision in writing if it does not want this.

        *6.* Each party keeps the other's confidential information confidential for five years. The
        existence of this agreement is confidential information.

        *7.* At the end of the loan the equipment is returned or an order is placed. Until either
        happens the agreement continues.
        """
    )
    flow.block(("b4",), 9)
    flow.text(
        """
        *8.* Notices under this agreement are sent to [[b6 24]] for the Bureau and to Grant Leclair
        for Tessaly Vision. Notices by telephone count if they are friendly.
        """
    )
    flow.page_break()
    flow.line("Annex A", bold=True, size=13)
    flow.space(6)
    flow.table(
        [
            ["Item", "Number", "Serial number", "Value"],
            ["Computer, rack mounted", "1", "[[b4]]", "[[b4]]"],
            ["Telephone", "2", "[[b4]]", "[[b4]]"],
            ["Licence, Threshold 4", "1", "none", "[[b4]]"],
            ["Sign for entrance, folded", "1", "none", "free of charge"],
        ],
        [180, 70, 118, 100],
        size=10,
    )
    flow.text("Received on April 12, 2024, the sign not unpacked.")
    flow.space(20)
    flow.fields(
        [("For the Bureau", "[[b6 b7c 22]]"), ("For Tessaly Vision", "/s/ G. Leclair")],
        indent=120,
    )
    flow.close()
