"""Credits of pictures: the part of a caption's text that says who made the picture. Pure string functions."""

import re
from collections.abc import Iterable

from crawler.extract.words import table
from crawler.text import squash

_WORDS = table("credits")

LONGEST = 120
"""Characters of a credit; what is longer is text."""


def _any(words: Iterable[str]) -> str:
    by_length = sorted({word.casefold() for word in words}, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in by_length)


_SPACELESS = "ぁ-ヿ㐀-鿿가-힯"
_LABEL = rf"(?:{_any(w for words in _WORDS['labels'].values() for w in words)})\s*[:：=＝]\s*"
_OPENING = (
    rf"(?:(?:{_any(w for w in _WORDS['openings']['words'] if not w.endswith('.'))})\s+"
    rf"|(?:{_any(w for w in _WORDS['openings']['words'] if w.endswith('.'))})\s*)(?:[:：]\s*)?"
)
_BARE = rf"(?:{_any(_WORDS['bare']['words'])})"
_JOINED = (
    r"(?:图|圖|摄|攝|摄影|攝影|图片|照片)\s*[/／]\s*(?=[^\s文字])"
    r"|(?:写真|撮影|提供)・(?=[^\s文])|写真は(?=.+(?:提供|撮影)$)"
)
"""Labels that a stroke, a dot or a particle ties to the name: 图/王芳, 写真・佐藤恵, 写真は青波市提供."""
_MARK = rf"(?:{_BARE}\s*)?(?:©|ⓒ|\(c\)|&copy;|\bcopyright\b\s*[:：©]?)\s*(?:by\s+)?"
_START = rf"(?:{_LABEL}|{_OPENING}|{_MARK}|{_JOINED})"
_EDGE = rf"(?:(?<![^\W{_SPACELESS}])|(?-i:(?<=[^\W\d_A-Z])(?=[A-ZÀ-ÞẢΑ-ΫА-Я])))"
"""Where a label may begin: at a word, or at a capital glued behind a small letter."""
_DOTTED = re.compile(rf"{_any(w for w in _WORDS['openings']['words'] if w.endswith('.'))}", re.I)
"""An abbreviation that opens a credit is no other word, written small or not."""
_STARTS = re.compile(_START, re.I)
_ALL_STARTS = re.compile(rf"(?:{_START})+", re.I)
_LABELLED = re.compile(rf"{_EDGE}{_START}", re.I)
_MARKED = re.compile(rf"[:：=＝©ⓒ/／・]|\(c\)|copyright|{_any(_WORDS['openings']['words'])}", re.I)
_AGENCY = re.compile(rf"(?<!\w)(?:{_any(_WORDS['agencies']['words'])})(?!\w)", re.I)
_CLOSING = re.compile(rf"\S\s?(?:{_any(_WORDS['closings']['words'])})$", re.I)
_BRACKETED = re.compile(
    r"^(?P<caption>.*?)\s*[(\[（【〔](?P<inner>[^()\[\]（）【】]*(?:\([^()]*\)[^()]*)?)[)\]）】〕]\s*[.。]?$", re.S
)
_DASHED = re.compile(
    r"^(?P<caption>.*\S)\s*(?:\s[/–—-]\s*|\s?[|│]\s?)(?P<credit>[^|│]{2,80}(?:[|│][^|│]{2,60})?)$", re.S
)
_SLASHED = re.compile(r"^(?P<caption>.*[.。!?…”\"])\s*/\s?(?P<credit>[^/]{2,60}(?:/[^/]{2,40})?)$", re.S)
_CLOSINGS = _any(_WORDS["closings"]["words"])
_TITLED = rf"(?:{_any(table('bylines')['titles']['han'])})\s*[^\s/]{{2,8}}\s?/?\s?[摄攝]"
_HAN_MAKER = rf"{_TITLED}|[^\s/]{{2,8}}\s?/?\s?[摄攝]"
_CLOSED = re.compile(
    rf"^(?P<caption>.*[.。!！?？」”])\s*(?P<credit>[^.。]{{2,30}}?\s?/?\s?(?:{_CLOSINGS}))$"
    rf"|^(?P<scene>.+?)\s+(?P<by>{_HAN_MAKER})$"
    r"|^(?P<place>[^＝]+(?:＝.+(?=、))?)[＝、](?P<maker>[^＝、。\s]{2,20}(?:撮影|提供))$",
    re.I | re.S,
)
_LAST = re.compile(r"^(?P<caption>.*[.!?…]['\"”»)]*)\s+(?P<credit>[^\W\d_][^.!?]{2,80})$", re.S)
_RIGHTS = re.compile(rf"\s*[/.,|-]?\s*(?:copyright\s+(?:\d{{4}}|the)\b|{_any(_WORDS['rights']['words'])}).*$", re.I)
_CAPTION_LABEL = re.compile(
    rf"^\W*(?:{_any(_WORDS['caption_labels']['words'])})\s*[:：,=＝]\s*"
    r"|^(?:foto |photo |bild )?\d+\s*(?:/|de|of|von)\s*\d+\s+|^[▲△▼▽◀▶◁▷●■※*•]+\s*",
    re.I,
)
_SENTENCE = re.compile(r"[.!?…。]['\"”»)]*\s+\S+\s+\S+\s+\S+|[!?。].|[a-zà-ỹ]{4,}\.\s+[A-ZÀ-Ỹ]")
_DURATION = re.compile(r"[\d\W_]*(?:min|uhr|sek|sec|h)?[\d\W_]*", re.I)
_BARE_LABEL = re.compile(rf"^{_BARE}(?:\s+|(?-i:(?<=[^\W\d_A-Z])(?=[A-ZÀ-ÞĐ])))", re.I)
_INITIAL = re.compile(r"(?<!\w)\w\.$")
_CASELESS_NAME = re.compile("[\u0590-\u0dff]+(?: [\u0590-\u0dff]+){1,3}")
"""Two to four words of a script without capitals."""
_COMMON = re.compile(rf"\W*(?:{_any(_WORDS['common']['words'])})\s*[:：=＝]", re.I)
_TRIM = " \t-–—|│/,;:·•（("


def split(text: str | None, printed: bool = True) -> tuple[str | None, str | None]:
    """(caption, credit) of a text at a picture; each None where the text has none.

    In a text that is not ``printed`` (an attribute) a name behind a stroke may as well be the name of the site.
    """
    text = _CAPTION_LABEL.sub("", squash(text)).strip()
    if not text:
        return None, None
    for way in WAYS:
        found = way(text)
        if found is not None and (printed or way is not _behind_stroke):
            caption, credit = found
            return _tidy_caption(caption), clean(credit)
    return _tidy_caption(text), None


def is_credit(text: str) -> bool:
    """True for a text that is a credit and nothing else, labelled or not: ``Ảnh: Minh Đức``, ``AFP / Jo Doe``."""
    caption, credit = split(text)
    return credit is not None and caption is None


def is_labelled(text: str) -> bool:
    """True for a text that the word or mark in front of it makes a credit or a caption: ``Ảnh: ...``, ``▲ ...``."""
    return is_credit(text) or _STARTS.match(text) is not None or _CAPTION_LABEL.match(text) is not None


def is_common(text: str) -> bool:
    """True for a line that credits all pictures of an article: ``Fotos: Feuerwehr Auental``."""
    return _COMMON.match(text) is not None and is_credit(text)


def looks_like_credit(text: str) -> bool:
    """True for an unlabelled text that names an agency or has the form ``Name/Agency``."""
    if not text or len(text) > LONGEST or _SENTENCE.search(text):
        return False
    return names_agency(text) or _closes(text)


def is_name(text: str) -> bool:
    """True when every word is a capitalised name or a particle, as in ``Thu Hằng`` or ``Maria de la Cruz/EFE``."""
    words = re.findall(r"[^\s/|,;&.()+-]+", _AGENCY.sub("X", text))
    names = [word for word in words if word.casefold() not in _PARTICLES]
    return 0 < len(names) <= 8 and all(word[0].isupper() or not word[0].isalpha() for word in names)


def clean(credit: str | None) -> str | None:
    """A credit that stands by itself (an element of that name), without label, marks and brackets; None when empty."""
    text = squash(credit)
    text = text.strip(" ()[]（）【】") if text[:1] in ("(", "[", "（", "【") else text
    text = _ALL_STARTS.sub("", text, count=1) if _STARTS.match(text) else _bare_label(text)
    return _tidy(
        " | ".join(part for part in map(str.strip, text.split("|")) if len(part) > 1 and not _DURATION.fullmatch(part))
    )


def _bare_label(text: str) -> str:
    """``Jo Doe`` for ``Foto Jo Doe``: a label without a colon, where a name follows."""
    rest = _BARE_LABEL.sub("", text, count=1)
    return rest if rest and rest != text and (is_name(rest) or _CASELESS_NAME.fullmatch(rest)) else text


_PARTICLES = frozenset(_WORDS["particles"]["words"])
_Parts = tuple[str, str] | None


def _whole(text: str) -> _Parts:
    """The text is a credit from its first letter on; a labelled text that is no name is a caption with a label."""
    inner = text.strip(" ()[]（）【】.")
    if (label := _STARTS.match(inner)) is None:
        return ("", inner) if is_bare(inner) or re.fullmatch(_TITLED, inner) else None
    rest = inner[label.end() :]
    if not rest or len(rest) > LONGEST or _SENTENCE.search(rest):
        return None
    return ("", rest) if _is_credit_of_label(label.group(), rest) else (rest, "")


def _is_credit_of_label(label: str, rest: str) -> bool:
    spaceless = re.match(rf"[{_SPACELESS}]", rest) and len(rest) <= 8 and "の" not in rest
    return bool(spaceless or "©" in label or is_name(rest) or names_agency(rest) or _closes(rest) or _is_short(rest))


def _is_short(text: str) -> bool:
    return text.count(" ") <= 2 and not re.search(rf"[{_SPACELESS}]", text)


def _in_brackets(text: str) -> _Parts:
    found = _BRACKETED.match(text)
    if found is None:
        return None
    inner = found["inner"].strip()
    label = _STARTS.match(inner)
    if label is not None and len(inner) <= LONGEST:
        return found["caption"], inner[label.end() :]
    bare = _bare_label(inner)
    if bare != inner:
        return found["caption"], bare
    return (found["caption"], inner) if looks_like_credit(inner) or _is_pair(inner) else None


def _behind_label(text: str) -> _Parts:
    """Behind the last label of the text, when what follows is short and ends the text."""
    if _MARKED.search(text) is None:
        return None
    for label in reversed(list(_LABELLED.finditer(text))):
        rest = text[label.end() :]
        if rest and len(rest) <= LONGEST and _begins(text, label.start()) and not _SENTENCE.search(rest):
            return text[: label.start()], rest
    return None


def _begins(text: str, at: int) -> bool:
    """True where a label may begin: a capital letter, a script without capitals, or behind a mark."""
    small = text[at].isalpha() and text[at].islower() and not _DOTTED.match(text, at)
    return not small or not text[:at].strip() or not text[:at].rstrip()[-1].isalnum()


def _behind_dash(text: str) -> _Parts:
    """Behind the last dash, stroke or pipe, when an agency is named there."""
    found = _DASHED.match(text) or _SLASHED.match(text)
    if found is None:
        return None
    credit = _bare_label(found["credit"].strip())
    return (found["caption"], credit) if credit != found["credit"].strip() or looks_like_credit(credit) else None


def _behind_stroke(text: str) -> _Parts:
    """Behind the last stroke or pipe, when there is nothing but a name."""
    found = _DASHED.match(text)
    if found is None or text[len(found["caption"]) : found.start("credit")].strip() not in ("|", "/"):
        return None
    return (found["caption"], found["credit"]) if is_name(found["credit"]) else None


def _closed(text: str) -> _Parts:
    """Behind the last full stop, when the word that closes a credit ends the text: ``。李明 摄``."""
    found = _CLOSED.match(text)
    parts = [part for part in found.groups() if part] if found else []
    return (parts[0], parts[1]) if parts else None


def _behind_last_sentence(text: str) -> _Parts:
    """Behind the last full stop, when names with an agency among them, or with a label before them, stand there."""
    found = _LAST.match(text)
    if found is None:
        return None
    rest = _bare_label(found["credit"])
    pair = _is_pair(rest) and not _INITIAL.search(found["caption"])
    return (found["caption"], rest) if rest != found["credit"] or is_bare(rest) or pair else None


def is_bare(text: str) -> bool:
    """True for a short unlabelled text that is made of names, with an agency among them: ``Jo Doe (Keystone)``."""
    return len(text) <= 80 and looks_like_credit(text) and (is_name(text) or _AGENCY.fullmatch(text) is not None)


def _is_pair(text: str) -> bool:
    """``Name/Agency`` or ``Name / Agency`` where both sides are names."""
    sides = re.split(r"\s*/\s*", text)
    return len(sides) in (2, 3) and all(side and is_name(side) for side in sides)


def names_agency(text: str) -> bool:
    """True for a text in which an agency or picture library is named."""
    return any(m.group()[0].isupper() or not m.group().isascii() or m.group() in _LOWER for m in _AGENCY.finditer(text))


_LOWER = frozenset(w for w in _WORDS["agencies"]["words"] if w[0].islower())


def _closes(text: str) -> bool:
    return _CLOSING.search(text) is not None and len(text) <= 40


def _tidy(text: str) -> str | None:
    text = _RIGHTS.sub("", squash(text)).strip(_TRIM + "\"'").removesuffix(".") if text else ""
    if text.count("(") < text.count(")"):
        text = text.removesuffix(")")
    text = text if text.count("(") == text.count(")") else text.strip("()")
    return text.strip() or None


def _tidy_caption(text: str) -> str | None:
    return squash(text).rstrip(_TRIM).lstrip(" ,;|│") or None


WAYS = (_whole, _in_brackets, _behind_label, _behind_last_sentence, _behind_dash, _behind_stroke, _closed)
"""How a credit is looked for in a text, the surest way first."""
