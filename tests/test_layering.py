"""The stages don't know each other, and none of them knows the world."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "ivr_ari"
STAGES = ("media", "speech", "understanding", "dialogue", "prompts")
CORE = (
    *("call.py", "caller.py", "conversation.py", "floor.py", "interruption.py", "playing.py", "rhythm.py"),
    *("turn.py", "vault.py", "keypad.py", "orders.py"),
    *("slow.py", "errors.py", "record.py"),
)
WORLD = {"asyncio", "os", "random", "socket", "subprocess", "threading", "time"}

# Engine files wrap a model or a program: they block, keep files and may use threads. Only worker processes,
# and commands that do one thing and end, import them.
ENGINES = {
    "speech": {"vosk_asr.py", "vosk_pool.py", "webrtc_vad.py", "silero_vad.py"},
    "understanding": {"spacy_nlu.py", "onnx_graph.py", "pipeline.py", "learnt_cache.py"},
    "prompts": {
        "coqui_tts.py",
        "coqui_whole.py",
        "onnx_tts.py",
        "espeak.py",
        "cache.py",
        "making.py",
        "speaker.py",
    },
}
FOLDERS = [path for stage in STAGES for path in sorted((ROOT / stage).rglob("*.py"))]
VOCABULARY = sorted((ROOT / "events").glob("*.py"))
LANGUAGE = sorted((ROOT / "language").glob("*.py"))
PURE = [path for path in FOLDERS if path.name not in ENGINES.get(path.parent.name, set())]


def imports(path: Path, level: int) -> set[str]:
    """Return the first word of each module imported at a relative *level*."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level == level:
            found.add((node.module or "").split(".")[0])
        if isinstance(node, ast.Import) and level == 0:
            found |= {name.name.split(".")[0] for name in node.names}
    return found


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FOLDERS, ids=name)
def test_stage_shares_values_only(path: Path) -> None:
    """
    Outside its own folder, a stage imports events and errors only.
    """
    assert imports(path, level=len(path.relative_to(ROOT).parts)) <= {"events", "errors"}


WORDS = sorted((ROOT / "prompts" / "words").rglob("*.py"))


@pytest.mark.parametrize("path", WORDS, ids=name)
def test_words_are_found_without_a_voice(path: Path) -> None:
    """
    What turns text into words knows nothing of what speaks them.
    """
    assert not imports(path, level=len(path.relative_to(ROOT).parts) - 1)


@pytest.mark.parametrize("path", LANGUAGE, ids=name)
def test_language_builds_on_the_dialogue_only(path: Path) -> None:
    """
    What reads flows knows the values it makes; the dialogue knows nothing of files (the test above).
    """
    assert imports(path, level=2) <= {"dialogue", "events", "errors"}


@pytest.mark.parametrize("path", [*PURE, *VOCABULARY, *LANGUAGE, *(ROOT / file for file in CORE)], ids=name)
def test_core_does_not_touch_the_world(path: Path) -> None:
    """
    The core reads no clock, opens no socket, and waits for nothing.
    """
    assert not imports(path, level=0) & WORLD
    assert "async def" not in path.read_text()


@pytest.mark.parametrize("path", sorted((ROOT / "adapters").glob("*.py")), ids=name)
def test_adapter_knows_its_peer_only(path: Path) -> None:
    """
    An adapter translates one peer; it imports no stage and nothing that decides.
    """
    allowed = {"events", "errors", "config", "settings"}
    # The media stage is what the RTP socket carries.
    assert imports(path, level=2) <= allowed | ({"media"} if path.name == "rtp_socket.py" else set())


def test_only_the_owner_of_a_call_catches_everything() -> None:
    """
    A broad except hides faults; its owner may, so that a fault in a call reaches no other.

    And one has to: Vosk's binding raises plain Exception and nothing narrower.
    """
    found = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            broad = isinstance(node, ast.ExceptHandler) and (
                node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception")
            )
            if broad:
                found.add(name(path))

    assert found == {"owner.py", "speech/vosk_pool.py"}
