"""Which texts the view ``articles_indexed`` folds by itself: letter by letter, so that no folded copy is stored."""

from crawler.text import fold, usual

LETTERS = frozenset(
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
    "äöüßçñåøæœëïîûÄÖÜÇÑÅØÆŒËÏÎÛ"
)
"""The letters of Vietnamese and of western Europe that stand in the view."""

_ASCII = frozenset(map(chr, range(128)))


def by_letter(text: str | None) -> bool:
    """True when folding changes ``text`` (NFC), and only letters that the view knows."""
    text = text or ""
    if usual(text):
        return fold(text) != text
    letters = set(text) - _ASCII
    others = letters - LETTERS
    beside_latin = "a".join(("", *others, ""))
    return len(others) < len(letters) and fold(beside_latin) == beside_latin
