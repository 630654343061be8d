"""The versions that are installed: one list for the workshop, a shorter one for hosts without PyTorch."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==(\S+)", re.MULTILINE)


def pins(file: str) -> dict[str, str]:
    """Return the versions in a list by the packages' names."""
    return {plain(name): version for name, version in PIN.findall((ROOT / file).read_text())}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_a_light_host_has_the_versions_of_the_workshop() -> None:
    """
    What was tested there is what runs here.
    """
    light, everything = pins("requirements-light.lock"), pins("requirements.lock")

    assert light
    assert light.items() <= everything.items()


def test_a_light_host_has_nothing_heavy() -> None:
    """
    Neither PyTorch nor what is built upon it.
    """
    heavy = {"torch", "torchaudio", "coqui-tts", "scipy", "librosa", "transformers", "sentence-transformers"}

    assert not heavy & pins("requirements-light.lock").keys()
    assert heavy <= pins("requirements.lock").keys()


def test_a_light_host_has_all_that_the_package_asks_for() -> None:
    """
    Extras apart.
    """
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    asked = re.findall(r"^([A-Za-z0-9_.-]+)", setup["options"]["install_requires"], re.MULTILINE)

    assert {plain(name) for name in asked} <= pins("requirements-light.lock").keys()
