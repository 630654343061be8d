"""One run of the understanding benchmark: each part measured for the product and the plain reference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from ivr_ari.models import cache_folder
from ivr_ari.understanding.encoder import shared_encoder

from .mishearing.sentences import sentences
from .nlu_data import DOMAINS, banking, clinc, drawn, folds, label_phrases
from .nlu_figures import Bin, reliability
from .nlu_misheard import measured_rate, misheard
from .nlu_periods import judge_periods
from .nlu_several import judge_several, plain_labels, product_labels
from .nlu_single import judge_banking, judge_clinc
from .nlu_slots import Slots, judge_slots
from .nlu_speed import measure
from .nlu_spoken import spoken
from .nlu_systems import Examples, Guesser, Remembering, plain_encoder, plain_intents, product_intents
from .nlu_table import Measure

__all__ = ["PARTS", "Run"]

KEPT = 0.85
"""Share of the clean figure that must be left of it when misheard."""

CALIBRATED = 0.05
"""The most that confidences may be off."""

SEVERAL = {"banking": (0.72, 0.80), "hotels": (0.62, 0.72)}
"""Micro-F1 aimed at, learnt from one fold of NLU++ and from two."""

PARTS = ("speed", "slots", "several", "banking", "clinc")

NO_TIME = 0.1
"""Seconds; what is read from the cache in it was neither encoded nor fitted."""

ALL = 1_000_000


class Run:
    """The data's folder, the systems, and what was measured so far; *quick* takes little of the data."""

    def __init__(self, data: Path, *, quick: bool = False, plain: bool = True) -> None:
        self.measures: list[Measure] = []
        self.tables: dict[str, list[Bin]] = {}
        self.missed: list[str] = []
        self._data, self._quick, self._with_plain = data, quick, plain

    def measure(self, part: str) -> None:
        """Measure one of PARTS."""
        {
            "speed": self._speed,
            "slots": self._slots,
            "several": self._several,
            "banking": self._banking,
            "clinc": self._clinc,
        }[part]()
        for name in ("_product", "_plain"):
            if (encoder := vars(self).get(name)) is not None:
                encoder.save()

    # --- systems ---------------------------------------------------------------------------------------

    @cached_property
    def _product(self) -> Remembering:
        encoder = shared_encoder(cache_folder())
        return Remembering(encoder, cache_folder() / "bench" / f"{encoder.version}.npz")

    @cached_property
    def _plain(self) -> Remembering | None:
        encoder = plain_encoder(threads=1) if self._with_plain else None
        if self._with_plain and encoder is None:
            self._skip("the plain reference", "transformers or scikit-learn is not installed")
        return Remembering(encoder, cache_folder() / "bench" / "plain-minilm.npz") if encoder else None

    def _learners(self) -> list[Callable[[Examples], Guesser]]:
        """The product's, and the reference's if there is one."""
        product, plain = self._product, self._plain
        learners: list[Callable[[Examples], Guesser]] = [lambda told: product_intents(told, product)]
        if plain is not None:
            learners.append(lambda told: plain_intents(told, plain))
        return learners

    # --- notes -----------------------------------------------------------------------------------------

    def _skip(self, what: str, why: str) -> None:
        print(f"skipped: {what}: {why}", flush=True)

    def _rate(self, what: str, texts: Sequence[str]) -> None:
        print(f"{what}: {measured_rate(texts):.1%} word errors when misheard", flush=True)

    def _add(self, name: str, value: float, target: float | None = None, **more: Any) -> None:
        self.measures.append(Measure(name, value, target, **more))

    def _compare(
        self, name: str, field: str, found: list[Any], target: float | None = None, **more: Any
    ) -> None:
        """Note *field* of the product's figures, which come first in *found*, and of the reference's."""
        plain = getattr(found[1], field) if len(found) > 1 else None
        self._add(name, getattr(found[0], field), target, plain=plain, **more)

    def _again(
        self, name: str, noisy: float, clean: float, plain: float | None = None, note: str = ""
    ) -> None:
        """Note what is left of a figure when sentences are misheard."""
        left = f"{noisy / max(clean, 1e-9):.0%} of clean{note}"
        self._add(f"  misheard: {name}", noisy, KEPT * clean, plain=plain, note=left)

    # --- parts -----------------------------------------------------------------------------------------

    def _speed(self) -> None:
        data = clinc(self._data)
        if data is None:
            self._skip("speed", "no CLINC150 to learn 30 intents from")
            return
        examples = dict(list(drawn(data.train, 0, 20)[0].items())[:30])
        found = measure(examples, sentences())
        self._add(
            "whole pipeline, p95 in ms of CPU",
            found.cpu_p95,
            20,
            least=False,
            note=f"p50 {found.cpu_p50:.1f}",
        )
        self._add("  by the clock", found.wall_p95, least=False, note=f"p50 {found.wall_p50:.1f}")
        note = f"{found.learning_s:.1f} by the clock"
        self._add("learning 30 intents x 20, s of CPU", found.learning_cpu_s, 5, least=False, note=note)
        again = max(0.0, found.cached_cpu_s - found.bare_cpu_s)
        note = f"{found.cached_cpu_s:.2f} the whole pipeline"
        self._add("  cached, s of CPU", again, NO_TIME, least=False, note=note)

    def _slots(self) -> None:
        rows = [one for domain in DOMAINS for fold in folds(self._data, domain) for one in fold]
        rows = rows[:: 4 if self._quick else 1]
        if not rows:
            self._skip("slots", "no fold of NLU++")
            return
        self._rate("NLU++, read out", [spoken(one.text) for one in rows])
        slots = Slots()
        clean = judge_slots(slots, rows, spoken)
        noisy = judge_slots(slots, rows, lambda text: misheard(spoken(text)))
        total, bad = clean.total, noisy.total
        self.missed = clean.missed
        self._add("NLU++ slots exact, asked for", total.asked / total.annotated, 0.9)
        note = f"; {noisy.heard / bad.annotated:.0%} had all their words heard"
        self._again("slots asked for", bad.asked / bad.annotated, total.asked / total.annotated, note=note)
        note = f"with role {total.role / total.annotated:.1%}, precision {clean.precision:.1%}"
        self._add("NLU++ slots exact, nothing asked", total.open / total.annotated, 0.9, note=note)
        self._again("slots nothing asked", bad.open / bad.annotated, total.open / total.annotated)
        for slot, one in sorted(clean.slots.items()):
            note = f"nothing asked {one.open / one.annotated:.1%}"
            self._add(f"  {slot} ({one.annotated})", one.asked / one.annotated, note=note)
        annotated, exact, missed = judge_periods(rows)
        self.missed += missed
        if annotated:
            self._add(f"  date_period ({annotated}), apart", exact / annotated, note="nothing asked")

    def _several(self) -> None:
        for domain, targets in SEVERAL.items():
            parts = folds(self._data, domain)
            self._rate(f"NLU++ {domain}", [one.text for part in parts for one in part])
            for together, target in enumerate(targets, 1):
                name = f"NLU++ {domain}, {together} fold{'s' * (together - 1)}"
                if len(parts) <= together:
                    self._skip(name, f"{len(parts)} folds are there")
                    continue
                labels = sorted({one for part in parts for row in part for one in row.intents})
                learners = [product_labels(label_phrases(self._data, labels), self._product)]
                if self._plain is not None:
                    learners.append(plain_labels(self._plain))
                step = 4 if self._quick else 1
                found = [judge_several(parts, together, learn, misheard, step) for learn in learners]
                self._compare(f"{name}, micro-F1", "f1", found, target)
                plain = found[1].misheard_f1 if len(found) > 1 else None
                self._again(name, found[0].misheard_f1, found[0].f1, plain)
                self._compare("  calibration error", "calibration_error", found, CALIBRATED, least=False)

    def _banking(self) -> None:
        data = banking(self._data)
        if data is None:
            self._skip("BANKING77", "no banking77-train.csv")
            return
        self._rate("BANKING77", [text for text, _ in data.test or data.train][:5000])
        seeds, most = (1, 500) if self._quick else (5, ALL)
        found = [judge_banking(data, learn, misheard, seeds, most) for learn in self._learners()]
        note = f"{seeds} seeds, {'its test part' if data.test else 'on what was not drawn'}"
        self._compare("BANKING77, 10 examples, accuracy", "accuracy", found, 0.87, note=note)
        plain = found[1].misheard_accuracy if len(found) > 1 else None
        self._again("BANKING77", found[0].misheard_accuracy, found[0].accuracy, plain)
        self._compare("  calibration error", "calibration_error", found, CALIBRATED, least=False)
        self.tables["BANKING77"] = reliability(found[0].confidence, found[0].right)

    def _clinc(self) -> None:
        data = clinc(self._data)
        if data is None:
            self._skip("CLINC150", "no file with its train, val and oos_val")
            return
        self._rate("CLINC150", [text for text, _ in data.test])
        examples = drawn(data.train, 0, 20 if self._quick else ALL)[0]
        most = 500 if self._quick else ALL
        guessers = [learn(examples) for learn in self._learners()]
        clean = [judge_clinc(guess, data, most=most) for guess in guessers]
        noisy = [judge_clinc(guess, data, misheard, most) for guess in guessers]
        part = "its test part" if data.own_test else "each half of the validation part"
        note = f"{clean[0].lost:.1%} in scope lost; {part}"
        self._compare("CLINC150, strangers turned away", "strangers", clean, 0.75, note=note)
        plain = noisy[1].strangers if len(noisy) > 1 else None
        at = clean[0].thresholds
        note = f"; by the clean threshold {noisy[0].strangers_at(at):.1%}, {noisy[0].lost_at(at):.1%} lost"
        self._again("CLINC150 strangers", noisy[0].strangers, clean[0].strangers, plain, note)
        self._compare("  accuracy in scope", "accuracy", clean)
        plain = noisy[1].accuracy if len(noisy) > 1 else None
        self._again("CLINC150 accuracy", noisy[0].accuracy, clean[0].accuracy, plain)
        self._compare("  calibration error", "calibration_error", clean, CALIBRATED, least=False)
        self.tables["CLINC150, in scope"] = reliability(clean[0].confidence, clean[0].right)
