"""One of the demo's services as the backend of a rehearsal, asked over HTTP as the service asks it."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi.testclient import TestClient

from ivr_ari.events import Action, Inquire, Perform, Secret
from ivr_ari.vault import Vault
from ivr_ari.workbench.answered import Reply


class DemoBackend:
    """Every queue has somebody ready; *paths* and *bodies* are what was asked, by action."""

    service: str

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.paths: list[tuple[str, str]] = []
        self.bodies: list[tuple[str, object]] = []

    def __call__(self, name: str, request: Action, vault: Vault) -> Reply:
        if isinstance(request, Inquire):
            return Reply({"waiting": 0, "members": 1, "ready": 1})
        assert isinstance(request, Perform)
        body = {
            field: vault.open(value) if isinstance(value, Secret) else value
            for field, value in request.body.items()
        }
        self.paths.append((name, request.path))
        self.bodies.append((name, body))
        headers = {"Idempotency-Key": request.once} if request.once else {}
        answer = self.client.request(
            request.method, f"/{self.service}{request.path}", json=body or None, headers=headers
        )
        if answer.status_code != 200:
            return Reply(status=answer.status_code, code="http.status")
        fields: Mapping[str, object] = answer.json()
        return Reply(dict(fields))  # type: ignore[arg-type]
