"""
Understanding on public data: ``python -m tests.bench.nlu [--data FOLDER] [--json FILE] [--quick]``

*FOLDER* holds any of ``banking77-train.csv``, ``banking77-test.csv``, CLINC150 as ``*clinc*.json`` (with its
test parts or without), ``nlupp-banking`` and ``nlupp-hotels`` with any of their folds,
``nlupp-ontology.json``; what is missing is said and skipped. Beside the product stands the plain reference
(mean-pooled MiniLM and logistic regression), and all is done again with one word of five misheard.
``docs/measurements.md`` says how to read it.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from .mishearing.sentences import sentences
from .nlu_misheard import measured_rate
from .nlu_run import PARTS, Run
from .nlu_table import print_table


def main() -> None:
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/nlu"))
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    parser.add_argument("--quick", action="store_true", help="one seed, few sentences and folds")
    parser.add_argument("--only", action="append", choices=PARTS, help="measure this part alone")
    parser.add_argument("--no-plain", action="store_true", help="without the plain reference")
    parser.add_argument("--missed", action="store_true", help="list the slots that were missed")
    given = parser.parse_args()
    run, started = Run(given.data, quick=given.quick, plain=not given.no_plain), time.monotonic()
    rate = measured_rate(sentences())
    print(f"misheard: {rate:.1%} word errors in the project's own sentences", flush=True)
    for part in given.only or PARTS:
        before = time.monotonic()
        run.measure(part)
        print(f"{part}: {time.monotonic() - before:.0f} s", flush=True)
    if given.missed:
        print("\n".join(run.missed))
    print_table(run.measures, run.tables)
    print(f"{time.monotonic() - started:.0f} s")
    if given.json:
        measures = [one.as_json() for one in run.measures]
        tables = {name: [vars(one) for one in bins] for name, bins in run.tables.items()}
        told = {"word_error_rate": rate, "measures": measures, "reliability": tables}
        given.json.write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    main()
