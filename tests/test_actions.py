"""What a dialogue asks of the world reaches the right peer, with secrets that only the flow can name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from ivr_ari.actions import Actions, Asker, secret_headers
from ivr_ari.adapters.http_backend import HttpRequest
from ivr_ari.dialogue.flow import Action, Flow
from ivr_ari.dialogue.steps import Field
from ivr_ari.errors import BackendFailed, CallGone
from ivr_ari.events import ActionDone, ActionFailed, Inquire, Json, Perform, Query, Secret
from ivr_ari.vault import Vault

FLOW = Flow(
    "bank",
    "en",
    "d1",
    "",
    actions={
        "charge": Action("charge", "crm", "POST", headers={"X-Key": ("secret crm-key",)}),
        "note": Action("note", "notes", "POST", headers={"X-Note": (Field("note"),)}),
    },
)


class World:
    """Everything outside, answering what a test says."""

    def __init__(self) -> None:
        self.requests: list[HttpRequest] = []
        self.queries: list[tuple[str, Mapping[str, str], int]] = []
        self.inquiries: list[tuple[str, Inquire]] = []
        self.answer: dict[str, Json] = {"ok": True}
        self.error: BackendFailed | CallGone | None = None

    def answered(self) -> dict[str, Json]:
        if self.error:
            raise self.error
        return self.answer

    async def perform(self, request: HttpRequest) -> dict[str, Json]:
        self.requests.append(request)
        return self.answered()

    async def look_up(
        self, sql: str, parameters: Mapping[str, str], *, deadline_ms: int = 4000
    ) -> dict[str, Json]:
        self.queries.append((sql, parameters, deadline_ms))
        return self.answered()

    async def inquire(self, channel: str, inquiry: Inquire) -> dict[str, Json]:
        self.inquiries.append((channel, inquiry))
        return self.answered()


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def actions(world: World) -> Actions:
    return Actions({"crm": world, "notes": world}, {"orders": world}, world, {"crm-key": "hunter2"})


@pytest.fixture
def vault() -> Vault:
    return Vault()


@pytest.fixture
def asker(vault: Vault) -> Asker:
    return Asker("ivr-1", "c1", secret_headers(FLOW), vault.open)


CHARGE = Perform("a1", "crm", "POST", "/charges", headers={"X-Key": "secret crm-key"})


async def test_request_with_secrets(actions: Actions, world: World, asker: Asker, vault: Vault) -> None:
    """
    The caller's PIN and the house's key are put in at the last moment; a repeated request has one key.
    """
    pin = vault.put("9201", "pin", "pin")

    done = await actions.carry(replace(CHARGE, body={"pin": pin, "cents": 4219}, once="f00"), asker)

    (request,) = world.requests
    assert done == ActionDone("a1", {"ok": True})
    assert request.body == {"pin": "9201", "cents": 4219}
    assert request.headers == {"X-Key": "hunter2"}
    assert request.idempotency_key == "ivr-1-f00"


async def test_a_caller_cannot_name_a_secret(actions: Actions, world: World, asker: Asker) -> None:
    """
    Who says "secret crm-key" where a note is asked for has dictated a note.
    """
    await actions.carry(Perform("a1", "notes", "POST", "/n", headers={"X-Note": "secret crm-key"}), asker)

    assert world.requests[0].headers == {"X-Note": "secret crm-key"}


async def test_a_header_is_one_line(actions: Actions, world: World, asker: Asker) -> None:
    """
    No value ends its header and begins another.
    """
    await actions.carry(Perform("a1", "notes", "GET", "/n", headers={"X-Note": "a\r\nX-Evil: 1"}), asker)

    assert world.requests[0].headers == {"X-Note": "aX-Evil: 1"}


async def test_secret_that_is_not_there(world: World, asker: Asker) -> None:
    """
    A request without its key would only be refused, or be taken for somebody else's.
    """
    actions = Actions({"crm": world}, {}, world, {})

    assert await actions.carry(CHARGE, asker) == ActionFailed("a1", "http.secret")
    assert world.requests == []


async def test_query(actions: Actions, world: World, asker: Asker, vault: Vault) -> None:
    """
    A look-up gets its parameters bound, secrets among them.
    """
    account = vault.put("41007239", "pii", "account")

    await actions.carry(Query("a1", "orders", "SELECT 1", {"account": account}, deadline_ms=700), asker)

    assert world.queries == [("SELECT 1", {"account": "41007239"}, 700)]


async def test_inquiry(actions: Actions, world: World, asker: Asker) -> None:
    """
    The PBX is asked on the call's own channel.
    """
    inquiry = Inquire("a1", "queue", "support")

    assert await actions.carry(inquiry, asker) == ActionDone("a1", {"ok": True})
    assert world.inquiries == [("c1", inquiry)]


@pytest.mark.parametrize(
    ("error", "failed"),
    [
        (BackendFailed("http.refused", status=404), ActionFailed("a1", "http.refused", 404)),
        (BackendFailed("backend.open", status=0), ActionFailed("a1", "backend.open")),
        (CallGone("ari.gone", status="?"), ActionFailed("a1", "ari.gone")),
    ],
)
async def test_failures_are_events(
    actions: Actions, world: World, asker: Asker, error: BackendFailed, failed: ActionFailed
) -> None:
    """
    The flow decides what a failure means.
    """
    world.error = error

    assert await actions.carry(CHARGE, asker) == failed


async def test_unknown_peers(actions: Actions, asker: Asker) -> None:
    """
    A flow of before may name what the settings have no more.
    """
    assert await actions.carry(Perform("a1", "gone", "GET", "/"), asker) == ActionFailed("a1", "http.unknown")
    assert await actions.carry(Query("a1", "gone", "SELECT 1"), asker) == ActionFailed("a1", "sql.unknown")


async def test_digits_of_another_process(actions: Actions, world: World, asker: Asker) -> None:
    """
    After a restart the vault is empty: nothing is sent, and certainly no handle.
    """
    failed = await actions.carry(replace(CHARGE, body={"pin": Secret("pin-1", 4)}), asker)

    assert failed == ActionFailed("a1", "vault.unknown")
    assert world.requests == []


async def test_logs_hold_no_values(actions: Actions, world: World, asker: Asker, vault: Vault) -> None:
    """
    A failed action is logged by peer, code and status.
    """
    world.error = BackendFailed("http.status", status=500)
    pin = vault.put("9201", "pin", "pin")

    with capture_logs() as lines:
        await actions.carry(replace(CHARGE, path="/accounts/41007239", body={"pin": pin}), asker)

    assert not [secret for secret in ("9201", "41007239", "hunter2") if secret in str(lines)]
    assert lines[0]["backend"] == "crm"
