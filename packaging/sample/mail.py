"""The e-mails of the release, as a mail program prints them.

Every person, agency and company is made up. A name in a box was never written anywhere.
"""

from __future__ import annotations

import pymupdf

from sample.paper import Flow

TOLLIVER = "Tolliver, Marian"
SIGNED_LECLAIR = """
|Grant Leclair
|Vice President, Public Sector
|Tessaly Vision, Inc.
|[[b6 15]] (mobile)
"""


def mail(
    document: pymupdf.Document,
    owner: str,
    *messages: tuple[list[tuple[str, str]], str],
    blocks: tuple[tuple[tuple[str, ...], int], ...] = (),
) -> None:
    """Print one thread. ``@block`` alone on a paragraph takes the next of ``blocks``."""
    flow = Flow(document, numbered=True)
    flow.line(owner, bold=True, size=13)
    flow.rule(1.6)
    flow.space(4)
    waiting = list(blocks)
    for number, (fields, body) in enumerate(messages):
        if number:
            flow.room(110)
            flow.space(6)
            flow.rule()
            flow.space(2)
        flow.fields(fields)
        flow.space(9)
        for index, part in enumerate(body.strip("\n").split("@block")):
            if index:
                codes, lines = waiting.pop(0)
                flow.block(codes, lines)
            if part.strip():
                flow.text(part)
    flow.close()


def pitch(document: pymupdf.Document) -> None:
    """The vendor offers; the agency is interested."""
    mail(
        document,
        TOLLIVER,
        (
            [
                ("From", "Tolliver, Marian"),
                ("Sent", "Tuesday, March 12, 2024 7:48 AM"),
                ("To", "[[b6 b7c 18]]; [[b6 b7c 20]]"),
                ("Subject", "FW: Threshold at the counters"),
                ("Attachments", "Threshold capability sheet.pdf; Threshold pricing.xlsx"),
            ],
            """
            See below and attached. I saw this at the Savona conference last month and it does what
            he says it does. I would like to try it at one counter before the summer rush. Port
            Callory is my first choice: long lines, good light, and a supervisor who likes new
            things.

            [[b6 b7c 9]], please find out what paper we would need if we call it a loan of equipment
            and not a purchase. Do not put it into the acquisition system yet.

            |Marian Tolliver
            |Assistant Director, Counter Operations
            |Bureau of Entry and Residence
            """,
        ),
        (
            [
                ("From", "Grant Leclair <g.leclair@tessaly.example>"),
                ("Sent", "Monday, March 11, 2024 4:15 PM"),
                ("To", "Tolliver, Marian"),
                ("Cc", "[[b6 22]]"),
                ("Subject", "Threshold at the counters"),
            ],
            """
            Marian,

            It was good to meet you in Savona. You asked me to put in writing what I said over
            coffee, so here it is, plainly.

            Your counters see about 41,000 people a week: renewals, fee payments, fingerprint
            appointments, people who come along to translate. Almost none of them are who you are
            looking for. A few are, and today they walk out again, because nobody at the window has
            the time to check.

            We can run every face that walks up to one of your counters against the removal docket
            in under two seconds, and nobody in the line has to know it is happening. The camera is
            the one you already have above the ticket machine. The match goes to a phone in the back
            office, not to the clerk, so the conversation at the window does not change.

            What we would need from you for a trial:

            - a copy of the docket photographs, refreshed nightly (we take them as they are);
            - one room with a network drop and a door that locks;
            - a person who decides what happens after a match. That is never us.

            On accuracy: in the government benchmark our engine makes one false match in a thousand
            searches. I know your counsel will ask, so the sheet is attached. Your lines are better
            lit than the benchmark, and I would expect you to do better than that.

            On money: the first ninety days cost you nothing. After that the attached sheet applies,
            and I can hold [[b4 10]] per counter until the end of your fiscal year. If you roll out
            to all [[b7e 4]] counters we would talk about a different number altogether.

            I would keep the first site small and quiet. Every agency that announced a pilot before
            it had results spent the pilot answering letters.
            """
            + SIGNED_LECLAIR,
        ),
    )


def counsel(document: pymupdf.Document) -> None:
    """Privacy asks; the answer is withheld."""
    mail(
        document,
        TOLLIVER,
        (
            [
                ("From", "Tolliver, Marian"),
                ("Sent", "Thursday, April 4, 2024 6:02 PM"),
                ("To", "Dace, Owen"),
                ("Cc", "[[b6 b7c 17]]"),
                ("Subject", "RE: RE: Threshold: is there an assessment?"),
            ],
            """
            Owen, it is a loan of a camera licence for ninety days. Nobody is buying anything and
            nobody is keeping anything. If it works we will do the paper properly, and you will be
            the first to know.
            """,
        ),
        (
            [
                ("From", "Dace, Owen"),
                ("Sent", "Thursday, April 4, 2024 3:37 PM"),
                ("To", "Tolliver, Marian"),
                ("Cc", "[[b6 b7c 17]]; [[b6 b7c 21]]"),
                ("Subject", "RE: Threshold: is there an assessment?"),
            ],
            """
            Marian,

            Thank you for the quick answer. I have read the capability sheet and I have three
            problems with it.

            First, the trial collects the faces of everybody in the line, including citizens,
            children and people who came to interpret. A privacy impact assessment is due before
            collection starts, not after, and I have none on file.

            Second, nothing in the sheet says what becomes of a face that does not match. "Not
            retained by default" is a setting, and a setting is not a rule.

            @block

            Third, the notice at the entrance says that the premises are monitored by cameras for
            safety. It does not say that a visitor's face is searched against a list. I would not
            want to defend that notice.

            @block

            Please do not connect anything until we have spoken. I am free Monday until noon.

            |Owen Dace
            |Privacy Officer
            """,
        ),
        (
            [
                ("From", "[[b6 b7c 19]]"),
                ("Sent", "Wednesday, April 3, 2024 11:20 AM"),
                ("To", "Dace, Owen"),
                ("Subject", "Threshold: is there an assessment?"),
            ],
            """
            Owen, I was asked to sign for a network drop in the supervisor's office in Port Callory,
            "for the face project". I do not know a face project. Is there an assessment that I
            missed? The ticket says it has to be live by Monday the 15th.

            |[[b6 b7c 13]]
            |Privacy Analyst, Records and Notices
            """,
        ),
        blocks=((("b5",), 7), (("b5",), 4)),
    )


def incident(document: pymupdf.Document) -> None:
    """A wrong match."""
    mail(
        document,
        "Port Callory Shift Mailbox",
        (
            [
                ("From", "[[b6 b7c 16]]"),
                ("Sent", "Friday, June 7, 2024 5:51 PM"),
                ("To", "Port Callory Shift Mailbox"),
                ("Cc", "Tolliver, Marian"),
                ("Subject", "Incident at window 6, for the record"),
                ("Importance", "High"),
            ],
            """
            Writing this down while I remember it.

            At 10:14 the phone showed a match for a man at window 6, score 0.87, docket name
            [[b6 b7c 15]]. He was there to pay the renewal fee for his mother's card. The guard
            asked him to come along and took him to the interview room. He said from the first
            minute that he was somebody else, and showed a driver licence and a union card. The
            phone still said 0.87.

            We held him for four hours and ten minutes. Nobody could reach the docket desk by
            telephone until after lunch. When the fingerprints came back they belonged to
            [[b6 b7c 17]], born in this county, with no file of any kind at the Bureau.

            His mother waited at window 6 the whole time. She is 71. She asked whether her son had
            done something, and I did not know what I was allowed to tell her.

            @block

            This is the second one this month that I know of. The first was let go after twenty
            minutes, and there is no paper on it. I was told the score has to be over 0.80 before we
            act. Whoever chose that number has not stood here.

            |[[b6 b7c 18]]
            |Counter Supervisor
            """,
        ),
        (
            [
                ("From", "Tolliver, Marian"),
                ("Sent", "Friday, June 7, 2024 8:26 PM"),
                ("To", "[[b6 b7c 16]]"),
                ("Subject", "RE: Incident at window 6, for the record"),
            ],
            """
            Thank you. Please telephone me before you write anything else about this. I am sorry for
            the gentleman and his mother, and I will call them myself.

            Raise the threshold to 0.90 from Monday. I know it will find fewer.
            """,
        ),
        blocks=((("b5", "b7e"), 5),),
    )


def press(document: pymupdf.Document) -> None:
    """What to tell somebody who asks."""
    mail(
        document,
        "Ashby, Colin",
        (
            [
                ("From", "Ashby, Colin"),
                ("Sent", "Wednesday, July 17, 2024 9:05 AM"),
                ("To", "Tolliver, Marian"),
                ("Cc", "[[b6 14]]"),
                ("Subject", "RE: Query from a radio station"),
            ],
            """
            I used the short version: "The Bureau regularly tests commercial products that may make
            visits shorter. No decision has been made." They did not come back. If they do, I will
            need to know whether there is a contract, because I have said that there is none.
            """,
        ),
        (
            [
                ("From", "Tolliver, Marian"),
                ("Sent", "Tuesday, July 16, 2024 4:44 PM"),
                ("To", "Ashby, Colin"),
                ("Subject", "RE: Query from a radio station"),
            ],
            """
            There is no contract. There is a loan agreement. Please do not use the words face,
            recognition or docket. "Products that make visits shorter" is true, the line does move
            faster.
            """,
        ),
        (
            [
                ("From", "Ashby, Colin"),
                ("Sent", "Tuesday, July 16, 2024 2:30 PM"),
                ("To", "Tolliver, Marian"),
                ("Subject", "Query from a radio station"),
            ],
            """
            A producer at a station in Port Callory has a caller who says he was kept in a room
            because "the camera knew him". Is that us? I have until five. Proposed answers below,
            from nothing at all to everything.

            @block
            """,
        ),
        blocks=((("b5",), 12),),
    )


def split(document: pymupdf.Document) -> None:
    """The botched one: black laid over words that are still there."""
    mail(
        document,
        TOLLIVER,
        (
            [
                ("From", "[[b6 b7c 20]]"),
                ("Sent", "Monday, August 19, 2024 10:12 AM"),
                ("To", "Tolliver, Marian"),
                ("Cc", "Leclair, Grant (Tessaly)"),
                ("Subject", "Threshold: how to pay for year one"),
            ],
            """
            Marian,

            The ninety days were over on July 14 and the cameras are still running, so we need
            paper. Options from my side:

            - Put all of it on the counter equipment contract as a change order. Quick, but the
            change is larger than the contract.
            - Compete it. Eleven months at best.
            - [[!b5|Split it in three orders, each under the review threshold, and date them in
            different quarters.]]

            I have talked this through with Grant, who can invoice any way we like. [[!b5|Legal will
            not like it, so I would not ask Legal.]] The total is the same in all three.

            For the budget line: year one at eleven counters comes to [[b4 12]], and year two to
            [[b4 12]] if we add the five counters in the north.

            |[[b6 b7c 17]]
            |Budget and Contracts
            """,
        ),
    )


def after(document: pymupdf.Document) -> None:
    """The pilot is over and is not."""
    mail(
        document,
        TOLLIVER,
        (
            [
                ("From", "Tolliver, Marian"),
                ("Sent", "Thursday, November 14, 2024 5:15 PM"),
                ("To", "Grant Leclair <g.leclair@tessaly.example>"),
                ("Subject", "RE: Numbers for the renewal"),
            ],
            """
            Grant, I read the report twice. One in 41 is not one in a thousand. Of 212 people your
            phone sent us to, 207 were not the person it named. I have a mother of 71 years in my
            head who stood at window 6 for four hours.

            I am still for it, because of the five. But the next person who tells me "better lit
            than the benchmark" will hear it from the start. Send me the version in which the search
            is announced at the door, and what that costs.

            |M.
            """,
        ),
        (
            [
                ("From", "Grant Leclair <g.leclair@tessaly.example>"),
                ("Sent", "Wednesday, November 13, 2024 9:40 AM"),
                ("To", "Tolliver, Marian"),
                ("Cc", "[[b6 20]]"),
                ("Subject", "Numbers for the renewal"),
            ],
            """
            Marian, ahead of Friday: renewal as discussed at [[b4 11]] per counter, sixteen
            counters, and we include the upgrade. The engine you have is from January; the new one
            is a different animal.

            On the false matches: most of yours come from docket photographs that are older than ten
            years. That is not a fault of the engine. I would simply not count them.

            One thing that I want to be careful about. My people tell me that the "not retained by
            default" box was never ticked at your sites, so our servers hold about 1.3 million faces
            from your lines. We can delete them, keep them for tuning, or hand them to you. Tell me
            which one you would rather have been asked about.
            """
            + SIGNED_LECLAIR,
        ),
        (
            [
                ("From", "Dace, Owen"),
                ("Sent", "Friday, November 15, 2024 8:03 AM"),
                ("To", "Tolliver, Marian"),
                ("Subject", "FW: FW: Numbers for the renewal"),
            ],
            """
            1.3 million. Please call me.

            @block
            """,
        ),
        blocks=((("b5",), 9),),
    )


def drawer(document: pymupdf.Document) -> None:
    """The officers' side."""
    mail(
        document,
        TOLLIVER,
        (
            [
                ("From", "[[b6 b7c 20]]"),
                ("Sent", "Monday, May 6, 2024 12:32 PM"),
                ("To", "Tolliver, Marian"),
                ("Cc", "Port Callory Shift Mailbox"),
                ("Subject", "The telephone in the drawer"),
            ],
            """
            Marian, I speak for the officers at Port Callory, not against the project.

            The telephone rings about thirty times a day. Each time two of us leave the windows and
            look at two pictures of somebody for as long as it takes. Last week that was eleven
            hours of officers' time, with the line out of the door. On Thursday somebody put the
            telephone into a drawer so that people could be served. I know who it was and I would
            have done the same.

            We have four questions:

            - Is it a duty to act on a match, or is it allowed? Nobody has put it in writing.
            - Who trains us in comparing faces? The company's film is eleven minutes long.
            - What do we say when a visitor asks why? So far we say "a routine check", and people
            can see that it is not routine.
            - Which rule lets us ask a citizen who came to interpret for papers?

            Two colleagues have asked to be taken off the windows with cameras. I have told them
            that there are no windows without.

            |[[b6 b7c 18]]
            |for the officers of the Port Callory Service Office
            """,
        ),
        (
            [
                ("From", "Tolliver, Marian"),
                ("Sent", "Tuesday, May 7, 2024 7:15 AM"),
                ("To", "[[b6 b7c 20]]"),
                ("Subject", "RE: The telephone in the drawer"),
            ],
            """
            Fair questions. Until there is something in writing it is allowed, not a duty. I will
            ask for a second telephone and for training.

            @block

            Please take it out of the drawer.
            """,
        ),
        blocks=((("b5",), 6),),
    )


def sign(document: pymupdf.Document) -> None:
    """A sign that was never hung."""
    mail(
        document,
        "Dace, Owen",
        (
            [
                ("From", "Dace, Owen"),
                ("Sent", "Monday, September 9, 2024 9:27 AM"),
                ("To", "Ashby, Colin"),
                ("Cc", "Tolliver, Marian"),
                ("Subject", "RE: RE: Wording for the door"),
            ],
            """
            Colin, "This area uses technology to improve your visit" is not a notice. A notice tells
            a person something that the person did not know and can act on. I propose:

            |"Your face is compared with a list of persons whom the Bureau is looking for.
            |You may ask for a window without a camera."

            I know that there is no window without a camera. That is the other half of the proposal.
            """,
        ),
        (
            [
                ("From", "Ashby, Colin"),
                ("Sent", "Friday, September 6, 2024 3:18 PM"),
                ("To", "Dace, Owen"),
                ("Cc", "Tolliver, Marian"),
                ("Subject", "RE: Wording for the door"),
            ],
            """
            Owen, I showed your text to the company. They say that of the eleven agencies that use
            the product, two have a sign, and that both use this: "This area uses technology to
            improve your visit." They sent a file ready to print, with a picture of a cloud.

            Honestly, if we hang yours, the next day it is in the newspaper.

            @block
            """,
        ),
        (
            [
                ("From", "Dace, Owen"),
                ("Sent", "Thursday, September 5, 2024 10:40 AM"),
                ("To", "Ashby, Colin"),
                ("Subject", "Wording for the door"),
            ],
            """
            Colin, the assessment is stuck, so I would like to begin with the smallest thing that
            can be done, which is a sign. Text attached, forty words, two languages. Could you look
            at the tone? The facts I would rather not change.
            """,
        ),
        blocks=((("b5",), 5),),
    )


def farewell(document: pymupdf.Document) -> None:
    """The last page: a duplicate notice and a short message."""
    mail(
        document,
        "Dace, Owen",
        (
            [
                ("From", "[[b6 b7c 19]]"),
                ("Sent", "Friday, January 24, 2025 4:58 PM"),
                ("To", "Dace, Owen"),
                ("Subject", "Last day"),
            ],
            """
            Owen,

            I have handed in the badge and the laptop. The assessment that we started in April is in
            the folder with the date in its name, all nineteen pages, unsigned. I did not delete
            anything and I did not take anything.

            You asked me on Monday why it matters, when nobody was deported by mistake. It matters
            because the people in the line did what we ask of people: they came, with their papers,
            on time. We used the line against them.

            Look after the notices. Somebody reads them.

            |[[b6 b7c 13]]
            """,
        ),
    )
