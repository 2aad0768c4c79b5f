"""``python -m crawler.sample`` runs the sample portal in the foreground."""

import argparse
from threading import Event

from crawler.sample.server import SamplePortal


def main() -> None:
    """Serves until Ctrl-C."""
    parser = argparse.ArgumentParser(
        prog="python -m crawler.sample", description="A town's news portal on this machine."
    )
    parser.add_argument("--port", type=int, default=0, help="port of the town's portal (default: any free one)")
    parser.add_argument("--second-port", type=int, default=0, help="port of the province's portal")
    parser.add_argument("--edition", type=int, choices=(0, 1), default=0, help="0 the first day, 1 the day after")
    options = parser.parse_args()
    try:
        with SamplePortal(port=options.port, second_port=options.second_port, edition=options.edition) as portal:
            print(f"town      {portal.url}\nprovince  {portal.second_url}\nCtrl-C ends it.", flush=True)
            Event().wait()
    except KeyboardInterrupt:
        print()
    except OSError as refused:
        parser.exit(1, f"The portal cannot listen: {refused.strerror}; choose another --port or --second-port.\n")


if __name__ == "__main__":
    main()
