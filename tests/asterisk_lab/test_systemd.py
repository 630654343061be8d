"""The systemd unit an admin copies."""

from __future__ import annotations

import configparser
from pathlib import Path

import pytest

from ivr_ari.settings import LimitSettings

UNIT = Path(__file__).parents[2] / "asterisk" / "systemd" / "ivr-ari.service"


@pytest.fixture
def unit() -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser(strict=False, comment_prefixes="#", delimiters="=")
    parser.read(UNIT)
    return parser


class TestUnit:
    def test_runs_without_privileges(self, unit: configparser.RawConfigParser) -> None:
        """
        The service is nobody's root, and cannot become it.
        """
        service = unit["Service"]

        assert service["User"] == "ivr-ari"
        assert (service["NoNewPrivileges"], service["CapabilityBoundingSet"]) == ("yes", "")

    def test_waits_for_the_drain(self, unit: configparser.RawConfigParser) -> None:
        """
        systemd kills later than the calls' own time to end.
        """
        assert int(unit["Service"]["TimeoutStopSec"]) > LimitSettings().drain_s

    def test_holds_no_secret(self, unit: configparser.RawConfigParser) -> None:
        """
        Units can be read by everybody; secrets come from a file that cannot.
        """
        assert unit["Service"]["EnvironmentFile"] == "/etc/ivr-ari/secrets"
        assert not [word for word in ("PASSWORD", "TOKEN", "REDIS_URL") if word in UNIT.read_text()]

    def test_goes_before_other_work(self, unit: configparser.RawConfigParser) -> None:
        """
        A call's packets are due every 20 ms, whatever else the machine has to do.
        """
        assert int(unit["Service"]["Nice"]) < 0
