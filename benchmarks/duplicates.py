"""How well and how fast the same achievement is found twice among many nominations.

Run by hand: `.venv/bin/python benchmarks/duplicates.py [--seed N] [SIZE ...]` (2,500, 5,000,
10,000 and 20,000 by default). The nominations are made up, with what is a duplicate known; among
them are namesakes, siblings whose names differ by a mark, teams that share one account, whole units
that fill in one template, “Tổ 1” of every commune, and people honoured again for another year.
Points and thresholds were found on seed 1; other seeds make other people and other texts.
"""

import argparse
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from awards.likeness import DEFAULT_RULES, Pair, find_pairs
from benchmarks.nominations import Labelled, make

SIZES = [2_500, 5_000, 10_000, 20_000]


def shares(found: list[Pair], made: Labelled, threshold: int) -> tuple[float, float]:
    """Recall and precision of the pairs that reach the threshold."""
    kept = {frozenset((pair.one, pair.other)) for pair in found if pair.score >= threshold}
    right = len(kept & made.duplicates)
    return right / len(made.duplicates), right / max(len(kept), 1)


def misses(found: list[Pair], made: Labelled) -> None:
    kept = {frozenset((pair.one, pair.other)): pair for pair in found}
    by_key = {candidate.key: candidate for candidate in made.candidates}
    for title, pairs in (
        ("missed", made.duplicates - set(kept)),
        ("wrong", set(kept) - made.duplicates),
    ):
        print(f"\n{title}: {len(pairs)}")
        for pair in sorted(map(sorted, pairs))[:25]:
            told = kept.get(frozenset(pair))
            print(" ", [(by_key[key].name, by_key[key].unit, made.how[key]) for key in pair])
            print("    ", f"{told.score} {told.in_words}" if told else "")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    options = parser.parse_args()
    print("   size duplicates  recall precision  seconds   ratio  pairs/square  memory MB")
    before = None
    for size in options.sizes:
        made = make(size, seed=options.seed)
        start = time.perf_counter()
        found = find_pairs(made.candidates)
        seconds = time.perf_counter() - start
        recall, precision = shares(found, made, DEFAULT_RULES.threshold)
        ratio = f"{seconds / before:7.2f}" if before else "       "
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        part = len(found) / (size * (size - 1) / 2)
        print(
            f"{size:7,} {len(made.duplicates):10,} {recall:7.4f} {precision:9.4f} {seconds:8.2f} "
            f"{ratio} {part:13.6f} {memory:10.0f}"
        )
        before = seconds
        for threshold in (50, 55, 65, 70, 75):
            if threshold >= DEFAULT_RULES.threshold:
                recall, precision = shares(found, made, threshold)
                print(f"          from {threshold}: {recall:7.4f} {precision:9.4f}")
        if options.misses:
            misses(found, made)


if __name__ == "__main__":
    main()
