"""A flow can be talked to in the terminal, by a person or by a pipe."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner, Result

from ivr_ari.cli import app
from ivr_ari.commands.say_backends import services
from ivr_ari.events import Perform
from ivr_ari.language.load import load_flow
from ivr_ari.vault import Vault
from tests.small_call import TEXT

from .shell import FLOWS, WRONG_SETUP

ANSWER = '{"order": {"state": "shipped"}}'


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(TEXT.replace("language: en\n", "language: en\ntests: t.yaml\n"))
    (tmp_path / "t.yaml").write_text(f"- test: shipped already\n  backend: {{look-up: {ANSWER}}}\n")
    return path


def talk(flow: Path, lines: list[str], *options: str) -> Result:
    """Pipe *lines* into a call without a model."""
    words = ["say", str(flow), "--no-understanding", *options]
    return CliRunner().invoke(app, words, input="".join(f"{line}\n" for line in lines))


class TestTalk:
    def test_what_is_said(self, flow: Path) -> None:
        """
        Both sides, the names of prompts, and after each turn what is asked and known.
        """
        done = talk(flow, ["order", "/keys 1818#", ANSWER, "/hangup"])

        assert done.exit_code == 0
        assert done.stdout.splitlines() == [
            "ivr     Hello.  [hello]",
            "ivr     What can I do?  [what]",
            "        asks main",
            "caller  order",
            "ivr     Sure: your order.  [acknowledge]",
            "ivr     Your order number?  [ask-number]",
            "        asks number",
            "keys    1818#",
            "ivr     One moment.  [moment]",
            "action  look-up: GET shop /orders/1818?lang=en -> order.state",
            "ivr     Order one eight one eight is shipped.  [order-is]",
            "ivr     How do you rate us, from one to five?  [ask-rating]",
            "        asks rating | slots number=1818, state=shipped",
            "caller  (hangs up)",
            "        slots number=1818, state=shipped | over",
        ]

    def test_quiet(self, flow: Path) -> None:
        """
        Words alone.
        """
        done = talk(flow, ["/keys 0"], "-q")

        assert done.stdout.splitlines() == [
            "ivr     Hello.",
            "ivr     What can I do?",
            "keys    0",
            "ivr     One moment.",
            "handed over to agent (asked): asked: -",
        ]

    def test_json(self, flow: Path) -> None:
        """
        One object a turn, for programs.
        """
        done = talk(flow, ["gift"], "--json")

        greeting, turn = map(json.loads, done.stdout.splitlines())
        assert [one["prompt"] for one in greeting["said"]] == ["hello", "what"]
        assert (turn["asks"], turn["tasks"], turn["ended"]) == ("paper", ["gift"], "")

    @pytest.mark.parametrize(
        ("lines", "shown"),
        [
            (["/silence", "/silence"], "left: error"),
            (["/noise"], "ivr     Sorry?  [sorry]"),
            (["/low order"], "caller  order"),
            (["gift", "/slots", "red", "/slots"], "paper: red"),
            (["gift", "/agenda"], "now: gift"),
            (["/state"], '  "flow": '),
            (["/help"], "  /keys 123#             what the caller keys in"),
            (["/nonsense"], "  /keys 123#             what the caller keys in"),
            (["/lost speech"], "ivr     Use your keys.  [use-keys]"),
            (["/keys 0", "/unanswered busy"], "pbx     (busy)"),
            (["order", "/answer 404", "/keys 1818#"], "ivr     That is no order number.  [bad-number]"),
            (["order", "/down", "/keys 1818#"], "agent (backend)"),
            (["order", "/keys 1818#", "nonsense", ANSWER], "an answer is JSON"),
            (["order", "/keys 1818#", '{"order": {}}'], "        the answer has no field 'order.state'"),
            (["order", "/answer {}", "/keys 1818#"], "        the answer has no field 'order.state'"),
            (["order", "/keys 1818#", "/slots", ANSWER], "number: 1818"),
            (["order", "/keys 1818#", "/agenda", ANSWER], "now: order"),
        ],
    )
    def test_commands(self, flow: Path, lines: list[str], shown: str) -> None:
        """
        What is no speech begins with a stroke.
        """
        done = talk(flow, lines)

        assert done.exit_code == 0
        assert shown in done.stdout

    def test_what_cannot_be(self, flow: Path) -> None:
        """
        A turn no caller could take is told, and the call goes on.
        """
        done = talk(flow, ["/unanswered busy", "/answer what", "gift"])

        assert "rehearsal.not-handed" in done.stderr
        assert "an answer is JSON" in done.stderr
        assert "ivr     Red or blue paper?  [ask-paper]" in done.stdout

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("/keys abx", "/keys takes 0123456789*#ABCD"),
            ("/keys", "/keys takes 0123456789*#ABCD"),
            ("/lost the-way", "an engine is one of speech, understanding, voice"),
            ("/cut what half", "a share from 0 to 1"),
        ],
    )
    def test_command_written_wrongly(self, flow: Path, line: str, told: str) -> None:
        """
        Is told, and no turn of the caller.
        """
        done = talk(flow, [line])

        assert told in done.stderr
        assert len(done.stdout.splitlines()) == len(talk(flow, []).stdout.splitlines())

    def test_keys_in_groups(self, flow: Path) -> None:
        """
        Blanks between keys are not pressed.
        """
        assert "keys    1818#" in talk(flow, ["order", "/keys 18 18 #", ANSWER]).stdout

    def test_bytes_that_are_no_text(self, flow: Path) -> None:
        """
        Are words nobody understands, and the call goes on.
        """
        words = ["say", str(flow), "--no-understanding"]
        done = CliRunner().invoke(app, words, input=b"\xff\xfe\ngift\n")

        assert done.stderr == ""
        assert "ivr     Red or blue paper?  [ask-paper]" in done.stdout

    def test_interruption(self, flow: Path) -> None:
        """
        Prompts that are held can be cut.
        """
        done = talk(flow, ["/cut what 0.5", "gift"], "--hold")

        assert (done.exit_code, done.stderr) == (0, "")
        assert "Red or blue paper?" in done.stdout


@pytest.fixture
def with_headers(flow: Path) -> Path:
    """The small flow, which sends a secret of the settings and a value of the caller."""
    request = "GET /orders/{number}?lang=en\n"
    text = flow.read_text()
    assert request in text
    headers = '    headers: {X-Key: secret shop-key, X-Order: "{number}"}\n'
    flow.write_text(text.replace(request, request + headers))
    return flow


@pytest.fixture
def own_logs() -> Iterator[None]:
    """The set-up of logs is that of before, after the test."""
    handlers, level = logging.getLogger().handlers[:], logging.getLogger().level
    yield
    structlog.reset_defaults()
    logging.getLogger().handlers[:] = handlers
    logging.getLogger().setLevel(level)


@contextmanager
def shop() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A shop on this machine: its address, and the path and headers of what it is asked."""
    asked: list[dict[str, str]] = []

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append({"path": self.path, **dict(self.headers.items())})
            self.send_response(200 if self.path == "/shop/orders/1818?lang=en" else 404)
            self.end_headers()
            self.wfile.write(ANSWER.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test quiet."""

    with HTTPServer(("127.0.0.1", 0), Shop) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/shop", asked
        server.shutdown()


@pytest.mark.usefixtures("own_logs")
class TestBackends:
    def test_of_a_test(self, flow: Path) -> None:
        """
        Answers as in a conversation of the flow's tests.
        """
        done = talk(flow, ["order", "/keys 1818#"], "--test", "shipped")

        assert "ivr     Order one eight one eight is shipped.  [order-is]" in done.stdout
        assert talk(flow, [], "--test", "lost").exit_code == WRONG_SETUP

    def test_real_ones(self, flow: Path) -> None:
        """
        A service that is named is asked over HTTP, path and all.
        """
        with shop() as (url, asked):
            done = talk(flow, ["order", "/keys 1818#"], "--backend", f"shop={url}")

        assert [one["path"] for one in asked] == ["/shop/orders/1818?lang=en"]
        assert "is shipped" in done.stdout

    def test_token(self, flow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Is the variable that gives it to the service.
        """
        monkeypatch.setenv("IVR_BACKENDS__SHOP__TOKEN", "t0ken")
        with shop() as (url, asked):
            talk(flow, ["order", "/keys 1818#"], "--backend", f"shop={url}")

        assert [one["Authorization"] for one in asked] == ["Bearer t0ken"]

    def test_secrets(self, with_headers: Path) -> None:
        """
        Without settings one is missing, which is told; the request is not made without it.
        """
        with shop() as (url, asked):
            done = talk(with_headers, ["order", "/keys 1818#"], "--backend", f"shop={url}")

        assert "the secret 'shop-key' is missing" in done.stderr
        assert "        look-up: http.secret" in done.stdout.splitlines()
        assert asked == []

    def test_settings(self, with_headers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Give the address, the token and the secrets, as to the service.
        """
        monkeypatch.setenv("IVR_BACKENDS__SHOP__TOKEN", "t0ken")
        monkeypatch.setenv("SHOP_KEY", "k3y")
        config = tmp_path / "ivr.yaml"
        with shop() as (url, asked):
            config.write_text(
                f"flows: {{default: small, folder: {tmp_path}}}\nari: {{password: secret}}\n"
                f"lab: true\nspeech: {{model: {tmp_path}}}\n"
                f"backends: {{shop: {{url: '{url}'}}}}\nsecrets: {{shop-key: '${{SHOP_KEY}}'}}\n"
            )
            done = talk(with_headers, ["order", "/keys 1818#"], "--config", str(config))

        assert done.stderr == ""
        assert "is shipped" in done.stdout
        assert [(one["Authorization"], one["X-Key"], one["X-Order"]) for one in asked] == [
            ("Bearer t0ken", "k3y", "1818")
        ]

    def test_service_that_is_dead(self, flow: Path) -> None:
        """
        Its failures are counted through the call, as the service counts them.
        """
        real = services(load_flow(flow), {"shop": "http://127.0.0.1:1"}, None, {})
        asked = Perform("a1", "shop", "GET", "/orders/1818")
        codes = [real.ask(asked, Vault()).code for _ in range(6)]

        assert codes == ["http.unreachable"] * 5 + ["backend.open"]

    def test_address_that_is_none(self, flow: Path) -> None:
        """
        Told at once.
        """
        done = talk(flow, [], "--backend", "shop")

        assert (done.exit_code, done.stderr[:11]) == (WRONG_SETUP, "say.backend")


def test_flow_without_a_conversation() -> None:
    """
    There is nothing to say to an echo.
    """
    assert talk(FLOWS / "qa-echo.yaml", []).exit_code == WRONG_SETUP


def test_date_that_is_none(flow: Path) -> None:
    """
    Told at once.
    """
    done = talk(flow, [], "--today", "tomorrow")

    assert (done.exit_code, done.stderr[:9]) == (WRONG_SETUP, "say.today")


def test_language_the_flow_has_not(flow: Path) -> None:
    """
    Told at once, with those there are.
    """
    done = talk(flow, [], "--language", "fr")

    assert (done.exit_code, done.stderr[:12]) == (WRONG_SETUP, "say.language")
