"""What the text of a new article alone decides of its rows: a third of the work, for another process to do."""

from dataclasses import dataclass

from crawler.archive import index
from crawler.archive.said import Said, said_in
from crawler.model import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What an article says, and what is stored of it beside that."""

    said: Said
    digest: str
    """By which its version is known."""
    words: int
    letters: index.Folded
    """Its folded row but for the filters."""


def prepare(article: Article) -> Prepared:
    """``article`` ready to be stored in bulk. Pure: a process that reads pages does it while another one writes."""
    said = said_in(article)
    return Prepared(said=said, digest=said.fingerprint, words=said.words, letters=index.letters(said))
