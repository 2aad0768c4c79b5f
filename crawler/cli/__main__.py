"""``python -m crawler.cli``: the same as ``muniment``."""

from crawler.cli import main

if __name__ == "__main__":
    main(prog_name="muniment")
