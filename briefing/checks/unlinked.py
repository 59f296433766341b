"""Figures in no fact link: what a sentence works out from its links, and what may be no figure at all."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from briefing.checks.prose_input import ProseSentence
from briefing.language import lexicon
from briefing.language.lexicon import Lexicon
from briefing.language.quantities import FoundNumber, NumberKind
from briefing.language.sentences import Cited
from briefing.model.facts import Fact
from briefing.model.scales import Bound
from briefing.model.values import Money, Quantity

_MOST = 6
"""The most amounts of a sentence of which sums are tried."""
_ROUNDED = Decimal("0.12")
"""The largest part by which a repetition may round the figure in the link beside it."""
_WORDS_BETWEEN = 5
"""Number of words between a figure and the link that it repeats."""
_LETTERS_BETWEEN = 120
"""Number of characters between the two, so that a long sentence is not gone through for each figure in it."""
_SMALL = 12
"""The largest number in words that may also be a manner of speaking."""
_TRIFLE = 3
"""The largest number that seldom counts a subject, in words."""
_FEW = 4
"""The largest number of people that may be counted in passing."""
_IN_WORDS = re.compile(r"[^\W\d_]+(?:[\s\u00a0-][^\W\d_]+)*")
_NEARLY = Decimal("0.06")
"""The largest part by which a ratio may be rounded."""
_WHOLE = 100
_BESIDE_WHOLE = re.compile(r"(?:\s[\w-]+){0,4},\s+")
"""What is between things and the number of some of them: of the boats delivered, seven."""
_TIMES = r"(?i)[\s\u00a0-]*(?:@numbers.other.multiples@)\b"
_COUNTED = r"(?i)[\s\u00a0-]+(?:(?:@numbers.other.this@)\s+)?(?P<noun>[^\W\d_][\w-]*)"
_BEFORE_CLOCK = r"(?i)\b(?:@numbers.other.before_clock@)\s$"
_AT_AGE = r"(?:.*[;:,]\s)?(?i:@designations.at_age@)\s"
_BEHIND_AT_AGE = r",\s+(?:@designations.behind_at_age@)\b"
_WHO_AT = r"(?i)\b(?:@voices.who@),?\s(?:@designations.at_age@)\s$"
_COUNTS = re.compile(r"\s+[^\W\d_]+s\b|\s?[%€$£]")
_BEHIND_AGE = r"[,.]\s+[^\d]|\s+(?:@designations.behind_age@)\s"
_HALF = r"(?i)(?:@numbers.other.half@)\s+(?:@numbers.other.all_of@)\b"
_OF = r"(?i)\s+(?:@grammar.of@)\b"
_PART_OF = r"(?i)(?:^|[.,;:—–]\s+)(?:@numbers.other.part_of@)\s+(?:(?:@numbers.other.the_things@)\s+)?$"
_OF_TEXTS = r"(?i)\s+(?:@grammar.of@)\s+(?:@numbers.other.round_of@)(?!\w)"
_OF_A_GROUP = (
    r"(?i)(?<!\w)(?:(?:@designations.limit_of_age@)\s|"
    r"(?:@designations.part_of_series@)\s(?:[\w-]+\s){0,4}(?:@grammar.of@)\s)$"
)
"""What is before a number that gives the age of people, or all parts of a series."""
_EACH_TIME = r"(?i)(?<!\w)(?:@numbers.other.each_time@)\s$"
_SOME_WORDS = re.compile(r"[\s\u00a0]+(?:[^\W\d_][\w’'-]*\s+){0,1}[^\W\d_][\w’'-]*")
"""A noun, with a word before it."""
_OF_SUBJECTS = r"(?i)(?<![\w’'-])(?:@numbers.other.counted@)(?!\w)"
_OF_THE_SCENE = r"(?i)(?<![\w’'-])(?:@numbers.other.passing@)(?!\w)"
_PERCENT = r"(?i)(?:@numbers.percent@)(?!\w)"
_AS_MUCH = r"(?i)\s+(?:@numbers.other.as_much@)\b"
_AND_A_HALF = r"(?i)(?<!\w)(?:@numbers.other.passing@)\s+(?:@numbers.other.and_a@)\s$"
_MULTIPLE = r"(?i)[\w-]+\s(?:@numbers.other.multiples@)"
_CROSSWORD = r"\s(?:@designations.crossword@)\b"
_HALE = r"(?i)(?<!\w)(?:@designations.hale@)\s$"
_ODD = r"(?i)-(?:@numbers.other.roughly@)\b"
_DAYS = {"time": Decimal(1) / 86400, "months": Decimal("30.44")}
"""The days in the smallest unit of each measure of time."""
_ALIKE = 5
"""Number of letters from which two nouns are taken for the same."""


@dataclass(frozen=True, slots=True)
class Comparable:
    """The properties that two amounts must share to be added."""

    status: str
    unit: str
    instrument: str


def kind_of(fact: Fact) -> Comparable:
    """Return what an amount of a fact must share with another to be added to it."""
    value = fact.value
    unit = value.currency if isinstance(value, Money) else value.unit if isinstance(value, Quantity) else ""
    instrument = (value.instrument or "") if isinstance(value, Money) else ""
    return Comparable(fact.status.id if fact.status else "", unit, str(instrument))


# ------------------------------------------------------------------------------- what the links account for


def is_worked_out(figure: FoundNumber, read: ProseSentence) -> bool:
    """Return whether the links of a sentence account for a figure beside them.

    It may be the sum of amounts of one kind, the difference or the ratio of two, what a share leaves of the
    whole, the time between two dates, the number of things that are linked, the year of the prices of an
    amount, or say again, in other words, what the link beside it says.
    """
    if figure.kind is NumberKind.DATE:
        return _is_price_year(figure, read)
    rules = (_is_sum, _is_difference, _is_ratio, _is_rest, _is_time_between, _is_count_of_links, _is_repeated)
    return any(rule(figure, read) for rule in rules)


def _is_price_year(figure: FoundNumber, read: ProseSentence) -> bool:
    behind = lexicon.pattern(read.lexicon.words["numbers"]["other"]["of_year"])
    return bool(
        figure.year
        and not figure.month
        and behind.match(read.text[figure.end :].lstrip())
        and any(
            str(figure.year) in (fact.value.price_basis or "")
            for _, fact in read.facts
            if isinstance(fact.value, Money)
        )
    )


def _amounts(read: ProseSentence) -> list[tuple[Fact, Quantity | Money, Decimal]]:
    """Return the facts with an amount that a sentence cites, once each, with the scale of its unit."""
    facts = {fact.id: fact for _, fact in read.facts}
    return [
        (fact, fact.value, _scale(fact.value, read.lexicon))
        for fact in facts.values()
        if isinstance(fact.value, Quantity | Money)
    ][:_MOST]


def _scale(value: Quantity | Money, of: Lexicon) -> Decimal:
    """Return the multiplier in a unit: a million for "million tonnes"."""
    word = value.unit.split()[0].lower() if isinstance(value, Quantity) and value.unit else ""
    scales = of.words["numbers"]["scales"].items()
    return next((Decimal(size) for name, size in scales if name == word), Decimal(1))


def _is_sum(figure: FoundNumber, read: ProseSentence) -> bool:
    """Return whether a figure is the sum of exact amounts that may be added."""
    known = [item for item in _amounts(read) if item[1].bound is Bound.EXACTLY]
    return any(
        _is_of(figure, some[0][1])
        and len({kind_of(fact) for fact, _, _ in some}) == 1
        and sum(value.amount * scale for _, value, scale in some) == figure.amount
        for count in range(2, len(known) + 1)
        for some in itertools.combinations(known, count)
    )


def is_mixed_sum(figure: FoundNumber, read: ProseSentence) -> bool:
    """Return whether a figure is the sum of amounts that a sentence cites and that differ in kind."""
    known = _amounts(read)
    return figure.amount is not None and any(
        len({kind_of(fact) for fact, _, _ in some}) > 1
        and sum(value.amount * scale for _, value, scale in some) == figure.amount
        for count in range(2, len(known) + 1)
        for some in itertools.combinations(known, count)
    )


def _is_difference(figure: FoundNumber, read: ProseSentence) -> bool:
    """Return whether a sentence compares two amounts of one unit, and the figure is their difference."""
    is_difference = any(
        kind_of(one).unit == kind_of(other).unit
        and _is_of(figure, mine)
        and any(abs(first * size - last * scale) == figure.amount for first, last in _ends(mine, theirs))
        for (one, mine, size), (other, theirs, scale) in itertools.combinations(_amounts(read), 2)
    )
    compared = lexicon.pattern(read.lexicon.words["numbers"]["other"]["compared"])
    return is_difference and compared.search(read.text) is not None


def _is_ratio(figure: FoundNumber, read: ProseSentence) -> bool:
    """Return whether a figure is a share or a multiple that one cited amount is of another."""
    share = figure.share or (figure.other.share if figure.other else None)
    if figure.kind not in (NumberKind.SHARE, NumberKind.PERCENT):
        if figure.kind is not NumberKind.NUMBER or not lexicon.filled(read.lexicon, _TIMES).match(
            read.text, figure.end
        ):
            return False
        share = figure.amount and figure.amount * 100
    elif share is None and figure.kind is NumberKind.PERCENT:
        share = figure.amount
    if not share:
        return False
    return any(
        kind_of(one).unit == kind_of(other).unit
        and first * size
        and abs(100 * last * scale / (first * size) / share - 1) <= _NEARLY
        for (one, mine, size), (other, theirs, scale) in itertools.permutations(_amounts(read), 2)
        for first, last in _ends(mine, theirs)
    )


def _is_rest(figure: FoundNumber, read: ProseSentence) -> bool:
    """Return whether a sentence gives what a cited share leaves of the whole: the other 66 per cent."""
    share = figure.amount if figure.kind is NumberKind.PERCENT else figure.share
    if share is None or not any(
        _is_percent(value, read.lexicon) and value.amount + share == _WHOLE for _, value, _ in _amounts(read)
    ):
        return False
    rest = lexicon.pattern(read.lexicon.words["numbers"]["other"]["rest"])
    return rest.search(read.text) is not None


def _is_time_between(figure: FoundNumber, read: ProseSentence) -> bool:
    """Return whether a figure is the time between two dates of what a sentence cites, in whole units."""
    measure = figure.measure
    if figure.amount is None or measure is None or measure.of not in _DAYS:
        return False
    known = {fact.id: fact.date.span.start for _, fact in read.facts if fact.date}
    unit = measure.size * _DAYS[measure.of]
    days = figure.amount * unit
    return any(
        one is not None
        and other is not None
        and abs(abs((one.earliest - other.earliest).days) - days) < max(unit, Decimal(2))
        for one, other in itertools.combinations(known.values(), 2)
    )


def _is_count_of_links(figure: FoundNumber, read: ProseSentence) -> bool:
    """Return whether a small number in words counts the facts that a sentence lists."""
    count = len({fact.id for _, fact in read.facts})
    is_word = figure.kind is NumberKind.NUMBER and figure.text.isalpha()
    return is_word and count > 1 and figure.amount == count


def _is_percent(value: Quantity | Money, of: Lexicon) -> bool:
    """Return whether an amount is a share of a hundred."""
    percent = lexicon.filled(of, _PERCENT)
    return isinstance(value, Quantity) and percent.match(value.unit) is not None


def _ends(mine: Quantity | Money, theirs: Quantity | Money) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield the pairs of an end of one amount and an end of another."""
    first, last = (
        [end for end in (value.amount, value.upper) if end is not None] for value in (mine, theirs)
    )
    return itertools.product(first, last)


def _is_of(figure: FoundNumber, value: Quantity | Money) -> bool:
    """Return whether a figure is of the sort of an amount: money of its currency, or a number."""
    if isinstance(value, Money):
        return figure.kind is NumberKind.MONEY and figure.currency in ("", value.currency)
    return figure.kind in (NumberKind.NUMBER, NumberKind.PERCENT)


def _is_repeated(figure: FoundNumber, read: ProseSentence) -> bool:
    """Return whether a figure says in other words what the link beside it says in figures."""
    for cited, fact in read.facts:
        value = fact.value
        between = _between(figure, cited.start, cited.end, read)
        if not between or not isinstance(value, Quantity | Money) or not _has_figure(cited, read):
            continue
        share = figure.share or (figure.other.share if figure.other else None)
        is_share = share is not None and _is_percent(value, read.lexicon)
        said = share if is_share else figure.amount
        again = lexicon.pattern(read.lexicon.words["numbers"]["other"]["in_other_words"])
        if said is None or not (is_share or (again.search(between) and _is_of(figure, value))):
            continue
        known = abs(value.amount * _scale(value, read.lexicon))
        if known and abs(abs(said) / known - 1) <= _ROUNDED:
            return True
    return False


def _has_figure(cited: Cited, read: ProseSentence) -> bool:
    """Return whether the words of a link give a figure that is no date, or the link prints its own."""
    return cited.is_printed or any(
        cited.start <= item.start and item.end <= cited.end and item.kind is not NumberKind.DATE
        for item in read.figures
    )


def _between(figure: FoundNumber, start: int, end: int, read: ProseSentence) -> str:
    """Return what is between a figure and a link beside it: a mark and a few words; else nothing."""
    first, last = (figure.end, start) if figure.end <= start else (end, figure.start)
    if last - first > _LETTERS_BETWEEN:
        return ""
    between = read.text[first:last]
    is_near = re.search(r"[,(–—]", between) and ";" not in between
    return between if is_near and len(between.split()) <= _WORDS_BETWEEN else ""


# ------------------------------------------------------------------------------ what is said in passing


def is_in_passing(figure: FoundNumber, read: ProseSentence) -> bool:
    """Return whether a number is surely none of the subject: an age, an address, a rule, two people."""
    if figure.kind is not NumberKind.NUMBER or figure.amount is None:
        return False
    text, words = read.text, _passing(read.lexicon)
    if re.search(r"\d[a-z]?\($", text[: figure.start]) and text[figure.end :].startswith(")"):
        return True  # section 14(2)
    if words.street.match(text, figure.end):
        return figure.text.isdigit()
    if _is_score(figure, text) or lexicon.filled(read.lexicon, _CROSSWORD).match(text, figure.end):
        return True
    if _CLOCK.fullmatch(figure.text) and lexicon.filled(read.lexicon, _BEFORE_CLOCK).search(
        text[: figure.start]
    ):
        return words.no_noun.match(text, figure.end) is not None
    return _is_age(figure, read, words) or (figure.amount == _PAIR and _are_people(figure, read))


_SCORE = re.compile(r"(\d{1,2})[–:-](\d{1,2})(?![\d%])(?=[\s,.;]|$)")
_PAIR = 2
_AGES = range(14, 110)
_NEAR = 200
"""So many characters before a number are read for whose age it may be."""
_BESIDE_NOUN = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,},\s$")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")


@dataclass(frozen=True, slots=True)
class _Passing:
    """The expressions for what is around a number that is said in passing."""

    street: re.Pattern[str]
    aged: re.Pattern[str]
    persons: re.Pattern[str]
    no_noun: re.Pattern[str]
    beside: re.Pattern[str]
    """What is between somebody and an age behind it."""
    of_age: re.Pattern[str]
    """What is before an age behind somebody: an aunt of eighty-eight."""
    old: re.Pattern[str]
    """What is behind an age before somebody: a 61-year-old plumber."""
    one_person: re.Pattern[str]
    """What is before the age of one person, whatever is behind it: a beekeeper of 81 loses sleep."""
    birthday: re.Pattern[str]
    """What is behind an age: ninety next birthday."""
    somebody: re.Pattern[str]
    """Somebody behind a comma: at 58, the chairman says."""


@functools.cache
def _passing(of: Lexicon) -> _Passing:
    words, relations = of.words["designations"], of.words["relations"]
    persons = lexicon.either([*words["persons"], *of.words["speech"]["speakers"]])
    owners, of_age = lexicon.either(of.words["grammar"]["owners"]), lexicon.either(words["of_age"])
    behind = lexicon.either(of.words["grammar"]["of"])
    of_whom = rf"(?:(?:{behind})\s+(?:{lexicon.either(relations['determiners'])})\s+)?"
    return _Passing(
        re.compile(rf"\s(?:[A-Z][\w’'-]+\s){{1,3}}(?:{lexicon.either(words['streets'])})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{lexicon.either(words['aged'])})\s+$", re.I),
        re.compile(
            rf"\s+{of_whom}(?:(?!(?:{lexicon.either(words['behind_names'])})\b)[\w’'-]+\s+){{0,2}}?"
            rf"(?:{lexicon.either(words['persons'])})(?!\w|\s+(?:{lexicon.either(words['of_them'])}))",
            re.I,
        ),
        re.compile(rf"\s*(?:$|[,.;:!?)])|\s+(?:{lexicon.either(words['behind_names'])})\b", re.I),
        re.compile(
            rf"(?:(?:[A-Z][\w’'-]+|\b(?:{persons})),(?:\s(?:{lexicon.either(of.words['verbs']['adverbs'])}))?"
            rf"|\b(?:{persons})\s(?:{of_age}))\s$"
        ),
        re.compile(rf"(?<!\w)(?:{owners})\s(?:[\w-]+\s)?(?:{persons})\s(?:{of_age})\s$", re.I),
        re.compile(
            rf"-(?:{lexicon.either(words['old'])})"
            rf"(?:\s+(?:[A-Z]|(?:[\w-]+\s+){{0,2}}?(?:{persons})\b|(?:{lexicon.either(words['behind_old'])})\b)"
            rf"|[,.;])"
        ),
        re.compile(
            rf"(?<!\w)(?:{lexicon.either(words['one_person'])})\s(?:[\w-]+\s)?"
            rf"(?:{lexicon.either(words['persons'])})\s(?:{of_age})\s$",
            re.I,
        ),
        re.compile(rf"\s(?:{lexicon.either(words['birthday'])})(?!\w)", re.I),
        re.compile(
            rf",\s+(?:[A-Z]|(?:{lexicon.either(relations['determiners'])})\s+(?:[\w-]+\s+)?(?:{persons})\b)"
        ),
    )


def _is_score(figure: FoundNumber, text: str) -> bool:
    """Return whether a number is half of the score of a game: 2-1 is no range, because it goes down."""
    score = _SCORE.match(text, figure.start) or _SCORE.match(text, text.rfind(" ", 0, figure.start) + 1)
    return score is not None and int(score[1]) > int(score[2])


def _is_age(figure: FoundNumber, read: ProseSentence, words: _Passing) -> bool:
    """Return whether a number is how old somebody is: Deluca, 61, says; at 83, Deluca hopes; aged 70."""
    if figure.amount is None or not 0 < figure.amount < _AGES.stop:
        return False
    before, behind = read.text[max(0, figure.start - _NEAR) : figure.start], read.text[figure.end :]
    if words.old.match(behind) or words.one_person.search(before):
        return True
    if lexicon.filled(read.lexicon, _HALE).search(before):
        return True
    if words.aged.search(before) and words.no_noun.match(behind):  # a child may be spoken of as well
        return True
    if figure.amount in _AGES and _BESIDE_NOUN.search(before) and behind[:1] == ",":  # the prompter, 66, says
        return figure.text.isdigit()
    return figure.amount in _AGES and (
        _is_age_behind(before, behind, words) or _is_age_ahead(figure, before, behind, read)
    )


def _is_age_behind(before: str, behind: str, words: _Passing) -> bool:
    """Return whether an age is given behind somebody, or as a noun: aged 70; a 61-year-old plumber."""
    if words.no_noun.match(behind) and (words.aged.search(before) or words.of_age.search(before)):
        return True
    return words.birthday.match(behind) is not None and words.beside.search(before) is not None


def _is_age_ahead(figure: FoundNumber, before: str, behind: str, read: ProseSentence) -> bool:
    """Return whether an age is given before or beside somebody: at 83, Deluca hopes; Deluca, 61, says."""
    words = _passing(read.lexicon)
    who_at, behind_at, at_age, behind_age = (
        lexicon.filled(read.lexicon, text) for text in (_WHO_AT, _BEHIND_AT_AGE, _AT_AGE, _BEHIND_AGE)
    )
    if who_at.search(before) and not _COUNTS.match(behind):
        return True
    # In words, "At fifty-three, ..." is an age, whatever follows; in figures it may be a share or a price.
    is_in_words = _IN_WORDS.fullmatch(figure.text) is not None and behind[:1] == ","
    if (words.somebody.match(behind) or is_in_words or behind_at.match(behind)) and at_age.fullmatch(before):
        return True
    return words.beside.search(before) is not None and behind_age.match(behind) is not None


def _are_people(figure: FoundNumber, read: ProseSentence) -> bool:
    """Return whether a number in words counts people of whom no cited fact speaks: two of his aides."""
    counted = _passing(read.lexicon).persons.match(read.text, figure.end)
    return (
        counted is not None
        and _IN_WORDS.fullmatch(figure.text) is not None
        and not _is_of_subject(counted.group(), read)
    )


# ------------------------------------------------------------------------- what may be no figure at all


def is_doubtful(figure: FoundNumber, read: ProseSentence) -> bool:
    """Return whether a figure may be none of the subject: a day seen from today, a manner of speaking.

    A count of something that the cited facts speak of is one, however it is said.
    """
    if _is_part_of_link(figure, read):
        return False
    if read.is_quoted(figure.start, figure.end):
        return True
    if figure.kind is NumberKind.DATE:
        return not any(character.isdigit() for character in figure.text)
    behind = read.text[figure.end :]
    if lexicon.filled(read.lexicon, _ODD).match(behind):
        return not _is_of_subject(behind, read)
    if lexicon.filled(read.lexicon, _MULTIPLE).fullmatch(figure.text):  # she had to ask three times
        return not lexicon.filled(read.lexicon, _AS_MUCH).match(behind)
    if figure.kind is NumberKind.SHARE:
        return _is_loose_share(figure, read)
    is_in_words = figure.kind is NumberKind.NUMBER and _IN_WORDS.fullmatch(figure.text) is not None
    return is_in_words and _is_loose_count(figure, behind, read)


def _is_loose_share(figure: FoundNumber, read: ProseSentence) -> bool:
    """Return whether a share is a manner of speaking or of the scene: half the world, a page and a half."""
    if lexicon.filled(read.lexicon, _AND_A_HALF).search(read.text[: figure.start]):
        return True
    is_loose = lexicon.filled(read.lexicon, _HALF).match(read.text, figure.start) is not None
    return is_loose and not _is_of_subject(read.text[figure.end :], read)


def _is_loose_count(figure: FoundNumber, behind: str, read: ProseSentence) -> bool:
    """Return whether a number in words may count nothing of the subject: hundreds of pages, two bands."""
    words, of = read.lexicon.words["numbers"]["other"], lexicon.filled(read.lexicon, _OF)
    ahead = read.text[: figure.start]
    if figure.amount is None or lexicon.pattern(words["round"]).fullmatch(figure.text):
        is_loose = not of.match(behind) or _are_texts(behind, read.lexicon)
        return is_loose and not _is_of_subject(behind, read)
    is_first = re.search(r"(?:^|[,;:—–]\s)$", ahead) is not None or of.match(behind) is not None
    is_round = figure.text.lower().split()[-1] in words["rounds"]
    if ((is_first and figure.amount <= _FEW) or is_round) and _are_people(figure, read):
        return True
    if figure.amount > _SMALL or lexicon.filled(read.lexicon, _OF_A_GROUP).search(ahead):
        return False
    counted = lexicon.filled(read.lexicon, _COUNTED).match(behind)
    if counted is None or counted["noun"] in words["no_noun"]:
        return True
    is_each = lexicon.filled(read.lexicon, _EACH_TIME).search(ahead) is not None
    is_small = figure.amount <= _TRIFLE and figure.measure is None and _counts_a_trifle(behind, read)
    return not is_each and (is_small or _is_scenery(behind, read))


def _counts_a_trifle(behind: str, read: ProseSentence) -> bool:
    """Return whether two or three of something are counted that is seldom a subject, and not of this one."""
    some = _SOME_WORDS.match(behind)
    counted = lexicon.filled(read.lexicon, _OF_SUBJECTS)
    return some is not None and counted.search(some.group()) is None and not _is_of_subject(behind, read)


def _is_scenery(behind: str, read: ProseSentence) -> bool:
    """Return whether a noun behind a number is of the scene, and not of the subject: two brass bands."""
    scenery = lexicon.filled(read.lexicon, _OF_THE_SCENE)
    found = _SOME_WORDS.match(behind)
    return (
        found is not None and scenery.search(found.group()) is not None and not _is_of_subject(behind, read)
    )


def _is_part_of_link(figure: FoundNumber, read: ProseSentence) -> bool:
    """Return whether a figure counts some of the things of a link: of [the boats], seven were painted."""
    ahead = lexicon.filled(read.lexicon, _PART_OF)
    return any(
        item.end <= figure.start
        and _BESIDE_WHOLE.fullmatch(read.text, item.end, figure.start)
        and ahead.search(read.text[: item.start])
        for item, _ in read.facts
    )


def _are_texts(behind: str, of: Lexicon) -> bool:
    """Return whether a round number is of words, pages and the like: thousands of words."""
    return lexicon.filled(of, _OF_TEXTS).match(behind) is not None


def _is_of_subject(behind: str, read: ProseSentence) -> bool:
    """Return whether a noun behind a figure is one of the cited facts' own."""
    near = re.split(r"[^\w\s’'-]", " ".join(behind.split()[:3]).lower())[0]
    words = {word[:_ALIKE] for word in re.findall(r"[a-z]{5,}", near)}
    return not words.isdisjoint(_own_words(read))


def _own_words(read: ProseSentence) -> Iterator[str]:
    for cited, fact in read.facts:
        unit = fact.value.unit if isinstance(fact.value, Quantity) else ""
        for word in re.findall(r"[a-z]{5,}", f"{cited.words} {fact.statement} {unit}".lower()):
            yield word[:_ALIKE]
