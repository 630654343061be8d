"""
All files of a flow read and put together: the flow itself, the parts it uses, its translations.

What the flow declares goes before what a part declares by the same name, and a part before the parts it
uses itself. Everything remembers its file, so that a mistake in a part names the part.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ..dialogue.flow import Problem
from .choice_files import ChoiceFile, read_choices
from .document import Data, Document, Path, read_document
from .explain import subject, validate
from .fields import fields_of_model
from .source import nearest
from .written import Anywhere, FlowFile, PartFile, TranslationFile
from .written_slots import Ladders
from .written_types import Written

__all__ = ["Gathered", "Read", "gather"]

Read = Callable[[str], str | None]
"""Return the text of a file by its name relative to the flow's folder, None if there is no such file."""

SECTIONS: Final = ("tasks", "answers", "intents", "types", "slots", "actions", "hours", "prompts")
COMMON: Final = ("anywhere", "ladders")
"""Sections of fixed fields, each of which can come from another file."""

KNOWN: Final = tuple(fields_of_model(FlowFile))
TRANSLATED: Final = ("prompts", "titles", "intents", "choices", "called", "after", "counts")
TRANSLATION = "@"
"""Begins a path inside a translation: ``("@es", "prompts", "greeting")``."""


@dataclass(slots=True)
class Gathered:
    """A whole flow as written. Paths are those of the flow's own file, wherever a piece comes from."""

    flow: FlowFile
    documents: list[Document]
    """The flow's own first."""

    origins: dict[tuple[str, str], Document] = field(default_factory=dict)
    """Section and name to the file that declares it."""

    translations: dict[str, TranslationFile] = field(default_factory=dict)
    """By language, with what the translations of parts add."""

    translation_documents: dict[str, list[Document]] = field(default_factory=dict)
    """By language, the flow's own first."""

    lists: dict[str, ChoiceFile] = field(default_factory=dict)
    """Choices in files of their own, by the names of the files."""

    whole: bool = True
    """Whether nothing had to be left out; if not, what seems to be missing may be there."""

    def place(self, path: Path) -> tuple[Document, Path]:
        """Return the file that *path* is in, and the path there."""
        first, second, third = (*map(str, path[:3]), "", "", "")[:3]
        if first.startswith(TRANSLATION):
            own = self.translation_documents[first.removeprefix(TRANSLATION)][0]
            return self.origins.get((first + second, third), own), path[1:]
        return self.origins.get((first, second), self.documents[0]), path

    def problem(self, path: Path, text: str, *, note: bool = False) -> None:
        document, inside = self.place(path)
        document.problem(inside, text, note=note)

    def note(self, path: Path, text: str) -> None:
        self.problem(path, text, note=True)

    def declared(self, section: str) -> set[str]:
        """Return the names a section declares, also where it, or a declaration, is written wrongly."""
        found: set[str] = set()
        for document in self.documents:
            for name, entries in document.data.items():
                if name == section or (name not in KNOWN and nearest(name, KNOWN) == section):
                    found.update(_names(entries))
        return found

    def subject(self, path: Path) -> str:
        """Name what stands at *path* as its author would."""
        document, inside = self.place(path)
        return subject(inside, document)

    @property
    def problems(self) -> list[Problem]:
        """Everything found so far, by file and line."""
        found: list[Problem] = []
        for document in self.every:
            unique = dict.fromkeys(document.problems)
            found += sorted(unique, key=lambda problem: (problem.line, problem.column))
        for listed in self.lists.values():
            found += listed.problems
        return found

    @property
    def files(self) -> dict[str, str]:
        """The texts of all files by name, the flow's own first."""
        texts = {document.name: document.text for document in self.every}
        return texts | {name: listed.text for name, listed in self.lists.items()}

    @property
    def every(self) -> list[Document]:
        """All files, the flow's own first."""
        found = [*self.documents]
        for documents in self.translation_documents.values():
            found += documents
        return found


class _Gathering:
    """The reading of one flow."""

    def __init__(self, read: Read, folder: str) -> None:
        self.read = read
        self.folder = folder
        self.documents: list[Document] = []
        self.models: list[PartFile] = []
        self.whole = True

    def open(self, name: str) -> Document | None:
        text = self.read(name)
        return None if text is None else read_document(text, posixpath.join(self.folder, name), name)

    def add(self, document: Document, kind: type[PartFile], above: tuple[str, ...] = ()) -> PartFile:
        """Read one file, and then the parts it uses."""
        model = self.check(document, kind) or kind.model_construct(_fields_set=set())
        self.documents.append(document)
        self.models.append(model)
        for place, path in enumerate(model.use):
            at: Path = ("use", place)
            name = self.resolve(document, at, path)
            if name in (*above, document.name):
                chain = " uses ".join((*above, document.name, name))
                document.problem(at, f"{path!r} is used in a circle: {chain}")
            elif name and not any(known.name == name for known in self.documents):
                part = self.open_named(document, at, name)
                if part:
                    self.add(part, PartFile, (*above, document.name))
        return model

    def check(self, document: Document, kind: type[Any]) -> Any:
        model = validate(document, kind) if document.node else None
        self.whole = self.whole and not document.problems
        return model

    def resolve(self, document: Document, at: Path, path: str) -> str:
        """Return the name of the file that *document* calls *path*; empty if it is outside the folder."""
        name = posixpath.normpath(posixpath.join(posixpath.dirname(document.name), path))
        if posixpath.isabs(path) or "\\" in path or name.split("/")[0] == "..":
            document.problem(at, f"{path!r} is outside the folder of the flow: name a file below it")
            self.whole = False
            return ""
        return name

    def open_named(self, document: Document, at: Path, name: str) -> Document | None:
        opened = self.open(name)
        if opened is None:
            beside = posixpath.join(posixpath.dirname(name), "parts", posixpath.basename(name))
            near = [beside] if self.read(beside) is not None else []
            hint = f": did you mean {near[0]!r}?" if near else " below the folder of the flow"
            document.problem(at, f"there is no file {name!r}{hint}")
            self.whole = False
        return opened


def gather(text: str, name: str, folder: str, read: Read) -> Gathered:
    """
    Return the flow in *text* with its parts and translations, and all that is wrong with them.

    *name* is the flow's file relative to *folder*, which stands before the names of files in problems.
    """
    gathering = _Gathering(read, folder)
    document = read_document(text, posixpath.join(folder, name), name)
    document.what = "the flow"
    flow = gathering.add(document, FlowFile)
    assert isinstance(flow, FlowFile)
    merged, origins = _merge(flow, gathering)
    gathered = Gathered(merged, gathering.documents, origins)
    for language in flow.translations:
        _translate(gathered, gathering, language)
    gathered.flow = _with_lists(gathered, gathering)
    gathered.whole = gathering.whole
    return gathered


def _translate(gathered: Gathered, gathering: _Gathering, language: str) -> None:
    """Read the flow's words in a language, and those of its parts; the flow's own go first."""
    words: list[TranslationFile] = []
    documents: list[Document] = []
    for model, document in zip(gathering.models, gathering.documents, strict=True):
        at: Path = ("translations", language)
        name = (
            gathering.resolve(document, at, model.translations[language])
            if language in model.translations
            else ""
        )
        other = gathering.open_named(document, at, name) if name else None
        if other is None:
            continue
        other.what = "the translation"
        read: TranslationFile | None = gathering.check(other, TranslationFile)
        if read and read.language != language:
            other.problem(("language",), f"is {read.language!r}, but {document.name} calls it {language!r}")
        words.append(read or TranslationFile(language=language))
        documents.append(other)
    if not documents:
        return
    merged: dict[str, Any] = {"language": language}
    for section in TRANSLATED:
        merged[section] = entries = {}
        for read_words, document in zip(words, documents, strict=True):
            for name, entry in getattr(read_words, section).items():
                if name not in entries:
                    entries[name] = entry
                    gathered.origins[TRANSLATION + language + section, name] = document
    gathered.translations[language] = TranslationFile.model_construct(_fields_set=set(merged), **merged)
    gathered.translation_documents[language] = documents


def _with_lists(gathered: Gathered, gathering: _Gathering) -> FlowFile:
    """Return the flow with the choices that stand in files of their own."""
    found: dict[str, dict[str, Any]] = {}
    for section in ("slots", "types"):
        for name, entry in getattr(gathered.flow, section).items():
            if not entry.choices_from:
                continue
            document, inside = gathered.place((section, name, "choices-from"))
            file = gathering.resolve(document, inside, entry.choices_from)
            if file and file not in gathered.lists:
                text = gathering.read(file)
                if text is None:
                    text = (
                        f"there is no file {file!r} below the folder of the flow, or it is no text in UTF-8"
                    )
                    document.problem(inside, text)
                    gathering.whole = False
                    continue
                gathered.lists[file] = read_choices(text, posixpath.join(gathering.folder, file), file)
            listed = gathered.lists[file].choices if file else {}
            if entry.choices:
                document.problem(inside, "choices stand either here or in the file of 'choices-from'")
            else:
                found.setdefault(section, {})[name] = entry.model_copy(update={"choices": listed})
    changed = {section: {**getattr(gathered.flow, section), **entries} for section, entries in found.items()}
    return gathered.flow.model_copy(update=changed)


def _names(entries: Data) -> Iterator[str]:
    """Yield the names in a section, which may be a list by mistake."""
    if isinstance(entries, dict):
        yield from entries
    elif isinstance(entries, list):
        for entry in entries:
            yield from (entry if isinstance(entry, dict) else ())


def _merge(flow: FlowFile, gathering: _Gathering) -> tuple[FlowFile, dict[tuple[str, str], Document]]:
    origins: dict[tuple[str, str], Document] = {}
    merged: dict[str, Any] = {}
    files = list(zip(gathering.models, gathering.documents, strict=True))
    for section in SECTIONS:
        entries: dict[str, Any] = {}
        for model, document in files:
            for name, entry in getattr(model, section).items():
                if name not in entries:
                    entries[name] = entry
                    origins[section, name] = document
        merged[section] = entries
    for section in COMMON:
        fields: dict[str, Any] = {}
        for model, document in files:
            part: Written | None = getattr(model, section)
            for name in part.model_fields_set if part else ():
                if name not in fields:
                    fields[name] = getattr(part, name)
                    origins[section, name.replace("_", "-")] = document
        kind: type[Written] = Anywhere if section == "anywhere" else Ladders
        merged[section] = kind.model_construct(_fields_set=set(fields), **fields) if fields else None
    return flow.model_copy(update=merged), origins
