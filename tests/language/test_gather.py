"""A flow of several files: parts, translations, and what goes before what."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ivr_ari.dialogue.flow import Flow
from ivr_ari.errors import FlowError
from ivr_ari.language.load import examine, load_flow, parse_bundle

from ..dialogue.small import SMALL

PART = """\
use: words.yaml
translations: {es: es.yaml, fr: fr.yaml}
anywhere:
  person: {key: "9"}
  repeat: {key: "8"}
prompts:
  hello: Hello from the part.
  bye: Good-bye.
"""


def write(folder: Path, flow: str, **files: str) -> Path:
    """Write a flow and files under ``parts/``; return the flow's path."""
    (folder / "parts").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "parts" / f"{name}.yaml").write_text(text)
    path = folder / "small.yaml"
    path.write_text(flow)
    return path


def small(folder: Path) -> Flow:
    """Return the small flow with a part, a part of that part and their Spanish words."""
    top = "flow: small\nuse: parts/part.yaml\ntranslations: {es: parts/own.yaml}\n"
    path = write(
        folder,
        SMALL.replace("flow: small\n", top),
        part=PART,
        words="prompts:\n  bye: Bye from the words.\n  thanks: Thanks.\n",
        es="language: es\nprompts: {bye: Adiós., hello: Hola de la parte.}\n",
        own="language: es\nprompts: {hello: Hola.}\n",
    )
    return load_flow(path)


class TestParts:
    def test_the_flow_goes_before_its_parts(self, tmp_path: Path) -> None:
        """
        What the flow declares counts, then what its part does, then what the part of the part does.
        """
        flow = small(tmp_path)

        said = {name: flow.prompts[name].variants for name in ("hello", "bye", "thanks")}
        assert said == {"hello": (("Hello.",),), "bye": (("Good-bye.",),), "thanks": (("Thanks.",),)}

    def test_commands_are_put_together_one_by_one(self, tmp_path: Path) -> None:
        """
        A part's key for one command stays when the flow only speaks of another.
        """
        flow = small(tmp_path)

        assert {name: item.key for name, item in flow.anywhere.items()} == {"person": "0", "repeat": "8"}
        assert flow.anywhere["person"].target == "agent"

    def test_translations_come_together_too(self, tmp_path: Path) -> None:
        """
        The flow's own translation goes before the part's; a language the flow does not have is not read.
        """
        flow = small(tmp_path)

        assert flow.languages == ("en", "es")
        assert flow.wordings["es"].prompts["hello"].variants == (("Hola.",),)
        assert flow.wordings["es"].prompts["bye"].variants == (("Adiós.",),)

    def test_the_source_holds_all_files(self, tmp_path: Path) -> None:
        """
        What is stored of a flow is enough to make it again, and any file changes its digest.
        """
        flow = small(tmp_path)

        names = ["small.yaml", "parts/part.yaml", "parts/words.yaml", "parts/own.yaml", "parts/es.yaml"]
        assert list(json.loads(flow.source)) == names
        assert parse_bundle(flow.source) == flow
        (tmp_path / "parts" / "words.yaml").write_text("prompts: {thanks: Many thanks.}\n")
        assert load_flow(tmp_path / "small.yaml").digest != flow.digest

    def test_a_mistake_in_a_part_names_the_part(self, tmp_path: Path) -> None:
        """
        File, line and column are those of the part, also for names that only lead nowhere in this flow.
        """
        path = write(
            tmp_path,
            SMALL.replace("flow: small\n", "flow: small\nuse: parts/part.yaml\n"),
            part="""\
prompts:
  one: "Your {numbr}."
  two: {}
""",
        )

        assert [str(problem) for problem in examine(path).problems] == [
            f"{tmp_path}/parts/part.yaml:2:8: there is no slot 'numbr': did you mean 'number'?",
            f"{tmp_path}/parts/part.yaml:3:3: prompt 'two' has no 'say'",
        ]

    @pytest.mark.parametrize(
        "path",
        [
            "/etc/passwd",
            "../outside.yaml",
            "parts/../../outside.yaml",
            "parts/link.yaml",
            "parts",
            "none.yaml",
        ],
    )
    def test_nothing_outside_the_folder_is_read(self, tmp_path: Path, path: str) -> None:
        """
        A flow reads files below its own folder only, whatever its paths and links say.
        """
        (tmp_path / "outside.yaml").write_text("prompts: {secret: You should not see this.}\n")
        folder = tmp_path / "flows"
        (folder / "parts").mkdir(parents=True)
        (folder / "parts" / "link.yaml").symlink_to(tmp_path / "outside.yaml")

        found = examine(write(folder, SMALL.replace("flow: small\n", f"flow: small\nuse: {path}\n")))

        assert found.flow is None
        assert [(problem.line, problem.column) for problem in found.problems] == [(2, 6)]
        assert "should not" not in str(found.problems)


class TestBundle:
    @pytest.mark.parametrize("source", ["", "[]", "{}", '{"a.yaml": 1}', "flow: small"])
    def test_what_is_no_bundle_is_refused(self, source: str) -> None:
        """
        A stored source that no flow wrote is told apart from a flow with mistakes.
        """
        with pytest.raises(FlowError) as caught:
            parse_bundle(source)

        assert caught.value.code == "flow.unreadable"

    def test_a_bundle_reads_no_file(self, tmp_path: Path) -> None:
        """
        A part that is not in the bundle is not looked for anywhere else.
        """
        write(tmp_path, SMALL, part="prompts: {bye: Bye.}\n")

        with pytest.raises(FlowError) as caught:
            parse_bundle(
                json.dumps(
                    {
                        f"{tmp_path}/x.yaml": SMALL.replace(
                            "flow: small\n", "flow: small\nuse: parts/part.yaml\n"
                        )
                    }
                )
            )

        assert "there is no file" in str(caught.value)
