"""``scrapy crawl SLUG``: as Scrapy's own, but what goes wrong with archive or portal is told in one line."""

import sys
from argparse import Namespace

from scrapy.commands import BaseRunSpiderCommand
from scrapy.exceptions import UsageError
from scrapy.utils.misc import load_object

from crawler.model import MunimentError
from crawler.run import start


class Command(BaseRunSpiderCommand):
    """Runs the spider of one declared portal; exit code 1 when it cannot begin or go on."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """What stands behind the command's name."""
        return "[options] <slug of a portal>"

    def short_desc(self) -> str:
        """What the command does."""
        return "Crawl one declared portal; 'scrapy list' shows them"

    def run(self, args: list[str], opts: Namespace) -> None:
        """Crawl the portal with that slug."""
        if len(args) != 1:
            raise UsageError
        assert self.settings is not None
        spiders = load_object(self.settings["SPIDER_LOADER_CLASS"]).from_settings(self.settings)
        try:
            start(spiders.load(args[0]), self.settings, **opts.spargs)
        except KeyError as unknown:
            self._refuse(unknown.args[0])
        except MunimentError as error:
            self._refuse(str(error))

    def _refuse(self, reason: str) -> None:
        sys.stderr.write(f"muniment: {reason}\n")
        self.exitcode = 1
