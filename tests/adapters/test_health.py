"""Health and readiness over HTTP."""

import aiohttp
import pytest

from ivr_ari.adapters.health import HealthServer
from ivr_ari.errors import SetupError


async def get(port: int, path: str) -> tuple[int, object]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.json()


class TestHealthServer:
    @pytest.mark.parametrize(("ready", "status"), [(True, 200), (False, 503)])
    async def test_readiness_is_a_status(self, ready: bool, status: int) -> None:
        """
        A load balancer looks at the status alone; a person reads the state.
        """
        async with HealthServer("127.0.0.1", 0, lambda: (ready, {"calls": 3})) as server:
            assert await get(server.port, "/ready") == (status, {"calls": 3})
            assert await get(server.port, "/health") == (200, {"calls": 3})

    async def test_taken_port_is_said_plainly(self) -> None:
        """
        The sentence names the port and what to set.
        """
        async with HealthServer("127.0.0.1", 0, lambda: (True, {})) as first:
            with pytest.raises(SetupError) as caught:
                await HealthServer("127.0.0.1", first.port, lambda: (True, {})).__aenter__()

        assert caught.value.code == "http.port"
        assert caught.value.facts["port"] == first.port
        assert "set http.host and http.port" in str(caught.value)
