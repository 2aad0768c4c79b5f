"""dates readers."""

from collections.abc import Mapping

from crawler.extract.readers import Reader

READERS: Mapping[str, tuple[Reader, ...]] = {}
