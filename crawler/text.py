"""Unicode text: white space, NFC, folding, tokens. Pure."""

import re
import unicodedata

_SPACE = re.compile(r"[\s\u00a0\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+")
_INVISIBLE = re.compile("[\u00ad\u200c\u200e\u200f\u202a-\u202e\u2060\ufffe]")


def squash(text: str | None) -> str:
    """NFC text on one line: runs of any white space (no-break, zero-width too) become one space, soft hyphens go."""
    if not text:
        return ""
    return unicodedata.normalize("NFC", _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip())
