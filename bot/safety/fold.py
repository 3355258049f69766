"""Fold what a person typed into plain text that can be matched.

People hide words on purpose (spaced letters, stars, digits for letters), and machines
hide them by accident (smart quotes, look-alike letters, zero-width characters). Folding
only ever serves matching: what the person typed is never changed anywhere else.
"""
import functools
import re
import unicodedata

from bot.safety.quantities import is_quantity

# Letters of other alphabets that look like Latin ones. Used only in words that mix alphabets,
# so that Russian stays Russian.
_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕԁһӏквмнтбАВЕКМНОРСТУХІЈЅαεοριντυκχΑΒΕΖΗΙΚΜΝΟΡΤΥΧɡɑ",
    "aeopcyxijsdhlkbmhtbABEKMHOPCTYXIJSaeopivtukxABEZHIKMNOPTYXga",
)
_DIGITS_FOR_LETTERS = str.maketrans("013457@$!", "oieastasi")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "…": " ... "})
_SPACED_LETTERS = re.compile(r"(?<![\w'])(?:[a-z][ .\-_*]{1,3}){2,}[a-z](?![\w'])")
_WORD_WITH_DIGITS = re.compile(r"(?<![\w@.])(?=[a-z013457@$!]*[a-z])(?=[a-z013457@$!]*[013457@$])[a-z013457@$!]{3,}(?![\w@])")
_INSIDE_STARS = re.compile(r"(?<=[a-z])[*#]+(?=[a-z])")
_DOTTED_WORD = re.compile(r"(?<!\w)(?:[a-z][.\-_]){3,}[a-z](?!\w)")
_REPEATED = re.compile(r"([a-z])\1{2,}")
MAX_CHARACTERS = 100_000


@functools.lru_cache(maxsize=32)
def fold(text: str) -> str:
    """Return the text in lower case with invisible and look-alike characters resolved.

    Never raises; reads at most ``MAX_CHARACTERS`` characters. The last few are remembered, as many parts of a turn ask for the same
    one, until ``fold.cache_clear()``: the net forgets them when a conversation ends.
    """
    text = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).translate(_QUOTES)
    if not text.isascii() or not text.isprintable():
        text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Mn", "Cc") or c in "\n\t")
    text = _one_alphabet(text).lower()
    text = _INSIDE_STARS.sub("", text)
    text = _DOTTED_WORD.sub(lambda m: re.sub(r"[.\-_]", "", m.group()), text)
    text = _join_spaced_letters(text)
    text = _WORD_WITH_DIGITS.sub(lambda m: m.group() if is_quantity(m.group()) else m.group().translate(_DIGITS_FOR_LETTERS), text)
    text = _REPEATED.sub(r"\1\1", text)
    return re.sub(r"\s+", " ", text).strip()


def _one_alphabet(text: str) -> str:
    """Letters that only look Latin become Latin, in any text that is mostly Latin: Russian stays Russian."""
    if text.isascii():
        return text
    latin = sum("a" <= c.lower() <= "z" for c in text)
    others = sum(c.isalpha() and not c.isascii() for c in text)
    return text.translate(_LOOK_ALIKES) if latin > others else text


def _join_spaced_letters(text: str) -> str:
    """"h i t t i n g" is one word, and words spelled so are two spaces apart.

    Three spaced letters alone are left ("me n u n him"), unless a longer word was spelled out too.
    """
    runs = [re.sub(r"[^a-z]", "", run) for run in _SPACED_LETTERS.findall(text)]
    if not any(len(run) > 3 for run in runs):
        return text

    def joined(match: "re.Match[str]") -> str:
        return " ".join(re.sub(r"[^a-z]", "", word) for word in re.split(r" {2,}", match.group()))
    return _SPACED_LETTERS.sub(joined, text)
