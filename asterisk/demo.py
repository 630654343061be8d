"""
``make demo``: a robot caller talks with the demo bank, on a real Asterisk, and what happens is printed.

Call 1 speaks, call 2 uses the keypad only, then the service is full, draining, stopped. Every figure
printed was measured in the call it stands beside: from the last voiced sample the robot sent to the first
packet of the answer above -45 dBFS that reached it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from rich.console import Console

from ivr_ari.adapters.redis_store import RedisStore
from ivr_ari.commands.prompt_desk import Desk
from ivr_ari.errors import IvrError, SetupError
from ivr_ari.models import cache_folder
from ivr_ari.robot.clips import Clips, program_voice
from ivr_ari.robot.conversation import Heard, HungUp, Keyed, Outcome, Spoke, TalkEvent, converse, prepare
from ivr_ari.robot.listen import VoskListener
from ivr_ari.robot.phone import Phone
from ivr_ari.robot.script import load_script
from ivr_ari.sounds.files import SoundFiles
from ivr_ari.voices import ensure_joe

from .coordinates import Lab
from .instance import running
from .stage import MODEL, ROOT, Stage, staged

CONVERSATIONS = Path(__file__).parent / "conversations"
CALLERS = ROOT / "tests" / "data" / "callers"

console = Console(highlight=False, soft_wrap=True)


def progress(line: str) -> None:
    console.print(f"[dim]{time.strftime('%H:%M:%S')} {line}[/dim]")


def share(what: str, part: float) -> None:
    progress(f"{what} {part:.0%}")


# --- printing a call ----------------------------------------------------------------------------------------


class Show:
    """Prints a call as it happens: what the robot does and hears, and what the service understood."""

    def __init__(self, stage: Stage) -> None:
        self._store = RedisStore(stage.redis.url)
        self._app = stage.lab.app
        self._call_id = ""
        self._shown = 0
        self._before: set[str] = set()

    async def begin(self) -> None:
        self._before = await self._store.calls(self._app)

    def tell(self, event: TalkEvent) -> None:
        match event:
            case Heard(text, answer_ms):
                figure = f"[green]{answer_ms:5.0f} ms[/green]" if answer_ms is not None else "        "
                console.print(f"{figure}  [bold]service[/bold]  {text or '(not a word recognised)'}")
            case Spoke(text):
                console.print(f"          [cyan]caller[/cyan]   {text or '(something secret)'}")
            case Keyed(count):
                console.print(f"          [cyan]caller[/cyan]   ({count} keys)")
            case HungUp(by):
                console.print(f"          [dim]hung up by {by}[/dim]")

    async def follow(self) -> None:
        """Print what is written about the call in Redis, as it is written."""
        while True:
            await asyncio.sleep(0.1)
            await self.look()

    async def look(self) -> None:
        if not self._call_id:
            fresh = await self._store.calls(self._app) - self._before
            self._call_id = next(iter(fresh), "")
        if self._call_id:
            lines = await self._store.events(self._call_id)
            for line in lines[self._shown :]:
                self._understood(json.loads(line))
            self._shown = len(lines)

    def _understood(self, event: dict[str, object]) -> None:
        if event["event"] != "Understood":
            return
        meaning = event["meaning"]
        assert isinstance(meaning, dict)
        values = [f"{v.get('slot') or v['kind']}={_shown(v['value'])}" for v in meaning.get("values", ())]
        requests = [request["intent"] for request in meaning.get("requests", ())]
        console.print(f"          [yellow]heard[/yellow]    {event.get('words', '')}")
        what = " ".join(filter(None, [" + ".join(requests), *meaning.get("acts", ()), *values]))
        console.print(f"          [yellow]meaning[/yellow]  {what or '(nothing)'}")

    async def record(self) -> dict[str, object]:
        """The hand-over record as an agent's screen would read it."""
        record: dict[str, object] = json.loads(await self._store.handover(self._call_id))
        return record

    async def end(self) -> None:
        await self.look()
        await self._store.close()


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return f"({value['length']} digits{', …' + value['last'] if value.get('last') else ''})"
    return str(value)


async def hold(
    stage: Stage, phone: Phone, number: str, name: str
) -> tuple[Outcome, dict[str, object] | None]:
    """Dial and hold one scripted conversation; returns the hand-over record if there was one."""
    script = load_script(CONVERSATIONS / f"{name}.yaml")
    sentences = prepare(script, Clips.load(CALLERS, synthesise=program_voice()))
    show = Show(stage)
    await show.begin()
    began = time.monotonic()
    call = await phone.dial(number)
    console.print(f"[dim]answered after {1000 * (time.monotonic() - began):.0f} ms[/dim]")
    following = asyncio.create_task(show.follow())
    try:
        outcome = await converse(call, script, sentences, VoskListener(MODEL), tell=show.tell)
    finally:
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
    record = None
    with suppress(KeyError):
        await show.look()
        record = await show.record()
    await call.hangup()
    await show.end()
    return outcome, record


# --- the acts --------------------------------------------------------------------------------------------


def heading(text: str) -> None:
    console.print(f"\n[bold]== {text}[/bold]")


async def spoken(stage: Stage, phone: Phone) -> Outcome:
    """Two requests in one breath, a correction, a question in between, and a person who takes over."""
    heading("Call 1: a caller speaks")
    async with Phone("agent", stage.lab.phones["agent"], (stage.lab.sip_host, stage.lab.sip_port)) as agent:
        await agent.register()
        answering = asyncio.create_task(_answer(agent))
        outcome, record = await hold(stage, phone, "600", "spoken")
        try:
            header = await asyncio.wait_for(answering, 5)
        except TimeoutError:
            raise SystemExit("the agent's telephone never rang: the hand-over did not happen") from None
    console.print(f"          [magenta]agent[/magenta]    answered; X-IVR-Context: {header}")
    if record:
        lines = record.pop("transcript", [])
        assert isinstance(lines, list)
        shown = {name: record.get(name) for name in ("who", "reason", "tasks", "slots")}
        console.print(f"          [magenta]screen[/magenta]   {json.dumps(shown)}")
        console.print(f"          [magenta]screen[/magenta]   and the transcript, {len(lines)} lines")
    return outcome


async def _answer(agent: Phone) -> str:
    call = await agent.incoming()
    header = call.header("X-IVR-Context")
    await call.answer()
    return header


async def fallbacks(stage: Stage, phone: Phone) -> None:
    """The service is full, draining, stopped: the caller lands in the old menu, or hears its prompts."""
    heading("Calls 3 to 7: the service is full, draining, stopped")
    first = await phone.dial("600")
    await _lands_in_menu(phone, "full")
    await asyncio.to_thread(stage.drain)
    await _lands_in_menu(phone, "draining")
    await first.hangup()
    await asyncio.to_thread(lay_out, stage.lab)
    await asyncio.to_thread(stage.stop)
    await _lands_in_menu(phone, "stopped")
    await _same_voice(phone)


async def _lands_in_menu(phone: Phone, why: str) -> None:
    began = time.monotonic()
    call = await phone.dial("600")
    heard = await call.first_audio_after(time.monotonic())
    console.print(f"  service {why:9} the old menu speaks {1000 * (heard - began):.0f} ms after INVITE")
    await call.hangup()


async def _same_voice(phone: Phone) -> None:
    """Without the service, and without a menu: the flow's own prompts, played by Asterisk."""
    listener = VoskListener(MODEL)
    call = await phone.dial("640")
    await call.ended()
    for sound in call.ear.sounds:
        listener.hear(sound.pcm)
    console.print(f"  service stopped   its prompts are played by Asterisk: [bold]{listener.finish()}[/bold]")


def lay_out(lab: Lab) -> None:
    """Give the PBX the demo bank's prompts as files: those that were made by now."""
    if lab.external:
        return
    desk = Desk.open(ROOT / "flows" / "bank.yaml", None, ())
    files = SoundFiles.read(lab.sounds)
    written = [sound for plan in desk.plans for sound in plan.write(files)]
    files.save()
    progress(f"{len(written)} prompts of the demo bank are files of the PBX now")


def summary(outcomes: Sequence[Outcome]) -> None:
    answers = sorted(ms for outcome in outcomes for ms in outcome.answers_ms)
    heading("Answer times, end of the caller's speech or keys to first audio of the answer")
    if answers:
        p95 = answers[min(len(answers) - 1, int(0.95 * len(answers)))]
        console.print(f"  {len(answers)} turns: median {statistics.median(answers):.0f} ms, p95 {p95:.0f} ms")
    for outcome in outcomes:
        if missing := [name for name in outcome.unused if name and name != "again"]:
            raise SystemExit(f"the conversation did not go as planned, never reached: {', '.join(missing)}")


async def acts(stage: Stage) -> None:
    lab = stage.lab
    async with Phone("caller", lab.phones["caller"], (lab.sip_host, lab.sip_port)) as phone:
        await phone.register()
        first = await spoken(stage, phone)
        heading("Call 2: a caller uses the keypad")
        second, _ = await hold(stage, phone, "600", "keypad")
        summary([first, second])
        await fallbacks(stage, phone)


# --- the stage -------------------------------------------------------------------------------------------


def keep(stage: Stage) -> None:
    """Leave everything running and say how to get in."""
    lab = stage.lab
    heading("The lab stays up. Register a telephone of your own:")
    console.print(
        f"  server {lab.softphone_host}:{lab.softphone_port} (UDP)  user softphone  "
        f"password {lab.phones['softphone']}"
    )
    console.print(
        "  600 the demo bank (account 4100 7239, PIN 9201)   610 clinic   620 shop   630 a restaurant   "
        "9901 echo   9902 read-back   9903 keys   9904 latency"
    )
    console.print(f"  service log {stage.log}   health {stage.health_url}/ready   Ctrl-C ends it all")
    with suppress(KeyboardInterrupt):
        while True:
            time.sleep(3600)


def require(lab: Lab, *, stay: bool) -> None:
    """SetupError that names what a PBX which is not a lab of ours did not tell about itself."""
    phones = ["caller", "agent", *(["softphone"] if stay else [])]
    missing = [f"phones.{name}" for name in phones if name not in lab.phones]
    missing += [name for name in ("media_first", "media_last", "web_port") if not getattr(lab, name)]
    if missing:
        raise SetupError(
            "demo.pbx",
            missing=", ".join(missing),
            hint="the demo needs IVR_PBX=FILE.json with these keys: docs/attach.md",
        )


def run(lab: Lab, *, stay: bool, engine: str) -> None:
    require(lab, stay=stay)
    progress(f"Asterisk {lab.version} answers on {lab.sip_host}:{lab.sip_port}")
    ensure_joe(cache_folder(), share)
    with staged(lab) as stage:
        progress("Redis and the demo's backends are up")
        stage.start(progress, limits={"max_calls": 1}, voice={"engine": engine})
        progress("the service is ready; one call at a time is its limit here")
        asyncio.run(acts(stage))
        if stay:
            stage.start(progress, voice={"engine": engine})
            keep(stage)


def main() -> None:
    parser = argparse.ArgumentParser(prog="asterisk.demo", description="the demo")
    parser.add_argument(
        "--keep", action="store_true", help="leave the lab running for a telephone of your own"
    )
    parser.add_argument("--bind", default="127.0.0.1", help="address at which your telephone registers")
    parser.add_argument(
        "--engine", choices=("coqui", "onnx", "auto"), default="coqui", help="what speaks: coqui-tts itself"
    )
    given = parser.parse_args()
    try:
        external = Lab.from_env()
        if external:
            run(external, stay=given.keep, engine=given.engine)
            return
        progress("bringing up the lab PBX (the first time: about two minutes)")
        with running("demo", bind=given.bind) as lab:
            run(lab, stay=given.keep, engine=given.engine)
    except IvrError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
