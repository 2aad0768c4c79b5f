"""Telling somebody that a portal is unhealthy: a command of the user's own, or a request to a web service."""

import json
import subprocess
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any

from crawler.cli.exits import AskedError
from crawler.model import MunimentError

TIMEOUT = 60
"""Seconds that a hook or a web service may take."""


def run_hook(command: str, told: Sequence[dict[str, Any]]) -> None:
    """Run a shell command with the report, as JSON, on its standard input. Raises MunimentError when it fails."""
    try:
        done = subprocess.run(command, shell=True, input=_json(told), timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        raise MunimentError(f"the hook did not end within {TIMEOUT} s: {command}") from None
    if done.returncode != 0:
        raise MunimentError(f"the hook failed with exit code {done.returncode}: {command}")


def call_webhook(url: str, told: Sequence[dict[str, Any]]) -> None:
    """POST the report, as JSON, to a URL. Raises AskedError for no http(s) URL, MunimentError when it is refused."""
    if not url.startswith(("http://", "https://")):
        raise AskedError(f"--webhook {url}: this is no http or https URL")
    request = urllib.request.Request(url, data=_json(told), headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT):
            pass
    except (urllib.error.URLError, OSError, ValueError) as wrong:
        raise MunimentError(f"the webhook {url} was not reached: {wrong}") from wrong


def _json(told: Sequence[dict[str, Any]]) -> bytes:
    return json.dumps({"portals": told}, ensure_ascii=False, indent=2).encode()
