"""WARC/1.1 files (ISO 28500:2017): write exchanges, index what was written, cut a torn tail off.

One gzip member a record, one file a writer. While a file is being written it is called ``<name>.open`` and locked; a
file still called so without a living lock was left by a killed process and is mended by ``recover``.
Digests inside the files are SHA-1 (what every WARC tool compares); ``Capture.digest`` is SHA-256.
"""

from crawler.warc.reading import captures, recorded
from crawler.warc.values import OPEN, Exchange, Place, Recorded, Recovered, digest, final_name
from crawler.warc.writing import MAX_FILE, WarcFolder, recover, whole

__all__ = [
    "MAX_FILE", "OPEN", "Exchange", "Place", "Recorded", "Recovered", "WarcFolder", "captures", "digest",
    "final_name", "recorded", "recover", "whole",
]  # fmt: skip
