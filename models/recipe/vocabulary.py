"""The vocabulary: of the 250,002 pieces those that Dutch, Flemish, English and emoji need, and the fast tokenizer."""

import unicodedata
from collections import Counter
from collections.abc import Iterable

from tokenizers import Regex, Tokenizer
from tokenizers.models import Unigram
from tokenizers.normalizers import NFKC, Nmt, Replace, Sequence
from tokenizers.pre_tokenizers import Metaspace
from tokenizers.processors import TemplateProcessing

from models.recipe.base import Base

SPACE = "▁"
SPECIALS = 4
SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW")
FOREIGN = ("CJK", "HANGUL", "ETHIOPIC", "HIRAGANA", "KATAKANA", "BOPOMOFO", "YI")
# Invisible signs split words and hide them: variation selectors, joiners, soft hyphens, direction marks.
INVISIBLE = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
# Faces that the base does not know, read as the nearest face it does know; settled in `foldings`.
FACES = {
    "🤬": "😡",
    "🤮": "😡",
    "🤢": "😡",
    "🖕": "😡",
    "💩": "😡",
    "🥺": "😢",
    "🥲": "😢",
    "🥳": "🎉",
    "🤍": "❤",
    "🫶": "❤",
}


def foldings(known: set[str]) -> dict[str, str]:
    """Only faces the base has no piece for, and only onto faces it has."""
    return {face: nearest for face, nearest in FACES.items() if face not in known and nearest in known}


def build_tokenizer(pieces: list[tuple[str, float]]) -> Tokenizer:
    """XLM-R's way: nmt + NFKC, one space between words, unigram pieces; ids are the places in `pieces`."""
    tokenizer = Tokenizer(Unigram(pieces, unk_id=3, byte_fallback=False))
    known = {piece for piece, _ in pieces}
    folds = [Replace(face, nearest) for face, nearest in foldings(known).items()]
    tokenizer.normalizer = Sequence(
        [Replace(Regex(INVISIBLE), ""), Nmt(), NFKC(), *folds, Replace(Regex(r"\s+"), " "), Replace(Regex("^ | $"), "")]
    )
    tokenizer.pre_tokenizer = Metaspace(replacement=SPACE, prepend_scheme="always", split=True)
    tokenizer.post_processor = TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return tokenizer


def choose(base: Base, texts: Iterable[str], size: int) -> list[int]:
    """The ids to keep, in their old order: specials, signs, what the texts use, then the frequent that look Dutch."""
    whole = build_tokenizer(list(zip(base.pieces[: base.unk + 1], base.scores, strict=False)) + _rest(base))
    counts: Counter[int] = Counter()
    words: Counter[str] = Counter()
    for encoding in whole.encode_batch(list(texts), add_special_tokens=False):
        counts.update(encoding.ids)
    for number, times in counts.items():
        words[base.pieces[number]] = times
    keep = set(range(SPECIALS)) | set(counts) | {n for n, piece in enumerate(base.pieces) if _is_sign(piece)}
    keep.discard(len(base.pieces) - 1)
    chains = _chains(words)
    for number in sorted(range(SPECIALS, len(base.pieces) - 1), key=lambda n: -base.scores[n]):
        if len(keep) >= size:
            break
        if _looks_dutch(base.pieces[number], chains):
            keep.add(number)
    return sorted(keep)


def _rest(base: Base) -> list[tuple[str, float]]:
    return list(zip(base.pieces[base.unk + 1 :], base.scores[base.unk + 1 :], strict=True))


def _is_sign(piece: str) -> bool:
    """A single character, or a character after a space, of a script that people use here; all emoji and punctuation."""
    bare = piece.lstrip(SPACE)
    if len(bare) != 1:
        return bool(bare) and all(unicodedata.category(sign) in ("So", "Sk", "Po") for sign in bare)
    name = unicodedata.name(bare, "")
    if unicodedata.category(bare)[0] == "L":
        return name.startswith(SCRIPTS)
    return not name.startswith(FOREIGN) and unicodedata.category(bare)[0] in "PSN"


def _chains(words: Counter[str]) -> Counter[str]:
    """How often three letters stand in a row in what the texts use."""
    chains: Counter[str] = Counter()
    for piece, times in words.items():
        bare = piece.lower()
        chains.update({bare[i : i + 3]: times for i in range(len(bare) - 2)})
    return chains


def _looks_dutch(piece: str, chains: Counter[str]) -> bool:
    bare = piece.lower()
    if len(bare) < 3 or not all("a" <= sign <= "z" or sign in "▁éëèïöüâçáó'" for sign in bare):
        return False
    return all(chains[bare[i : i + 3]] >= 5 for i in range(len(bare) - 2))
