"""Cases for the checks over who speaks."""

from __future__ import annotations

from tests.checkcases import Case
from tests.checkcases.ferries import on_page, said, wrong

NEED, STUDY = "[new ferries](fact:ferries.need)", "[a study](fact:ferries.study)"

GOOD: dict[str, list[Case]] = {
    "attribution": [
        *map(
            said,
            (
                f"Ida Holm says that {NEED} are needed.",
                f"{NEED} are needed, according to the mayor.",
                f"Holm wants {NEED}.",
                # By structure, in whatever order.
                f"{NEED} are needed, Holm said in a post on Monday.",
                f"{NEED}, Holm said in a post, are needed.",
                f"By Holm's account {NEED} are needed.",
                f"In the words of Ida Holm, {NEED} are needed.",
                f"{NEED} were described by Holm as needed.",
                f"Holm, in a post, speaks of {NEED}.",
                f"For Holm, {NEED} are needed.",
                f"Holm, who often quarrels with Port Yard, says that {NEED} are needed.",
                f"The need for {NEED} that Holm names is old.",
                f"A spokesman for Holm said that {NEED} are needed.",
                f"The office says that {NEED} are needed.",
                f"The mayor spoke on Monday. She wants {NEED}.",
                f"Ida Holm said on her visit:\n\n- {NEED} are needed;\n- and {STUDY}.",
                "Her claim, as [](fact:ferries.need#speaker) made it, is old.",
                f"“So few,” groans Ida Holm, who wants {NEED}.",
                f"It was Holm herself who said that {NEED} are needed.",
                f"The port counts its gulls while Holm says that {NEED} are needed.",
                # Valuations of somebody's, in quotation marks, in the words of a link.
                "The mayor called it a “historic” step.",
                "The mayor considers the plan historic.",
                "It is [a historic letter](fact:ferries.fog).",
                # Facts that nobody needs to say.
                "There is [fog](fact:ferries.fog).",
            ),
        ),
        on_page(f"{NEED} are needed, clearly."),
    ],
    "unclear-speaker": [
        *map(
            said,
            (
                f"Ida Holm says that {NEED} are needed.",
                f"{NEED} are needed, and Holm was pleased.",  # stated as our own, and so an error
            ),
        ),
    ],
    "relayed": [
        *map(
            said,
            (
                f"The Courier reports that Holm asks for {STUDY}.",
                f"Holm asked for {STUDY}, as told by the Courier.",
                f"The Courier spoke with the mayor. She asked for {STUDY}.",
                f"At third hand Holm asked for {STUDY}.",
                f"The Courier has it that the mayor wants:\n\n- {STUDY}.",
                "Holm speaks of [fog](fact:ferries.fog).",
            ),
        ),
        on_page(f"Holm asked for {STUDY}."),
    ],
    "confirmation": [
        *map(
            said,
            (
                "Holm alone tells of [fog](fact:ferries.fog).",
                "Nothing confirms [the fog](fact:ferries.fog).",
                "It remains to be confirmed that there is [fog](fact:ferries.fog).",
                "Holm calls [the fog](fact:ferries.fog) a “confirmed” hazard.",
                # Nobody, or not yet, or the speaker again.
                f"Holm says that {NEED} are needed, and no other body bears it out.",
                f"Whether separate studies would arrive at what Holm says, {NEED}, is open.",
                f"In a second letter, Holm backs up her claim of {NEED}.",
                f"The claim of Holm, {NEED}, is cited by several outlets.",
                # Two origins bear it out.
                "Several sources tell of [ice](fact:ferries.ice).",
                "Several sources exist.",
            ),
        ),
    ],
}
BAD: dict[str, list[Case]] = {
    "attribution": [
        wrong(
            f"{NEED} are needed.",
            "new ferries",
            says="ferries.need is a claim of Ida Holm, and this sentence states it as our own",
        ),
        wrong(f"The quay is short: {NEED} are needed.", "new ferries"),
        # Somebody else says it.
        wrong(
            f"The Courier says that {NEED} are needed.",
            "The Courier",
            says="a claim of Ida Holm, and this sentence says that it is one of 'The Courier'",
        ),
        wrong(f"According to Port Yard, {NEED} are needed.", "Port Yard"),
        wrong(f"{NEED} are needed, Port Yard said in a post on Monday.", "Port Yard"),
        wrong(f"By Port Yard's account {NEED} are needed.", "Port Yard"),
        wrong(f"In the words of Port Yard, {NEED} are needed.", "Port Yard"),
        wrong(f"{NEED} were described by Port Yard as needed.", "Port Yard"),
        wrong(f"For Port Yard, {NEED} are needed.", "Port Yard"),
        wrong(f"Critics of Holm say that {NEED} are needed.", "new ferries", says="is one of 'critics'"),
        # A speaker is named, and says nothing.
        wrong(f"Port Yard has met Holm, and {NEED} are needed.", "new ferries"),
        wrong(f"{NEED} are needed, and Holm was pleased.", "new ferries"),
        wrong(f"Holm was there when Port Yard said that {NEED} are needed.", "Port Yard"),
        # Holm is what something is done to, or the subject of another clause.
        wrong(f"{NEED} have made Holm impatient.", "new ferries"),
        wrong(f"With {NEED} needed, Holm has a case.", "new ferries"),
        wrong(f"{NEED} are needed, which is why Holm was chosen.", "new ferries"),
        wrong(f"Since {NEED} are needed, Holm demands a vote.", "new ferries"),
        # A word that judges how somebody speaks is ours.
        wrong("Shamefully, the mayor says nothing.", "Shamefully"),
        wrong("To its credit, the port announced a plan.", "To its credit"),
        wrong(
            "The plan is historic.", "historic", says="'historic' is a judgement of value in our own voice"
        ),
        wrong("Clearly, [fog](fact:ferries.fog) is a crucial matter.", "Clearly"),
        wrong("The mayor speaks. The plan is historic.", "historic"),
    ],
    "unclear-speaker": [
        wrong(
            f"In the town of Holm {NEED} are needed.",
            "new ferries",
            says="ferries.need is a claim of Ida Holm, and this sentence names Ida Holm without saying so",
        ),
    ],
    "relayed": [
        wrong(
            f"Holm asked for {STUDY}.",
            "a study",
            says="ferries.study reached the source through The Courier, and is cited here as if said",
        ),
        # The outlet is named, and relays nothing.
        wrong(f"Holm, whom the Courier dislikes, asked for {STUDY}.", "a study"),
        wrong(f"Holm asked, through a hedge, for {STUDY}.", "a study"),
        # Once a sentence.
        wrong(f"Holm asked for {STUDY} and for [one more](fact:ferries.study).", "a study"),
    ],
    "confirmation": [
        wrong(
            "Several sources tell of [fog](fact:ferries.fog).",
            "Several sources",
            says="'Several sources' promises more than one origin, and ferries.fog has one",
        ),
        wrong("[The fog](fact:ferries.fog) is confirmed.", "confirmed"),
        # Others agree with the one who claims it, in whatever words.
        wrong(f"Separate bodies arrive at what Holm says: {NEED}.", "Separate bodies arrive"),
        wrong(
            f"What Holm says, {NEED}, has been borne out by separate missions.",
            "borne out by separate missions",
        ),
        wrong(f"Port Yard echoes what Holm says of {NEED}.", "Port Yard echoes"),
        wrong(f"Holm says, and nobody disputes, that {NEED} are needed.", "nobody disputes"),
        wrong("It was independently observed that there is [fog](fact:ferries.fog).", "independently"),
    ],
}
