"""Random operations on one archive after the other, each followed by every check: ``python -m benchmarks.operations``.

The machine is that of ``tests/archive/test_check.py``, which runs a short slice of it.
"""

import argparse
import time

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.archive.test_check import Anything

STEPS = 100


def main() -> None:
    """Run the operations and print how many held; the first that does not hold is shown, made as short as it can be."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--operations", type=int, default=10_000, help="about how many")
    archives = max(1, arguments.parse_args().operations // STEPS)
    started = time.monotonic()
    chosen = settings(
        max_examples=archives, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Anything, settings=chosen)
    print(f"{archives} archives, up to {STEPS} operations each, all sound: {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
