"""How the time to read a class's hand-ins grows with their number.

    .venv/bin/python benchmarks/collect.py

Prints, from 25 to 10,000 hand-ins of six answers and two checks each, the seconds for reading them
and for the tables of the class, as ratios to the time for 25, and the exponent of a straight line
through their logarithms: 1.0 means twice as many take twice as long.
"""

from __future__ import annotations

import math
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.simulated_class import CASE, write_class  # noqa: E402

from lessons import open_case  # noqa: E402
from lessons.analysis.class_answers import class_answers, splits  # noqa: E402
from lessons.classroom import collect  # noqa: E402

SIZES = (25, 100, 400, 1600, 10_000)
TIMES = 3


def main() -> None:
    """Measure each size and print the table."""
    case = open_case(CASE)
    seconds = []
    with tempfile.TemporaryDirectory() as made:
        for size in SIZES:
            folder = write_class(Path(made) / str(size), case.check_items, size)
            seconds.append(min(_once(folder, case) for _ in range(TIMES if size <= 400 else 1)))
    exponent = _slope([math.log(n) for n in SIZES], [math.log(s) for s in seconds])
    print("hand-ins  ratio to 25  seconds")
    for size, took in zip(SIZES, seconds, strict=True):
        print(f"{size:8d}  {took / seconds[0]:11.1f}  {took:7.2f}")
    print(f"exponent {exponent:.2f}")


def _once(folder: Path, case: object) -> float:
    start = time.perf_counter()
    found = collect(folder, [CASE])
    splits(class_answers(found.answers, case), case)
    return time.perf_counter() - start


def _slope(xs: list[float], ys: list[float]) -> float:
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / sum(
        (x - mx) ** 2 for x in xs
    )


if __name__ == "__main__":
    main()
