"""Unicode text: white space, NFC, folding, tokens, spellings. Pure.

Folding strips accents so that a query typed without them finds all ("dai hoi" finds "Đại hội"), Arabic vowel signs and
hamzas among them, and knows figures and letters of one width only. Chinese, Japanese, Thai, Lao, Khmer and Burmese have
no spaces between words: their runs are folded into overlapping character pairs.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_SPACE = re.compile(r"[\s\u00a0\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+")
_JOINED = (
    "\u0620-\u065f\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0710-\u077f\u0870-\u0963\u0971-\u0de5\u1820-\u18aa"
    "\ufb50-\ufdff\ufe70-\ufefc"
)
"""Letters of the Arabic and Indic scripts and of Mongolian: how they join, marks without width say."""
NON_JOINER = "\u200c"
"""Keeps the parts of a Persian word apart; in other scripts it is a trace of some editor."""
_INVISIBLE = re.compile(
    f"(?<=[{_JOINED}]){NON_JOINER}*({NON_JOINER})(?=[{_JOINED}])|[\u00ad{NON_JOINER}\u200e\u200f\u202a-\u202e\u2060\ufffe]"
)
_ODD = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\ufeff\ufffe\ud800-\udfff]")
_MARKS = re.compile(
    "[\u0300-\u036f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"  # Arabic vowels, hamzas
    "\ufe00-\ufe0f\U000e0100-\U000e01ef]+"  # how a character is drawn
)
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W_]+")

_LETTERS = {
    "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "ħ": "h", "Ħ": "H",
    "ŧ": "t", "Ŧ": "T", "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th",
    NON_JOINER: "",
}  # fmt: skip
"""Letters that Unicode does not decompose, and a mark between them: what is typed without a keyboard for them."""

OTHER_STROKE = str.maketrans("đĐ", "ðÐ")
"""The letter of Iceland looks like the one of Vietnam in capitals, and stands in its place on many pages there."""

_WIDTHS = ("<wide>", "<narrow>", "<isolated>", "<initial>", "<medial>", "<final>")
"""Characters that are another one in another width or, in Arabic, at another place of the word."""

_HAN = "\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ALPHABETS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_UNSPACED = re.compile(f"[{_ALPHABETS}{_HAN}]+")
_WITHIN = re.compile(f"(?<=[{_HAN}]) (?=[{_HAN}])")
"""A space inside Chinese or Japanese text: it sets a name apart (山田 太郎) or not, as the printer likes."""

HANGUL = "\uac00-\ud7a3"
PARTED = f"{_ALPHABETS}{_HAN}{HANGUL}"
"""Korean syllables, and all characters that folding parts from figures and Latin letters beside them."""

_GLUED = re.compile(f"(?<=[0-9A-Za-z])(?=[{HANGUL}])|(?<=[{HANGUL}])(?=[0-9A-Za-z])")
"""Where a Korean ending begins or a Korean word ends: 2025년, LH는."""

MARKS = "".join(c for c in map(chr, range(0x300, 0x3100)) if unicodedata.category(c) in {"Mn", "Mc"})
"""Vowel signs and accents that are characters of their own: they belong to the word, which ``\\w`` does not know."""

_TWO_LETTERS = ({"ae": "ä", "oe": "ö", "ue": "ü"}, {"ae": "æ", "oe": "ø", "aa": "å"})
"""What stands for a letter that a keyboard lacks: in German, in Danish and Norwegian."""
_TWO = re.compile(r"(?<![aeiouq])(?:[aou]e|aa)", re.IGNORECASE)
_LONG = 5
"""Letters of a word that may have an umlaut (Koeln); shorter ones are Vietnamese with these vowels: huế, khỏe."""

_TONES = (("oa", "òóỏõọ", "àáảãạ"), ("oe", "òóỏõọ", "èéẻẽẹ"), ("uy", "ùúủũụ", "ỳýỷỹỵ"))
_OTHER = {
    here: there
    for vowels, first, second in _TONES
    for a, b in zip(first, second, strict=True)
    for here, there in ((a + vowels[1], vowels[0] + b), (vowels[0] + b, a + vowels[1]))
}
_PLACED = re.compile(rf"[{''.join({pair[0] for pair in _OTHER})}][{''.join({pair[1] for pair in _OTHER})}](?!\w)")
"""A vowel pair at the end of a word: quick to look for, and seldom one that has no tone mark."""

_AROUND = 4
_BREAK = "\ue000"
"""A token nobody types: no phrase matches across it."""


class _Bare(NamedTuple):
    """A character without its accent; ``parted`` when folding a text with it puts spaces in."""

    text: str
    parted: bool


class _Bares(dict[str, _Bare]):
    def __missing__(self, char: str) -> _Bare:
        stripped = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", _usual_form(char))))
        parted = bool(_UNSPACED.match(char)) or korean(char)
        bare = self[char] = _Bare(_LETTERS.get(stripped, stripped), parted)
        return bare


def _usual_form(char: str) -> str:
    """A figure of any script as 0 to 9, a letter in its usual width."""
    if (figure := unicodedata.decimal(char, None)) is not None:
        return str(figure)
    return unicodedata.normalize("NFKC", char) if unicodedata.decomposition(char).startswith(_WIDTHS) else char


def korean(text: str) -> bool:
    """True when ``text`` ends in a Korean syllable, behind which particles are written without a space."""
    return "\uac00" <= text[-1:] <= "\ud7a3"


def usual_forms(text: str) -> str:
    """``text`` with figures of any script as 0 to 9 and letters in their usual width: "２０２５ ＪＲ" is "2025 JR"."""
    for char in _marked(text):
        text = text.replace(char, _usual_form(char))
    return unicodedata.normalize("NFC", text)


_BARES = _Bares()

_USUAL = "".join(map(chr, (0, *range(9, 11), 13, *range(32, 127)))) + (
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
    "–—“”‘’…•\u00a0äöüÄÖÜçÇñÑåëïî"
)
"""Characters that a byte can stand for and that fold to one: most texts have no others, and fold ten times as fast."""

_CODES = codecs.charmap_build(_USUAL)
_USUAL_BARE = "".join(_BARES[char].text for char in _USUAL)
_USUAL_WORDS = "".join(c.lower() if c.isascii() and c.isalnum() else " " for c in _USUAL_BARE).ljust(256).encode()
_BLANK = bytes([_USUAL.index(" ")])
_USUAL_SPACES = bytes.maketrans(bytes(map(_USUAL.index, "\t\n\r\u00a0")), _BLANK * 4)


def squash(text: str | None) -> str:
    """NFC text on one line: runs of any white space (no-break, zero-width too) become one space, soft hyphens go.

    Between letters of a script that needs it, the mark that keeps them apart (U+200C) stays.
    """
    if not text:
        return ""
    if text.isascii():
        return " ".join(text.split())
    if (codes := _coded(text)) is not None:
        return codecs.charmap_decode(_one_line(codes), "strict", _USUAL)[0]
    if _ODD.search(text):
        # Half a surrogate pair, as JSON may hold it, is no text.
        text = _SPACE.sub(" ", _INVISIBLE.sub(lambda found: found[1] or "", text)).encode("utf-8", "ignore").decode()
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _one_line(codes: bytes) -> bytes:
    line = codes.translate(_USUAL_SPACES).strip(_BLANK)
    while _BLANK * 2 in line:
        line = line.replace(_BLANK * 2, _BLANK)
    return line


@lru_cache(maxsize=8)
def strip_accents(text: str) -> str:
    """``text`` as typed without accents, in usual forms: "Đại hội" is "Dai hoi", "Straße" "Strasse", "２０２５" "2025".

    ß, æ, œ, þ, vowel signs that go and kana of half the width change lengths.
    """
    if (codes := _coded(text)) is not None:
        return codecs.charmap_decode(codes, "strict", _USUAL_BARE)[0]
    text = unicodedata.normalize("NFC", text)
    for char in _marked(text):
        text = text.replace(char, _BARES[char].text)
    return unicodedata.normalize("NFC", text)


def usual(text: str) -> bool:
    """True when ``text`` has no letters but those of Vietnamese and some of western Europe."""
    return _coded(text) is not None


def _coded(text: str) -> bytes | None:
    """``text`` with a byte for each character, or None where one has none."""
    try:
        return codecs.charmap_encode(text, "strict", _CODES)[0]
    except UnicodeEncodeError:
        return None


def fold(text: str) -> str:
    """``text`` as the folded index columns hold it: accents stripped, unspaced scripts as character pairs, Korean words
    apart from the figures and Latin letters that they are glued to."""
    bare = strip_accents(text)
    if bare.isascii() or not any(_BARES[char].parted for char in set(bare)):
        return bare
    bare = _GLUED.sub(" ", _WITHIN.sub("", bare))
    return _UNSPACED.sub(lambda run: f" {' '.join(pairs(run.group()))} ", bare)


def pairs(run: str) -> list[str]:
    """Overlapping character pairs of a run without spaces, and its last character, so that each begins a token."""
    return [run[i : i + 2] for i in range(len(run))]


def umlauts(text: str) -> list[str]:
    """What ``text`` may stand for when it was typed without umlauts: "Mueller" for "Müller", "Aarhus" for "Århus"."""
    forms = (" ".join(_with_umlaut(word, letters) for word in text.split()) for letters in _TWO_LETTERS)
    return [form for form in dict.fromkeys(forms) if form != text] if text.isascii() else []


def _with_umlaut(word: str, letters: dict[str, str]) -> str:
    return _TWO.sub(lambda two: letters.get(two[0].lower(), two[0]), word) if len(word) >= _LONG else word


def unspaced(text: str) -> bool:
    """True when ``text`` has letters of a script that puts no spaces between words."""
    return bool(_UNSPACED.search(text))


def size(text: str) -> int:
    """The length of a text in Latin letters' worth: a Chinese or Thai character says as much as three letters."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def words(text: str) -> list[bytes]:
    """The words of ``text``, folded, in lower case, as UTF-8: what texts are compared by."""
    if (codes := _coded(text)) is not None:
        return codes.translate(_USUAL_WORDS).split()
    folded = fold(text)
    for char in _marked(folded):
        if not char.isalnum():
            folded = folded.replace(char, " ")
    return [word.encode() for word in _WORD.findall(folded.lower())]


def spellings(text: str) -> str:
    """The places of ``text`` whose Vietnamese tone marks have another accepted placement, in that other placement.

    "Ủy ban Hòa Bình" gives "Uỷ ban Hoà Bình": each such word with a few words around it, so that phrases match too.
    Empty when there is none.
    """
    lower = text.lower()
    if len(lower) != len(text):
        return ""
    places = [found.start() for found in _PLACED.finditer(lower) if _has_other(lower, found.start())]
    return f" {_BREAK} ".join(_respelled(text, start, end, inside) for start, end, inside in _stretches(text, places))


def _marked(text: str) -> list[str]:
    """The characters of ``text`` beyond ASCII, each once, in order."""
    return [] if text.isascii() else sorted(char for char in set(text) if char > "\x7f")


def _has_other(lower: str, at: int) -> bool:
    """True when the pair at this place can be spelled otherwise; "quý" cannot, its u belongs to the q."""
    return lower[at : at + 2] in _OTHER and lower[at - 1 : at] != "q"


def _respelled(text: str, start: int, end: int, places: list[int]) -> str:
    shown = text[start:end]
    for at in places:
        pair = text[at : at + 2]
        other = (new.upper() if like.isupper() else new for new, like in zip(_OTHER[pair.lower()], pair, strict=True))
        shown = shown[: at - start] + "".join(other) + shown[at - start + 2 :]
    return shown


def _stretches(text: str, places: list[int]) -> Iterator[tuple[int, int, list[int]]]:
    """The stretches of ``text`` that reach a few words beyond each place, joined where they meet."""
    start, end, inside = 0, -1, list[int]()
    for at in places:
        begin, stop = _stretch(text, at)
        if begin > end and inside:
            yield start, end, inside
            inside = []
        start, end = start if inside else begin, stop
        inside.append(at)
    if inside:
        yield start, end, inside


def _stretch(text: str, at: int) -> tuple[int, int]:
    start, end = at, at
    for _ in range(_AROUND + 1):
        start = text.rfind(" ", 0, max(start, 0))
        end = text.find(" ", end + 1) if end >= 0 else end
    return start + 1, end if end >= 0 else len(text)
