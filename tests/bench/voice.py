"""
How the voice sounds and how fast it is, with the targets beside: ``make bench-voice`` (QUICK=1: a part).

Needs the joe voice (made if it is missing), for the judgements ``make judges`` and a lab PBX's image, for the
part beside recognition the lab's recognition model. Run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from ivr_ari.models import cache_folder
from ivr_ari.prompts.cache import PromptCache
from ivr_ari.prompts.joining import sentences_of
from ivr_ari.prompts.level import floats
from ivr_ari.prompts.open_voice import open_voice
from ivr_ari.prompts.script import script
from ivr_ari.prompts.speaker import Speaker
from ivr_ari.prompts.voice_folder import VoiceAbout, voice_folder
from ivr_ari.voices import ensure_joe
from tests.bench import voice_sound
from tests.bench.voice_judged import Recording, judged, judges_python, studio, summary
from tests.bench.voice_sound import Prompt
from tests.prompts.words.test_forms import forms, said

TARGETS = {
    "first 100 ms, 2 threads": "<= 70 / <= 110 ms",
    "cached prompt ready": "<= 1 ms",
    "loudness of all prompts, 8 kHz": "<= 1 LU",
    "loudness of all prompts, 16 kHz": "<= 1 LU",
    "memory of the light engine": "<= 300 MB",
    "spoken forms right": "100 %",
    "words lost / doubled on going on": "0 / 0",
    "level step at carriers": "< 1 dB",
    "clicks at joins": "0",
}
PERSON = "first 100 ms, "
THREADS_IN_THE_SAME_ROOM = {"OMP_WAIT_POLICY": "PASSIVE"}

Row = tuple[str, str]


def report(name: str, value: str, rows: list[Row]) -> None:
    """Keep a row and show it at once."""
    rows.append((name, value))
    print(f"{name:46} {value:44} {TARGETS.get(name, '')}", flush=True)


def child(module: str, *arguments: str) -> dict[str, Any]:
    """Run a part in a process of its own; its last line is JSON."""
    command = [sys.executable, "-m", f"tests.bench.{module}", *arguments]
    environment = {**os.environ, **THREADS_IN_THE_SAME_ROOM}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1:] or ["no reason given"]}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def speed(rows: list[Row], quick: bool) -> dict[str, Any]:
    """First sound, real time, memory, cold start and cache, engine by engine."""
    found = {}
    for engine, threads in (("onnx", 2), ("onnx", 1), ("coqui", 2), ("coqui", 1)):
        if quick and (engine, threads) != ("onnx", 2):
            continue
        count = "8" if quick or engine == "coqui" else "24"
        figures = child("voice_speed", "--engine", engine, "--threads", str(threads), "--count", count)
        found[f"{engine} {threads}"] = figures
        title = f"{engine}, {threads} thread{'s' * (threads > 1)}"
        if "failed" in figures:
            report(f"{PERSON}{title}", f"failed: {figures['failed']}", rows)
            continue
        for length in ("short", "medium", "long"):
            one = figures[length]
            value = f"p50 {one['p50_ms']} p95 {one['p95_ms']} ms ({one['audio_s']} s of audio)"
            report(f"{PERSON}{title}, {length}", value, rows)
        if (engine, threads) == ("onnx", 2):
            worst = [max(figures[each][key] for each in ("short", "medium", "long")) for key in _P]
            report("first 100 ms, 2 threads", f"p50 {worst[0]} p95 {worst[1]} ms (worst of the three)", rows)
            report("cached prompt ready", f"{figures['cached_ms']} ms (p95; in memory)", rows)
            report("cached prompt from disk", f"{figures['cached_from_disk_ms']} ms", rows)
            report("memory of the light engine", f"{figures['peak_mb']:.0f} MB at the most", rows)
        report(f"real-time factor, {title}", f"{figures['real_time_factor']}", rows)
        report(f"cold start, {title}", f"{figures['cold_start_s']} s, {figures['peak_mb']:.0f} MB", rows)
    return found


_P = ("p50_ms", "p95_ms")


def beside(rows: list[Row], quick: bool) -> dict[str, Any]:
    """First sound and words beside five recognised calls."""
    found = child("voice_beside", "--seconds", "5" if quick else "12")
    if "failed" in found:
        report("beside 5 recognised calls", f"failed: {found['failed']}", rows)
        return found
    for name, one in found.items():
        words = (
            f"words p50 {one['words_p50_ms']:.0f} p95 {one['words_p95_ms']:.0f} ms" if one["words"] else ""
        )
        sound = (
            f"sound p50 {one['sound_p50_ms']:.1f} p95 {one['sound_p95_ms']:.1f} ms" if one["sounds"] else ""
        )
        report(f"5 calls: {name}"[:46], "; ".join(part for part in (words, sound) if part), rows)
    return found


def equality(rows: list[Row], cache: Path) -> dict[str, Any]:
    """Import, export and engines against each other."""
    about = VoiceAbout.read(voice_folder(cache, "joe"))
    report("import: correlation with the original", f"{about.correlation}", rows)
    report("export: largest difference of a sample", f"{about.exported}", rows)
    sentences = [script((f"{words}?",))[0] for words in voice_sound.QUESTIONS[:6]]
    spoken = []
    for engine in ("onnx", "coqui"):
        voice = open_voice(cache, "joe", engine="onnx" if engine == "onnx" else "coqui", threads=2)
        spoken.append([np.concatenate(list(voice.take(each).audio())) for each in sentences])
        voice.close()
    pairs = [(floats(one), floats(other)) for one, other in zip(*spoken, strict=True)]
    alike = all(len(one) == len(other) for one, other in pairs)
    most = max(float(np.abs(one - other).max()) for one, other in pairs) if alike else 2.0
    report("engines: largest difference of a sample", f"{most:.6f}", rows)
    return {"correlation": about.correlation, "export": about.exported, "engines": most}


def sound(rows: list[Row], cache: Path, quick: bool) -> tuple[dict[str, Any], list[Prompt]]:
    """Loudness, joins, going on, melody."""
    voice = open_voice(cache, "joe", threads=2)
    with tempfile.TemporaryDirectory() as folder:
        speaker = Speaker(voice, PromptCache(Path(folder)))
        parts = voice_sound.every_prompt()[:: 20 if quick else 1]
        prompts = [voice_sound.kept(speaker, each) for each in parts]
        loud = voice_sound.loudness(prompts)
        for rate_hz in (8000, 16000):
            figures = loud[f"kept_{rate_hz}"]
            value = f"{figures['all']} LU of {figures['n']} prompts, median {figures['median']} LUFS"
            report(f"loudness of all prompts, {rate_hz // 1000} kHz", value, rows)
        report("highest peak", f"{loud['peak_dbfs']} dBFS", rows)
        sentences = list({each: None for one in parts for each in sentences_of(speaker.script(one))})
        heard = voice_sound.streamed(voice, sentences[:: 2 if quick else 6])
        for name, title in (
            ("foreseen", "loudness of sentences while made"),
            ("one_gain", "... with one gain for all"),
        ):
            figures = heard[name]
            report(
                title, f"95 % within {figures['95%']} LU, all {figures['all']} LU (n {figures['n']})", rows
            )
        report("windows against the whole", f"{heard['window_difference']} of 32768", rows)
        on = voice_sound.resumed(speaker, parts)
        report("words lost / doubled on going on", f"{on['lost']} / {on['doubled']} of {on['tried']}", rows)
        edges = voice_sound.between_sentences(prompts)
    carriers = voice_sound.joins(voice)
    report(
        "clicks at joins",
        f"{carriers.get('clicks', 0) + edges} ({carriers['joined']} carriers, all prompts)",
        rows,
    )
    if carriers["joined"]:
        steps = (carriers[f"step_{key}_db"] for key in ("p50", "p95", "max"))
        value = "p50 {} p95 {} max {} dB (against the whole)".format(*steps)
        report("level step at carriers", value, rows)
    melody = voice_sound.rises(voice)
    value = f"{melody['above_statement']} semitones over statements ({melody['share_rising']:.0%} rise by 2)"
    report("questions end higher by", value, rows)
    voice.close()
    found = {"loudness": loud, "streamed": heard, "resumed": on, "carriers": carriers, "melody": melody}
    return found, prompts


def judgement(rows: list[Row], cache: Path, prompts: Sequence[Prompt], quick: bool) -> dict[str, Any]:
    """DNSMOS and Whisper, of ours and of the studio's."""
    python = judges_python(cache)
    if not python:
        report("judges", "none here: make judges", rows)
        return {}
    count = 8 if quick else 40
    enough = [prompt for prompt in prompts if len(prompt.words.split()) >= 4]
    some = enough[:: max(1, len(enough) // count)][:count]
    groups: dict[str, dict[str, Recording]] = {"8 kHz": {}, "16 kHz": {}, "studio, 8 kHz": {}}
    for number, prompt in enumerate(some):
        for rate_hz in (8000, 16000):
            one = (prompt.words, prompt.audio[rate_hz], rate_hz)
            groups[f"{rate_hz // 1000} kHz"][f"ours-{number}-{rate_hz}"] = one
    images = sorted(cache.glob("pbx-*/"))
    if images:
        groups["studio, 8 kHz"] = dict(studio(images[-1], count // 2))
    with tempfile.TemporaryDirectory() as folder:
        found = judged(
            python, Path(folder), {name: one for group in groups.values() for name, one in group.items()}
        )
    summaries = {name: summary(group, found) for name, group in groups.items() if group}
    for name, figures in summaries.items():
        marks = " ".join(f"{key} {figures[key]}" for key in ("ovrl", "sig", "bak", "p808"))
        report(f"DNSMOS, {name}", f"{marks} (n {figures['n']})", rows)
        value = f"{figures['word_for_word']:.0%} word for word, {figures['word_errors']:.1%} words wrong"
        report(f"Whisper base hears, {name}", value, rows)
    return summaries


def right_forms(rows: list[Row]) -> dict[str, Any]:
    """The tables of spoken forms."""
    every = list(forms())
    right = sum(said(language, written, kind) == words for language, written, kind, words in every)
    report("spoken forms right", f"{right / len(every):.1%} of {len(every)}", rows)
    return {"right": right, "n": len(every)}


def main() -> None:
    """Measure all parts and print them."""
    parser = argparse.ArgumentParser(prog="tests.bench.voice", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    parser.add_argument(
        "--only", default="speed,beside,equality,sound,forms", help="parts, with commas between"
    )
    given = parser.parse_args()
    cache, rows, began = cache_folder(), list[Row](), time.monotonic()
    ensure_joe(cache, lambda what, share: print(f"{share:4.0%} {what}", flush=True))
    print(f"load before: {os.getloadavg()[0]:.1f}\n")
    found: dict[str, Any] = {}
    parts: Mapping[str, Callable[[], Any]] = {
        "speed": lambda: speed(rows, given.quick),
        "beside": lambda: beside(rows, given.quick),
        "equality": lambda: equality(rows, cache),
        "forms": lambda: right_forms(rows),
    }
    for name in given.only.split(","):
        if name in parts:
            found[name] = parts[name]()
    if "sound" in given.only:
        found["sound"], prompts = sound(rows, cache, given.quick)
        found["judged"] = judgement(rows, cache, prompts, given.quick)
    print(f"\n{time.monotonic() - began:.0f} s; load after: {os.getloadavg()[0]:.1f}")
    if given.json:
        with suppress(FileExistsError):
            given.json.parent.mkdir(parents=True)
        given.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
