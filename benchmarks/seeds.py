"""What it saves to leave quiet seeds out of a turn, and how much later news are found: ``python -m benchmarks.seeds``.

Seeds bring articles at random, each at its rate, and nothing else tells of them. They are asked in turns for four
months, by the rules of ``crawler.recheck``; the first month, in which the rates are learned, is not counted.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import mean, quantiles

from crawler.recheck import DAY, FRONT, can_rest, list_rate

DAYS, LEARNING = 120, 30
ROUNDS = 8
HABITS = {
    "busy and quiet ones": (3, 2, 1.5, 1, 1, 0.7, 0.5, 0.5, 0.3, 0.2, 0.14, 0.1, 0.07, 0.03, 0.03),
    "one tells all, the others again": (8, *[0.0] * 14),
    "all quiet": (0.3,) * 15,
    "three of a small town": (0.5, 0.2, 0.05),
}
"""A portal -> how many articles a day each of its seeds brings that no other tells."""


@dataclass(slots=True)
class Seed:
    """A seed with the days on which it will bring something, and what is known of it."""

    arrivals: list[float]
    rate: float = FRONT
    last: float = 0.0
    delays: list[float] = field(default_factory=list)

    def ask(self, day: float) -> None:
        """Take what has come since the last visit; news after the month of learning count."""
        brought = [at for at in self.arrivals if self.last < at <= day]
        self.rate = list_rate(self.rate, len(brought), day - self.last)
        self.last = day
        self.delays += [(day - at) * 24 for at in brought if day > LEARNING]


def lived(rates: Sequence[float], every: timedelta, *, rest: bool, seed: int) -> tuple[int, list[float]]:
    """(requests for seeds, hours after which each article was found) once the rates were learned."""
    r = random.Random(seed)
    seeds = [Seed(sorted(r.uniform(0, DAYS) for _ in range(round(rate * DAYS)))) for rate in rates]
    requests, step = 0, every / DAY
    for turn in range(1, int(DAYS / step)):
        day = turn * step
        first, *others = sorted(seeds, key=lambda one: -one.rate)
        asked = [first, *(s for s in others if not rest or not can_rest(s.rate, (day - s.last) * DAY, every))]
        requests += len(asked) * (day > LEARNING)
        for one in asked:
            one.ask(day)
    return requests, [delay for one in seeds for delay in one.delays]


def main() -> None:
    """Print the table."""
    print("| seeds | a turn every | asked | requests a day | found after, half | nine of ten | the latest |")
    print("|---|---|---|---|---|---|---|")
    for name, rates in HABITS.items():
        for hours in (2, 6):
            for rest in (False, True):
                told = [lived(rates, timedelta(hours=hours), rest=rest, seed=seed) for seed in range(ROUNDS)]
                a_day = mean(requests for requests, _ in told) / (DAYS - LEARNING)
                delays = [delay for _, each in told for delay in each]
                tenths = quantiles(delays, n=10)
                print(
                    f"| {len(rates)}, {name} | {hours} h | {'if not quiet' if rest else 'all'} | {a_day:.1f}"
                    f" | {tenths[4]:.1f} h | {tenths[8]:.1f} h | {max(delays):.1f} h |"
                )


if __name__ == "__main__":
    main()
