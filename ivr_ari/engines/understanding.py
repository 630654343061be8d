"""
Worker: words in, meanings out. ``python -m ivr_ari.engines.understanding``

In: ``load`` {flow, words}, *words* a list with the flow's own language first; ``understand`` {call, id,
flow, heard, expect, today}; ``forget`` {flow}. Out: ``loaded`` {flow, damaged, unwritten} or ``refused``
{flow, error}; ``meaning`` {call, id, meaning}.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import NoReturn

from ..errors import EngineFailed, FlowError, SetupError
from ..events import Expect, Heard, Meaning
from ..understanding.flow_words import FlowWords
from ..understanding.spacy_nlu import Understander
from .codec import error_to_json, from_json, to_json
from .serve import FAULTS, Inbox, Port, State, arguments, serve
from .wire import Message

__all__ = ["UnderstandingWork"]

LOAD_S = 120.0
"""A flow's examples may take so long to be learnt."""


class UnderstandingWork:
    """Understanding in one thread: an utterance takes 10 to 20 ms."""

    def __init__(self, cache: Path | None = None) -> None:
        """*cache* keeps what is learnt; see `Understander`."""
        self._cache = cache
        self._inboxes = (Inbox(),)
        self._flows: dict[str, dict[str, Understander]] = {}
        """By language, the flow's own first."""

    def load(self, port: Port) -> None:
        """The libraries were loaded by the import; flows are loaded when they are known."""

    def run(self, port: Port) -> NoReturn:
        inbox = self._inboxes[0]
        while True:
            message = inbox.take()
            match message.kind:
                case "load":
                    inbox.pulse.beat(LOAD_S)
                    self._load(message, port)
                case "forget":
                    self._flows.pop(message.text("flow"), None)
                case "understand":
                    self._understand(message, port)

    def state(self) -> State:
        return State.of(self._inboxes)

    def take(self, message: Message) -> None:
        self._inboxes[0].put(message)

    def _load(self, message: Message, port: Port) -> None:
        flow = message.text("flow")
        try:
            self._flows.pop(flow, None)
            told = from_json(tuple[FlowWords, ...], message.fields.get("words"))
            self._flows[flow] = {words.language: Understander(words, cache=self._cache) for words in told}
        except (EngineFailed, FlowError, SetupError) as exc:
            port.send("refused", flow=flow, error=error_to_json(exc))
            return
        learning = [understander.learning for understander in self._flows[flow].values()]
        damaged = any(one.damaged for one in learning)
        port.send("loaded", flow=flow, damaged=damaged, unwritten=any(one.unwritten for one in learning))

    def _understand(self, message: Message, port: Port) -> None:
        heard = from_json(Heard, message.fields.get("heard"))
        expect = from_json(Expect, message.fields.get("expect"))
        meaning = Meaning()
        try:
            languages = self._flows[message.text("flow")]
            understander = languages.get(expect.language[:2]) or next(iter(languages.values()))
            meaning = understander.understand(heard, expect, today=message.text("today"))
        except FAULTS as exc:
            # One caller's odd words must not take understanding from all others. Where it happened is
            # logged by the service; the error's text is not, for it may quote the words.
            traceback.print_exception(type(exc), None, exc.__traceback__)
        port.send("meaning", call=message.text("call"), id=message.text("id"), meaning=to_json(meaning))


def main() -> NoReturn:
    parser = arguments("understand words for the service that started this process")
    parser.add_argument("--cache", type=Path, help="folder for what is learnt")
    given = parser.parse_args()
    serve(UnderstandingWork(given.cache), given)


if __name__ == "__main__":
    main()
