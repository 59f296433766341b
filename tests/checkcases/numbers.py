"""Cases for the checks over the figures in prose."""

from __future__ import annotations

from tests import values
from tests.checkcases import Case
from tests.checkcases.ferries import fact, in_basis, in_sheet, in_summary, money, on_page, said, wrong

COUNT, CREW, LOAN = "[](fact:ferries.count)", "[](fact:ferries.crew)", "[](fact:ferries.loan)"

GOOD: dict[str, list[Case]] = {
    "bare-number": [
        *map(
            said,
            (
                "Norrvik plans [up to four ferries](fact:ferries.count).",
                f"Norrvik plans {COUNT}.",
                "By [2035](fact:ferries.start) sailings are meant to begin.",
                # What only looks like a figure.
                "Article 5 of the Ferry Act, the F-16, the Su-27, a 3D plan and the 19th package.",
                "Both texts, the two ministers, one of them, the first time, once and 24/7.",
                "The twenty-first century began; they may well march in may.",
                "They try to sail, and can. A third ferry and a fifth country are a matter of course.",
                # The links of the sentence account for it.
                "[EUR 10](fact:ferries.second-loan) and [EUR 20](fact:ferries.third-loan) make EUR 30.",
                "[EUR 20](fact:ferries.third-loan) is EUR 10 more than [EUR 10](fact:ferries.second-loan).",
                "[12.5 %](fact:ferries.share), or an eighth, of the fleet is old.",
                "[EUR 20](fact:ferries.third-loan) is twice [EUR 10](fact:ferries.second-loan).",
                "[12.5 %](fact:ferries.share) of the fleet is old; the other 87.5 % is not.",
                "Two loans: [EUR 10](fact:ferries.second-loan) and [EUR 20](fact:ferries.third-loan).",
                # A manner of speaking.
                "The port falls between two stools and wears two hats, as clear as two peas in a pod.",
                "The rumour comes from several quarters, and within these four walls nobody counts to ten.",
                "It takes two to tango, and both are back to square one.",
                # A name may hold a number.
                "Route 12 and Note 3 are names.",
                "Lock 17, below article 6 and paragraph 4, is one as well.",
            ),
        ),
        on_page("A brief has at most 60 words here."),
        in_basis("There is [a letter](fact:ferries.letter)."),
        # No words are known of the brief's language.
        said("Норрвік купує 4 пороми.", language="uk"),
        # What a fact's own words may hold: what its passages say, its dates, and when it was said.
        in_summary("Norrvik plans four ferries."),
        in_summary("On 9 February 2026 the Courier told of it."),
        in_summary("They spoke on 3 May.", date=values.date("2024-05-03")),
        in_summary("Both ministers and five speakers agree."),
        # The figures of a statement are another check's.
        in_sheet("Norrvik plans 9 ferries."),
        said("x", fact("capped", "A loan is planned.", money("5"), caveat="EUR 5 may be too little.")),
    ],
    "possible-number": [
        *map(
            said,
            (
                "In [2035](fact:ferries.start) sailings begin.",
                "Twelve of the ferries are new.",  # certainly one, and so an error
                "Nobody saw it on Thursday.",
            ),
        ),
        on_page("Last year there were four."),
    ],
    "rounded-figure": [
        *map(
            said,
            (
                "[30 buses](fact:ferries.buses) run.",
                "[Nearly 20 buses](fact:ferries.buses) run.",  # no rounding, and so an error
                "[](fact:ferries.buses) run.",
            ),
        ),
    ],
    "figure-mismatch": [
        *map(
            said,
            (
                # A figure beside the fact's own, and a comparison with it.
                "[Just over 12 per cent, or 12.5 per cent](fact:ferries.share), is old.",
                "[12 tugs](fact:ferries.tugs) are fewer than the [30 buses](fact:ferries.buses).",
                "Of [30 buses](fact:ferries.buses), at least 20 stop here.",
                # With its bound in the link, before it, or as the fact prints it.
                "[Up to four ferries](fact:ferries.count) are planned.",
                "[As many as 4 ferries](fact:ferries.count) are planned.",
                "Up to [four ferries](fact:ferries.count) are planned.",
                f"{COUNT} are planned.",
                "Up to [](fact:ferries.count#number) ferries are planned.",
                "[About 1.2 million crossings a year](fact:ferries.crossings) are counted.",
                "[Some 1,200,000 crossings](fact:ferries.crossings) are counted annually.",
                "[12.5 %](fact:ferries.share), or [12.5 per cent](fact:ferries.share).",
                "[Between 5 and 7 people](fact:ferries.crew) and [five to seven people](fact:ferries.crew).",
                "[EUR 5–7](fact:ferries.crew-cost) and [€5 to €7](fact:ferries.crew-cost).",
                "[At least 120 metres](fact:ferries.length), or [120 metres or more](fact:ferries.length).",
                "[Up to EUR 90 billion](fact:ferries.loan), or [up to €90bn](fact:ferries.loan).",
                "[Up to 90 000 000 000 euros](fact:ferries.loan).",
                "[USD 7](fact:ferries.dollars), or [seven US dollars](fact:ferries.dollars).",
                "[By 2035](fact:ferries.start), until [2035](fact:ferries.start).",
                "[17 November](fact:ferries.letter), or on [17 November [2025]](fact:ferries.letter).",
                "[3 May 2024](fact:ferries.opening), [May 2024](fact:ferries.opening),"
                " [2024](fact:ferries.opening), [3.5.2024](fact:ferries.opening)"
                " and [the second quarter, Q2 2024](fact:ferries.opening).",
                "[Spring 2026](fact:ferries.season) and [2026](fact:ferries.season).",
                # Figures in the passages of a fact, and in its words.
                "[Four ferries](fact:ferries.class) are in the passage.",
                "[At 14:39](fact:ferries.shift) a shift begins.",
                "[12 tugs](fact:ferries.tugs) are under contract.",
                # Names are no figures.
                "[the F4](fact:ferries.class)",
            ),
        ),
        in_sheet("Norrvik plans four ferries."),
    ],
    "inferred-date": [
        *map(
            said,
            (
                "Dated [17 November](fact:ferries.letter).",
                "Dated [17 November [2025]](fact:ferries.letter).",
                "Dated [](fact:ferries.letter#date).",
                "Opened on [3 May 2024](fact:ferries.opening).",
            ),
        ),
    ],
    "mixed-sum": [
        *map(
            said,
            (
                f"A loan of {LOAN} and, besides, a grant of [](fact:ferries.grant) are meant.",
                "In total [](fact:ferries.second-loan) and [](fact:ferries.third-loan) are meant to pay.",
                f"The loan of {LOAN} and the grant of [](fact:ferries.grant) must not be added up.",
                f"In total {LOAN} are meant to pay.",
                f"In total {LOAN} are meant, that is up to [EUR 90 billion](fact:ferries.loan).",
                'He spoke of "a total of" [](fact:ferries.loan) and [](fact:ferries.grant).',
            ),
        ),
    ],
}
BAD: dict[str, list[Case]] = {
    "bare-number": [
        wrong("Norrvik plans 4 ferries.", "4", says="'4' is not in a fact link"),
        wrong("Norrvik plans twelve ferries.", "twelve"),
        wrong("Half of the ferries are new, and two-thirds are late.", "Half", "two-thirds"),
        wrong("A third of the ferries are new, a fifth is late.", "A third", "a fifth"),
        wrong("It costs EUR 90 billion, or ninety billion euros.", "EUR 90", "ninety"),
        wrong("A share of 12.5 % is old; three quarters are not.", "12.5 %", "three quarters"),
        wrong("On 17 November it began, by 2035 it ends.", "17 November", "2035"),
        wrong("They met on 17/11/2025, on 3.5.2024 and at 14:39.", "17/11/2025", "3.5.2024", "14:39"),
        wrong("Between five and seven ferries are planned.", "five", "seven"),
        wrong(
            "It has one and a half million seats.", "one and a half million", says="one and a half million"
        ),
        wrong("About 1 250 000 crossings.", "1 250 000", says="'1 250 000'"),
        wrong("Dozens of ferries, and last year some more.", "Dozens"),
        # What no link of the sentence accounts for.
        wrong(f"{LOAN} and [](fact:ferries.second-loan) make EUR 99 million.", "EUR 99 million"),
        wrong("One ferry in seven is late.", "seven"),
        wrong("Half the ferries of [the plan](fact:ferries.count) are new.", "Half"),
        wrong("It fell to -5 points.", "-5", says="'-5'"),
        # Wherever in a text it stands, and whatever stands around it.
        wrong("**12** ferries, [a plan](fact:ferries.fog) 12, 13 ferries.", "12", "12,", "13"),
        wrong("Delivery is meant for\n2035. They plan it.", "2035"),
        wrong("> As planned,\n> 12 ferries.", "12"),
        wrong("| ferries | 12 |\n|---|---|\n| tugs | 13 |", "12", "13"),
        wrong("- one\n- 12 ferries", "12"),
        wrong("# 12 ferries\nare planned.", "12"),
        # Only what is in the words of a link stands in it.
        wrong("[A plan](fact:ferries.fog) for 12 ferries.", "12"),
        wrong("[12 ferries](https://example.org/7)", "12"),
        # In the registers.
        in_summary(
            "Norrvik has 9 ferries.", "9", says="'9' is in no value, date or evidence of ferries.stated"
        ),
        in_summary("By 2036 Norrvik may have more.", "2036"),
    ],
    "possible-number": [
        wrong(
            "Last year some more came, as in May.",
            "Last year",
            "May",
            says="'Last year' may be a figure of the subject, and is not in a fact link",
        ),
        wrong(
            "Of [the ferries](fact:ferries.count) it ordered four, and “13 ferries” are a rumour.",
            "four",
            "13",
        ),
        wrong(
            "[The plan](fact:ferries.count) won over half the world and has a hundred fathers.",
            "half",
            "a hundred",
        ),
    ],
    "rounded-figure": [
        wrong(
            "[Nearly 13 tugs](fact:ferries.tugs) run.",
            "13",
            says="'13' with the words before it rounds what ferries.tugs has: 12 tugs",
        ),
        wrong(
            "[A little over 11 tugs](fact:ferries.tugs) run, [about 30 buses](fact:ferries.buses) too.",
            "11",
            "30",
        ),
    ],
    "figure-mismatch": [
        wrong(
            "[four ferries](fact:ferries.count) are planned.",
            "four",
            says="ferries.count has up to 4 ferries",
        ),
        wrong("[5 ferries](fact:ferries.count) are planned.", "5", says="ferries.count has up to 4"),
        wrong("[At least four ferries](fact:ferries.count) are planned.", "four", says="up to 4 ferries"),
        wrong("[About 1.2 million crossings a month](fact:ferries.crossings).", "1.2", says="for each month"),
        wrong(
            "[1.2 million crossings](fact:ferries.crossings).",
            "1.2",
            says="has about 1.2 million crossings per year",
        ),
        wrong("[Nearly 12.5 %](fact:ferries.share) are old.", "12.5", says="before '12.5 %' qualify it"),
        wrong("[12,5 %](fact:ferries.share) are old.", "12,5 %", says="'12,5 %' is not what the fact says"),
        wrong("[12 %](fact:ferries.share) are old.", "12 %", says="ferries.share has 12.5%"),
        wrong("[Between 5 and 8 people](fact:ferries.crew).", "8"),
        wrong("[At least 120 miles](fact:ferries.length).", "120", says="has a different unit"),
        wrong("[Up to EUR 90 million](fact:ferries.loan).", "EUR 90", says="has up to EUR 90 billion"),
        wrong("[Up to USD 90 billion](fact:ferries.loan).", "USD 90"),
        wrong("[Between EUR 80 and 90 billion](fact:ferries.loan).", "EUR 80", "90 billion"),
        wrong("[In 2035](fact:ferries.start) sailings begin.", "2035", says="has by 2035"),
        wrong("[By 2036](fact:ferries.start) sailings begin.", "2036", says="has by 2035"),
        wrong(
            "[18 November](fact:ferries.letter) is its date.", "18 November", says="has 17 November [2025]"
        ),
        wrong("[June 2024](fact:ferries.opening)", "June 2024", says="ferries.opening has 3 May 2024"),
        wrong("[Q3 2024](fact:ferries.opening)", "Q3 2024"),
        wrong("[Autumn 2026](fact:ferries.season)", "Autumn 2026"),
        wrong("[2024-2029](fact:ferries.opening)", "2029"),
        wrong("[at 14:40](fact:ferries.shift)", "14:40", says="ferries.shift does not have this figure"),
        wrong("[half of the ferries](fact:ferries.count)", "half"),
        # Around what a link prints.
        wrong(f"At least {COUNT} are planned.", COUNT, says="change the value of ferries.count"),
        wrong(f"More than {CREW} work there.", CREW),
        wrong("[](fact:ferries.count#number) ferries are planned.", "[]", says="printed without the 'up to'"),
    ],
    "inferred-date": [
        wrong(
            "It is dated [17 November 2025](fact:ferries.letter).",
            "17 November 2025",
            says="the year in '17 November 2025' is inferred in ferries.letter, not stated",
        ),
        wrong("Dated [2025-11-17](fact:ferries.letter).", "2025-11-17"),
        wrong("Dated [17.11.2025](fact:ferries.letter).", "17.11.2025"),
        wrong("Dated [November 2025](fact:ferries.letter).", "November 2025"),
    ],
    "mixed-sum": [
        wrong(
            f"In total {LOAN} and [](fact:ferries.grant) are meant.",
            "In total",
            says="'In total' adds up amounts that differ in instrument: ferries.loan, ferries.grant",
        ),
        wrong(
            f"Together {LOAN} and [](fact:ferries.dollars) make a package.", "Together", says="differ in unit"
        ),
        wrong(
            "[](fact:ferries.second-loan) and [](fact:ferries.signed) add up to something.",
            "add up to",
            says="differ in status",
        ),
    ],
}
