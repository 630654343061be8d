"""Settings: read from one file and the environment, complaining fully, showing no secret."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

import pytest
import yaml
from pydantic import BaseModel, ValidationError

from ivr_ari.config import Settings, describe, load_settings
from ivr_ari.errors import SetupError
from ivr_ari.settings import UnderstandingSettings
from ivr_ari.understanding.encoder import ENCODERS

ROOT = Path(__file__).parents[1]
ENOUGH = """\
ari: {password: open-sesame}
redis: {url: "redis://ivr:hunter2@cache.example.com:6379/1?password=tail"}
speech: {model: model}
flows: {default: bank}
"""

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a settings file beside the folders it names."""
    (tmp_path / "model").mkdir()
    (tmp_path / "flows").mkdir()

    def into_file(text: str) -> Path:
        path = tmp_path / "ivr-ari.yaml"
        path.write_text(text)
        return path

    return into_file


def problems(path: Path | None, **environ: str) -> list[str]:
    with pytest.raises(SetupError) as caught:
        load_settings(path, environ)
    assert caught.value.code == "config.problems"
    found = caught.value.facts["problems"]
    assert isinstance(found, list)
    folder = "" if path is None else f"{path.parent}/"
    return [problem.replace(folder, "") for problem in found]


class TestLoad:
    def test_little_is_needed(self, write: Write) -> None:
        """
        Four settings have no default; the rest need not be written.
        """
        settings = load_settings(write(ENOUGH), {})

        assert settings.ari.app == "ivr"
        assert settings.rtp.address == "127.0.0.1"
        assert settings.ari.password.get_secret_value() == "open-sesame"

    def test_paths_count_from_the_file(self, write: Write, tmp_path: Path) -> None:
        """
        The service may be started from anywhere.
        """
        settings = load_settings(write(ENOUGH), {})

        assert settings.speech.model == tmp_path / "model"
        assert settings.flows.folder == tmp_path / "flows"

    def test_settings_cannot_be_changed(self, write: Write) -> None:
        """
        What was checked at start stays in force.
        """
        settings = load_settings(write(ENOUGH), {})

        with pytest.raises(ValidationError):
            settings.ari.user = "other"

    def test_environment_wins(self, write: Write) -> None:
        """
        A variable overrides the file, whichever way it is written.
        """
        settings = load_settings(
            write(ENOUGH),
            {
                "IVR_ARI_PASSWORD": "1234",
                "IVR_RTP__FIRST_PORT": "41000",
                "IVR_RTP_LAST_PORT": "41999",
                "IVR_REDIS_LIFETIMES_TALK": "60",
                "IVR_FLOWS_TARGETS": "billing, fraud",
                "IVR_CACHE": "/var/cache/ivr",
                "IVR_PBX": "meant for somebody else",
                "IVR_SIP_PASSWORD": "the robot's, and much like IVR_ARI_PASSWORD",
            },
        )

        assert settings.ari.password.get_secret_value() == "1234"
        assert (settings.rtp.first_port, settings.rtp.last_port) == (41_000, 41_999)
        assert settings.redis.lifetimes.talk == 60
        assert settings.flows.targets == ("billing", "fraud")
        assert settings.cache == Path("/var/cache/ivr")

    def test_environment_alone_is_enough(self, tmp_path: Path) -> None:
        """
        A container needs no file.
        """
        settings = load_settings(
            None,
            {
                "IVR_ARI_PASSWORD": "x",
                "IVR_REDIS_URL": "unix:///run/redis.sock",
                "IVR_SPEECH_MODEL": str(tmp_path),
                "IVR_FLOWS_FOLDER": str(tmp_path),
                "IVR_FLOWS_DEFAULT": "bank",
            },
        )

        assert settings.speech.model == tmp_path

    def test_backends_have_names(self, write: Write) -> None:
        """
        A flow asks a service by its name; the token comes from the environment.
        """
        path = write(ENOUGH + "backends: {bank: {url: 'http://127.0.0.1:9000/'}}\n")

        bank = load_settings(path, {"IVR_BACKENDS__BANK__TOKEN": "t0ken"}).backends["bank"]

        assert bank.url == "http://127.0.0.1:9000"
        assert bank.token is not None
        assert bank.token.get_secret_value() == "t0ken"

    def test_ari_address_is_taken_with_or_without_its_path(self, write: Write) -> None:
        """
        Asterisk's documentation writes it both ways.
        """
        settings = load_settings(write(ENOUGH), {"IVR_ARI_URL": "https://pbx.example.com:8089/ari/"})

        assert settings.ari.url == "https://pbx.example.com:8089"

    def test_lab_needs_no_redis_and_may_fix_the_date(self, write: Write) -> None:
        """
        A lab runs without Redis, and on the same day every time.
        """
        text = "lab: true\nari: {password: x}\nspeech: {model: model}\nflows: {default: bank}\n"

        settings = load_settings(write(text + "dialogue: {today: 2026-07-15}\n"), {})

        assert settings.redis.url is None
        assert settings.dialogue.today == date(2026, 7, 15)


class TestReferences:
    def test_understanding(self, write: Write) -> None:
        """
        Encoders by language, and the region of telephone numbers.
        """
        text = ENOUGH + "understanding: {encoder: {en: multilingual}, region: GB}\n"

        settings = load_settings(write(text), {})

        assert settings.understanding.encoder == {"en": "multilingual"}
        assert settings.understanding.region == "GB"
        assert load_settings(write(ENOUGH), {"IVR_UNDERSTANDING_REGION": "ES"}).understanding.region == "ES"

    def test_encoders_are_those_of_understanding(self) -> None:
        """
        Settings are read without loading them, so their names stand twice.
        """
        hints = get_type_hints(UnderstandingSettings)
        names = get_args(get_args(hints["encoder"])[1])

        assert set(names) == set(ENCODERS)

    def test_secrets_stand_in_the_environment(self, write: Write) -> None:
        """
        The file names the variable; the variable holds the secret.
        """
        path = write(
            ENOUGH + "secrets: {crm-key: '${CRM_KEY}'}\n"
            "databases: {orders: {url: '${ORDERS}'}, stock: {url: 'sqlite:///stock.db'}}\n"
        )

        settings = load_settings(
            path,
            {
                "CRM_KEY": "hunter3",
                "ORDERS": "postgresql://ivr:hunter4@db/o",
                "IVR_DATABASES__STOCK__THREADS": "2",
            },
        )

        assert settings.secrets["crm-key"].get_secret_value() == "hunter3"
        assert settings.databases["orders"].url.get_secret_value() == "postgresql://ivr:hunter4@db/o"
        assert settings.databases["stock"].threads == 2
        shown = describe(settings) + repr(settings)
        assert not [secret for secret in ("hunter3", "hunter4") if secret in shown]

    def test_a_secret_in_the_file_is_refused(self, write: Write) -> None:
        """
        Files are copied, committed and read aloud; and no message quotes what was found.
        """
        path = write(ENOUGH + "secrets:\n  crm-key: hunter3\n  other: '${NOT_THERE}'\n")

        assert problems(path) == [
            "ivr-ari.yaml:6: secrets.crm-key: expected ${VARIABLE}; a secret does not belong into this file",
            "ivr-ari.yaml:7: secrets.other: the variable NOT_THERE is not set",
        ]


class TestFlows:
    def test_published_flows_need_no_folder(self, write: Write, tmp_path: Path) -> None:
        """
        What was published is loaded, not what is being written.
        """
        (tmp_path / "live").mkdir()
        settings = load_settings(
            write(ENOUGH.replace("{default: bank}", "{published: live, folder: none, default: bank}")), {}
        )

        assert settings.flows.source == tmp_path / "live" / "current"

    def test_folder_is_loaded_otherwise(self, write: Write, tmp_path: Path) -> None:
        """
        The files themselves.
        """
        assert load_settings(write(ENOUGH), {}).flows.source == tmp_path / "flows"

    @pytest.mark.parametrize(
        "text",
        [
            "reads: ['CALLERID(num)']",
            "queues: ['support,count)}${SHELL(id)}']",
            "devices: {desk: 'PJSIP/1)'}",
            "variables: ['SHELL(id)']",
        ],
    )
    def test_names_are_no_dialplan_functions(self, write: Write, text: str) -> None:
        """
        Whatever becomes part of an expression of the PBX is a plain name.
        """
        path = write(ENOUGH.replace("{default: bank}", f"{{default: bank, {text}}}"))

        (problem,) = problems(path)

        assert problem.startswith(f"ivr-ari.yaml:4: flows.{text.partition(':')[0]}")


class TestProblems:
    def test_all_are_listed_at_once(self, write: Write) -> None:
        """
        Each with its line; a wrong key with the likely right one.
        """
        path = write(
            "ari:\n"
            "  urll: http://pbx\n"
            "  url: pbx:8088\n"
            "rtp:\n"
            "  bind: pbx.example.com\n"
            "  codec: opus\n"
            "speach: {model: model}\n"
            "flows:\n"
            "  default: bank\n"
            "dialogue: {today: 2026-07-15}\n"
            "backends:\n"
            "  bank: {url: 'http://bank', tokn: x}\n"
        )

        assert problems(path) == [
            "ivr-ari.yaml:3: ari.url: expected http:// or https://",
            "ivr-ari.yaml:1: ari.password: required; set it here or as IVR_ARI_PASSWORD",
            "ivr-ari.yaml:2: ari.urll: unknown key, did you mean url?",
            "ivr-ari.yaml:5: rtp.bind: Input is not a valid IPv4 address",
            "ivr-ari.yaml:6: rtp.codec: Input should be 'ulaw', 'alaw' or 'slin'",
            "ivr-ari.yaml: redis: url: required outside a lab; set it here or as IVR_REDIS_URL",
            "ivr-ari.yaml: speech.model: required; set it here or as IVR_SPEECH_MODEL",
            "ivr-ari.yaml:10: dialogue.today: a fixed date is for a lab (lab: true)",
            "ivr-ari.yaml:12: backends.bank.tokn: unknown key, did you mean token?",
            "ivr-ari.yaml:7: speach: unknown key, did you mean speech?",
        ]

    def test_variable_is_named(self, write: Write) -> None:
        """
        A wrong value from the environment is not looked for in the file.
        """
        assert problems(write(ENOUGH), IVR_HTTP_PORT="web", IVR_REDIS_URI="redis://x") == [
            "IVR_REDIS_URI: no such setting, did you mean IVR_REDIS_URL?",
            "IVR_HTTP_PORT: http.port: Input should be a valid integer, unable to parse string as an integer",
        ]

    def test_values_are_never_quoted(self, write: Write) -> None:
        """
        A password in the wrong field does not reach a terminal or a log.
        """
        path = write(
            ENOUGH + "http: {port: s3cret}\nrtp: {bind: s3cret, codec: s3cret}\nvoice: {name: s3cret!}\n"
        )

        with pytest.raises(SetupError) as caught:
            load_settings(path, {"IVR_ARI_URL": "s3cret", "IVR_REDIS_URL": "s3cret"})

        assert "s3cret" not in str(caught.value)
        assert "s3cret" not in repr(caught.value.facts)

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("ari: [1\n", "ivr-ari.yaml:2: not YAML: expected ',' or ']', but got '<stream end>'"),
            ("- ari\n", "ivr-ari.yaml:1: expected sections such as 'ari:'"),
            (ENOUGH + "ari: {password: again}\n", "ivr-ari.yaml:5: ari: given twice"),
            (ENOUGH + "http: {port: 1, port: 2}\n", "ivr-ari.yaml:5: http.port: given twice"),
            (ENOUGH + "http: 8080\n", "ivr-ari.yaml:5: http: expected keys and values below it"),
            (
                ENOUGH + "rtp: {bind: 0.0.0.0}\n",
                "ivr-ari.yaml:5: rtp: bind is 0.0.0.0, so advertise must say where",
            ),
            (
                ENOUGH + "rtp: {first_port: 9, last_port: 8}\n",
                "ivr-ari.yaml:5: rtp: last_port lies before first_port",
            ),
            (
                ENOUGH + "limits: {max_calls: 500}\n",
                "limits.max_calls: 500 calls, but rtp has 100 even ports",
            ),
            (
                ENOUGH + "dialogue: {today: 2026-02-31}\n",
                "ivr-ari.yaml:5: dialogue.today: not a value YAML knows",
            ),
            (
                ENOUGH.replace("{model: model}", "{model: nowhere}"),
                "ivr-ari.yaml:3: speech.model: no such folder",
            ),
            (ENOUGH.replace("redis://", "http://"), "ivr-ari.yaml:2: redis.url: expected redis://"),
            (
                ENOUGH + "voice: {engine: espeak}\n",
                "ivr-ari.yaml:5: voice.engine: espeak is a voice: voice.name: espeak",
            ),
            (
                ENOUGH + "voice: {lexicon: words.yaml}\n",
                "ivr-ari.yaml:5: voice.lexicon: no such file",
            ),
            (
                ENOUGH + "understanding: {encoder: {es: minilm}}\n",
                "ivr-ari.yaml:5: understanding.encoder: es: minilm knows English only; take multilingual",
            ),
            (
                ENOUGH + "understanding: {encoder: {en: bert}}\n",
                "ivr-ari.yaml:5: understanding.encoder.en: Input should be ",
            ),
            (
                ENOUGH + "understanding: {region: XX}\n",
                "ivr-ari.yaml:5: understanding.region: no region of telephone numbers",
            ),
            ("a\x00b", "ivr-ari.yaml: not YAML: a character that no text has"),
        ],
    )
    def test_each_is_told(self, write: Write, text: str, says: str) -> None:
        """
        What is wrong, and where.
        """
        assert [problem for problem in problems(write(text)) if says in problem]

    def test_missing_file(self, tmp_path: Path) -> None:
        """
        A file that is not there is one of the problems.
        """
        assert "ivr-ari.yaml: No such file or directory" in problems(tmp_path / "ivr-ari.yaml")


class TestDescribe:
    def test_shows_what_is_in_force(self, write: Write) -> None:
        """
        Defaults included, in the file's own form.
        """
        shown = yaml.safe_load(describe(load_settings(write(ENOUGH), {"IVR_LIMITS_MAX_CALLS": "7"})))

        assert shown["limits"]["max_calls"] == 7
        assert shown["http"] == {"host": "127.0.0.1", "port": 8090}
        assert list(shown) == list(Settings.model_fields)

    def test_shows_no_secret(self, write: Write) -> None:
        """
        Neither a password nor a token, and of the Redis address only where it leads.
        """
        path = write(ENOUGH + "backends: {bank: {url: 'http://b', token: t0ken}}\n")
        settings = load_settings(path, {})

        shown = describe(settings)

        for secret in ("open-sesame", "hunter2", "t0ken", "tail"):
            assert secret not in shown
            assert secret not in repr(settings)
        assert "redis://********@cache.example.com:6379/1" in shown


class TestSample:
    def test_sample_file_says_the_defaults(self, tmp_path: Path) -> None:
        """
        The file an admin copies is right, knows every section, and lies about no default.
        """
        sample = (ROOT / "asterisk" / "samples" / "ivr-ari.yaml").read_text()
        assert "model: /var/cache/ivr-ari/models/" in sample
        sample = sample.replace("model: /var/cache/ivr-ari/", "model: ")
        for folder in ("flows", "models/vosk-model-small-en-us-0.15"):
            (tmp_path / folder).mkdir(parents=True)
        path = tmp_path / "ivr-ari.yaml"
        path.write_text(sample)

        given = load_settings(path, {"IVR_ARI_PASSWORD": "x", "IVR_REDIS_URL": "redis://127.0.0.1"})
        least = load_settings(
            None,
            {
                "IVR_ARI_PASSWORD": "x",
                "IVR_REDIS_URL": "redis://127.0.0.1",
                "IVR_CACHE": "/var/cache/ivr-ari",
                "IVR_SPEECH_MODEL": str(given.speech.model),
                "IVR_FLOWS_FOLDER": str(given.flows.folder),
                "IVR_FLOWS_DEFAULT": "bank",
            },
        )

        assert given == least
        assert set(yaml.safe_load(sample)) == set(Settings.model_fields)


class TestDocs:
    def test_every_setting_is_explained(self) -> None:
        """
        The table in the docs has each setting with its variable, and no others.
        """
        table = (ROOT / "docs" / "configuration.md").read_text()
        rows = {
            tuple(cell.strip(" `") for cell in line.split("|")[1:3])
            for line in table.splitlines()
            if "| `IVR" in line
        }

        names = set(leaves(Settings))
        assert rows == {(name, "IVR_" + name.upper().replace(".", "_")) for name in names}


def leaves(model: type[BaseModel], before: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = field.annotation
        if get_origin(inner) is Mapping:
            continue  # a table of its own
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from leaves(inner, f"{before}{name}.")
        else:
            yield before + name
