"""Cases for the check over what prose says has happened."""

from __future__ import annotations

from tests.checkcases import Case
from tests.checkcases.ferries import in_sheet, on_page, said, wrong
from tests.values import Reached

FERRIES = "[the ferries](fact:ferries.count)"

GOOD: dict[str, list[Case]] = {
    "overclaim": [
        *map(
            said,
            (
                # No more than its status.
                f"Norrvik intends to buy {FERRIES}.",
                f"Norrvik plans {FERRIES}, and no order has been placed.",
                f"A letter of intent names {FERRIES}.",
                "Norrvik has ordered [the tugs](fact:ferries.tugs).",
                "The yard has delivered [the buses](fact:ferries.buses).",
                # What waits for something, and is said to.
                "[The charter](fact:ferries.charter) takes effect only when the port consents.",
                "Once the port consents, [the charter](fact:ferries.charter) is in force.",
                "[The charter](fact:ferries.charter) is not in force.",
                "[The charter](fact:ferries.charter) will take effect.",
                f"Whether {FERRIES} are ordered or chartered: open.",
                # Denied, doubted, asked, wished for, or on a condition.
                f"Norrvik has not ordered {FERRIES}.",
                f"Nobody has signed a contract for {FERRIES}.",
                f"Has Norrvik ordered {FERRIES}?",
                f"It is unclear whether Norrvik has ordered {FERRIES}.",
                f"If Norrvik has ordered {FERRIES}, it has not said so.",
                f"Norrvik would like to have ordered {FERRIES}.",
                f"A contract for {FERRIES} is expected.",
                # Said by somebody, and in quotation marks.
                f"The Courier calls {FERRIES} “ordered”, and Holm says they are planned.",
                "Holm says that Norrvik will buy [the ferries](fact:ferries.start).",
                # A thing of one's own rung in a clause of its own.
                f"Norrvik has ordered [the tugs](fact:ferries.tugs), but only plans {FERRIES}.",
                # Idioms.
                f"In order to cross, Norrvik plans {FERRIES}.",
                # Lists: what stands above says no more, or the item takes it back.
                f"Norrvik plans:\n\n- {FERRIES}.\n- [a letter](fact:ferries.letter).",
                f"Norrvik has ordered:\n\n- [tugs](fact:ferries.tugs);\n- {FERRIES}, which are only planned.",
                # No sentence: a heading, a label, a value by itself.
                f"## {FERRIES}",
                f"| {FERRIES} | [tugs](fact:ferries.tugs) |\n|---|---|",
                f"First of them: {FERRIES}.",
                # Other facts have no status.
                "The yard was opened on [3 May 2024](fact:ferries.opening).",
            ),
        ),
        on_page(f"Such sentences as: {FERRIES} are blue."),
        in_sheet("Norrvik intends to order ferries."),
        in_sheet("Norrvik has ordered ferries.", status=Reached.CONTRACTED),
        in_sheet("Nothing is ordered."),
        *map(
            said,
            (
                # What something else does or suffers: the ferries are only what that is about.
                f"The debate on {FERRIES} has reached the courts.",
                f"Opponents of {FERRIES} marched through the port.",
                f"She wrote her thesis on {FERRIES}.",
                # What takes it back stands behind it.
                f"Reports that {FERRIES} had been bought were premature.",
                f"The purchase of {FERRIES} fell through.",
                f"The purchase of {FERRIES} is subject to a vote.",
                f"The launch of {FERRIES} has been put off.",
                f"The order for {FERRIES} is on hold.",
                f"“The ferries are in service” was the headline: {FERRIES} are a plan.",
                # Nothing has been done: it is possible, promised or denied.
                f"Crews would sail {FERRIES}.",
                f"Nobody sails {FERRIES}.",
                f"Whoever builds {FERRIES} needs a slipway.",
                # What a thing is like, and what a verb means in an idiom.
                "[Two tugs](fact:ferries.tugs) are built for ice.",
                f"Insurers keep a close eye on {FERRIES}.",
                # A word of a list within another word, or a word with two meanings.
                "In May the yard delivered [the buses](fact:ferries.buses).",
            ),
        ),
    ],
    "unqualified": [
        *map(
            said,
            (
                # Neutral mentions.
                f"Greenpeace opposes {FERRIES}.",
                f"{FERRIES} have drawn criticism from the islanders.",
                f"Talks about {FERRIES} concern their colour.",
                f"{FERRIES} are controversial.",
                f"A choir sang against {FERRIES}.",
                f"{FERRIES} divide the council.",
                # It says how far it is.
                f"Norrvik plans to polish {FERRIES}.",
                f"Holm says that {FERRIES} rust.",
                # An overclaim is told once.
                f"Norrvik has bought {FERRIES}.",
                "Everybody polishes [the buses](fact:ferries.buses).",
                "[The letter](fact:ferries.letter) worries everybody.",
            ),
        ),
        on_page(f"Everybody polishes {FERRIES}."),
    ],
}
BAD: dict[str, list[Case]] = {
    "overclaim": [
        wrong(
            f"Norrvik has ordered {FERRIES}.",
            "has ordered",
            says="'has ordered' says contracted; ferries.count is intent: both sides have put an intention",
        ),
        # Its caveat says that it waits for something.
        wrong(
            "The port consented, and [the charter](fact:ferries.charter) is in force.",
            "in force",
            says="waits",
        ),
        wrong(
            "[The charter](fact:ferries.charter) took effect in May.", "took effect", says="The charter takes"
        ),
        wrong(f"Norrvik bought {FERRIES} in spring.", "bought"),
        wrong(f"{FERRIES} have been ordered.", "ordered"),
        wrong(f"Norrvik signed a contract for {FERRIES}.", "signed a contract"),
        wrong(f"The yard will deliver {FERRIES}.", "will deliver", says="says agreed"),
        wrong("The yard has delivered [the tugs](fact:ferries.tugs).", "delivered", says="says delivering"),
        wrong("[All buses](fact:ferries.buses) are in service.", "in service", says="says in-service"),
        wrong("They agreed on [two tugs](fact:ferries.wish).", "agreed", says="ferries.wish is requested"),
        # The words of the link itself; what it prints is the fact's own.
        wrong("[Norrvik has ordered them](fact:ferries.count).", "has ordered"),
        # However it is set, and wherever it stands.
        wrong(f"Norrvik has **ordered** {FERRIES}.", "has"),
        wrong(f"- Norrvik has ordered\n  {FERRIES}.", "has"),
        wrong(f"> Norrvik has ordered\n> {FERRIES}.", "has"),
        wrong(f"## The plan\nNorrvik has ordered {FERRIES}.", "has"),
        wrong("Norrvik has ordered ferries.[](fact:ferries.count#mark)", "has ordered"),
        wrong("Norrvik has ordered ferries. [](fact:ferries.count#mark)", "has ordered"),
        # A quotation mark is no excuse where nobody speaks.
        wrong(f"Norrvik “ordered” {FERRIES}.", "ordered"),
        # The clause that says it, not the one beside it.
        wrong(
            f"Norrvik plans [tugs](fact:ferries.tugs), but it has ordered {FERRIES}.",
            "has ordered",
            says="ferries.count is intent",
        ),
        # A system that is named where no fact is cited.
        wrong("The Sound ferry is in service.", "in service"),
        # What stands above a list is said of each item.
        wrong(
            f"Norrvik has ordered:\n\n- [tugs](fact:ferries.tugs);\n- {FERRIES}.",
            "the ferries",
            says="'has ordered' above the list says contracted",
        ),
        # What is done to it, by it and with it, in whatever form the verb has.
        wrong(f"{FERRIES} cross the Sound.", "cross", says="'cross the' says in-service"),
        wrong(f"Crews have been sailing {FERRIES} since spring.", "have", says="says in-service"),
        wrong(f"Holm took the keys to {FERRIES}.", "took the keys to", says="says delivering"),
        wrong(f"Passengers slept aboard {FERRIES}.", "slept", says="says in-service"),
        wrong(f"The yard has laid the keels of {FERRIES}.", "laid the keels of", says="says in-production"),
        wrong(f"The islands are served by {FERRIES}.", "served", says="says delivered"),
        wrong(f"Norrvik was given {FERRIES}.", "was given", says="says delivering"),
        wrong(f"Work on {FERRIES} is under way.", "Work on", says="says in-production"),
        wrong(f"The yard put {FERRIES} through trials.", "put", says="says in-service"),
        wrong(f"Crews will live aboard {FERRIES}.", "will", says="says agreed"),
        # A noun of something that has happened.
        wrong(f"Since the delivery of {FERRIES}, the quay is full.", "delivery of", says="says delivering"),
        wrong(f"The contract for {FERRIES} has been signed.", "The contract for", says="says contracted"),
        wrong(f"Thanks to {FERRIES}, the islands are fed.", "Thanks to", says="says delivered"),
        # Money.
        wrong("Norrvik has drawn on [the loan](fact:ferries.loan).", "drawn on", says="says delivering"),
        wrong("[The grant](fact:ferries.grant) has landed.", "landed", says="says delivering"),
        wrong("The cheque for [the grant](fact:ferries.grant) is in the post.", "in the post"),
        # A verb that no list has.
        wrong(f"The yard has enamelled {FERRIES}.", "enamelled", says="says delivering"),
        # The words of the link do not take back what is said around it.
        wrong("The yard has delivered [no fewer than 4 ferries](fact:ferries.count).", "delivered"),
        wrong(f"Norrvik bought {FERRIES} in the post-war years of planes and plants.", "bought"),
        # A fact without a status says what its own words say.
        wrong("The yard has delivered [the yard](fact:ferries.opening).", "delivered", says="of kind event"),
        in_sheet(
            "Norrvik has ordered ferries.",
            "has ordered",
            says="'has ordered' says contracted; ferries.stated is intent",
        ),
    ],
    "unqualified": [
        wrong(
            f"Everybody polishes {FERRIES}.",
            "the ferries",
            says="nothing here says that ferries.count is only intent",
        ),
        wrong(f"The paint of {FERRIES} peels.", "the ferries"),
    ],
}
