"""English words that every subject uses. The rules of lint that read English import them from here."""

from __future__ import annotations

from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLES = _words("a an the")
PRONOUNS = _words("it its they them their theirs he him his she her hers this these that those")
ASKING = _words("what which who whom whose where when why how")
AUXILIARIES = _words(
    "am is are was were be been being do does did done can could may might must shall should will would has have had"
    " having cannot isn't aren't wasn't weren't doesn't don't didn't can't"
)
PREPOSITIONS = _words(
    "about above according across after against along among around as at away before behind below beneath beside"
    " besides between beyond by down during for from in inside into like near of off on onto out outside over per since"
    " than through to toward towards under until up upon via with within without"
)
CONJUNCTIONS = _words("and or but nor so if when while because although though both either neither whether")
SMALL = _words(
    "not no also all any each every one other others another such some same only just then there here more most less"
    " least much many few very too yet still again often usually mainly chiefly together"
)
FUNCTION_WORDS = ARTICLES | PRONOUNS | ASKING | AUXILIARIES | PREPOSITIONS | CONJUNCTIONS | SMALL
EMPTY_WORDS = ARTICLES | PRONOUNS | AUXILIARIES | CONJUNCTIONS | _words("as at by for in of on to with its one only")


def content(words: list[str]) -> list[str]:
    """The words that carry the subject, in the singular as far as one can tell from their letters."""
    return [singular(word) for word in words if word not in FUNCTION_WORDS]


def fact(words: list[str]) -> list[str]:
    """The words of an answer that can be the fact: where it lies (above, without) and how many (every, both) too."""
    return [singular(word) for word in words if word not in EMPTY_WORDS]


def stands_in(said: list[str], seen: list[str]) -> bool:
    """One after the other, as a phrase."""
    return any(seen[i : i + len(said)] == said for i in range(len(seen) - len(said) + 1))


@lru_cache(maxsize=50_000)  # a deck says the same words again and again
def singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "as")):
        return word.removesuffix("'s").removesuffix("’s")
    return word.removesuffix("s").removesuffix("'").removesuffix("’")
