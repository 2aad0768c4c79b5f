"""Commands of Scrapy itself that do more here; Scrapy finds them by the setting COMMANDS_MODULE."""
