"""
Read the settings: one YAML file, then the environment, every problem at once.

A field ``section.key`` is overridden by ``IVR_SECTION_KEY`` (also written ``IVR_SECTION__KEY``), a backend's
or database's by ``IVR_BACKENDS__NAME__KEY``. Secrets for flows, and databases' addresses where they hold a
password, are ``${VARIABLE}`` in the file and stand in the environment. No value given ever stands in a
message: it might be a secret in the wrong place.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Union, get_args, get_origin
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, SecretStr, ValidationError

from .errors import SetupError
from .settings import BackendSettings, Lifetimes, Settings

__all__ = ["BackendSettings", "Lifetimes", "Settings", "describe", "load_settings"]

Where = tuple[str | int, ...]
PREFIX = "IVR_"
OTHERS = {"IVR_CONFIG", "IVR_SIP_PASSWORD"}
"""Variables of the command line's own, which are no misspelt settings."""
TABLES = ("backends", "databases")
REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
TRUE = ("1", "true", "yes", "on")


@dataclass(slots=True)
class _Source:
    """What was given, where each part of it stands, and what is wrong with the way it is written."""

    tree: dict[str, Any] = field(default_factory=dict)
    places: dict[Where, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def place(self, where: Where) -> str:
        """Return file:line, or the variable, of the innermost part of *where* that was given."""
        while where and where not in self.places:
            where = where[:-1]
        return self.places.get(where, "settings")


def load_settings(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """
    Return the settings in force.

    Without *path* the environment alone is read. SetupError ``config.problems`` carries all that is wrong
    as the fact *problems*, each with its file and line or its variable.
    """
    source = _Source()
    if path is not None:
        _read(path, source)
    if source.problems and not source.tree:
        # A file that can't be read leaves everything out; to list all of that would bury the one cause.
        raise SetupError("config.problems", problems=source.problems, hint="nothing was started")
    _refer(environ, source)
    _override(environ, source)
    lab = str(source.tree.get("lab", False)).lower() in TRUE
    base = path.parent if path is not None else Path()
    for name, info in Settings.model_fields.items():
        # An empty section is one with nothing but defaults, and says which of its fields have none.
        if _model(info.annotation) and source.tree.get(name) is None:
            source.tree[name] = {}
    try:
        settings = Settings.model_validate(source.tree, context={"base": base, "lab": lab})
    except ValidationError as exc:
        source.problems += [_problem(error, source) for error in exc.errors(include_input=False)]
    else:
        if not source.problems:
            return settings
    raise SetupError("config.problems", problems=source.problems, hint="nothing was started")


def describe(settings: Settings) -> str:
    """Return the settings in force as YAML, without secrets."""
    return yaml.safe_dump(_shown(settings), sort_keys=False)


def _read(path: Path, source: _Source) -> None:
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except OSError as exc:
        source.problems.append(f"{path}: {exc.strerror}")
    except UnicodeDecodeError:
        source.problems.append(f"{path}: not UTF-8")
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 1 if exc.problem_mark else 1
        source.problems.append(f"{path}:{line}: not YAML: {exc.problem}")
    except yaml.YAMLError:
        source.problems.append(f"{path}: not YAML: a character that no text has")
    else:
        source.places[()] = str(path)
        if isinstance(node, yaml.MappingNode):
            source.tree = _value(node, (), path, source)
        elif node is not None:
            source.problems.append(f"{path}:1: expected sections such as 'ari:'")


def _value(node: yaml.Node, where: Where, path: Path, source: _Source) -> Any:
    """Return what *node* holds, noting lines; a key given twice is a problem, not the last one's win."""
    source.places.setdefault(where, f"{path}:{node.start_mark.line + 1}")
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            place = f"{path}:{key.start_mark.line + 1}"
            if name in found:
                source.problems.append(f"{place}: {_dotted((*where, name))}: given twice")
            source.places[(*where, name)] = place
            found[name] = _value(value, (*where, name), path, source)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*where, i), path, source) for i, item in enumerate(node.value)]
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node)
    except (yaml.YAMLError, ValueError):
        source.problems.append(f"{source.place(where)}: {_dotted(where)}: not a value YAML knows")
        return None


def _refer(environ: Mapping[str, str], source: _Source) -> None:
    """Put what ``${VARIABLE}`` stands for in the place of secrets and databases' addresses."""
    for section, key in (("secrets", ""), ("databases", "url")):
        entries = source.tree.get(section)
        if not isinstance(entries, dict):
            continue
        for name, entry in entries.items():
            where: Where = (section, name, key) if key else (section, name)
            holder: dict[str, Any] = entry if key and isinstance(entry, dict) else entries
            inner = key if holder is entry else name
            written = holder.get(inner)
            found = REFERENCE.fullmatch(written) if isinstance(written, str) else None
            if found is None:
                if not key:
                    source.problems.append(
                        f"{source.place(where)}: {_dotted(where)}: expected ${{VARIABLE}}; a secret does not "
                        "belong into this file"
                    )
                continue
            if not environ.get(found[1]):
                source.problems.append(
                    f"{source.place(where)}: {_dotted(where)}: the variable {found[1]} is not set"
                )
            holder[inner] = environ.get(found[1], "")


def _override(environ: Mapping[str, str], source: _Source) -> None:
    known = {PREFIX + "_".join(where).upper(): where for where in _leaves(Settings)}
    for variable in sorted(environ):
        if not variable.startswith(PREFIX) or variable in OTHERS:
            continue
        parts = variable.removeprefix(PREFIX).lower().split("__")
        if parts[0] in TABLES and len(parts) == 3:
            where: tuple[str, ...] | None = tuple(parts)
        else:
            where = known.get(variable.replace("__", "_"))
        if where is not None:
            _set(source, where, environ[variable], variable)
        elif close := get_close_matches(variable, known, 1, cutoff=0.85):
            source.problems.append(f"{variable}: no such setting, did you mean {close[0]}?")


def _set(source: _Source, where: tuple[str, ...], text: str, variable: str) -> None:
    section = source.tree
    for name in where[:-1]:
        inner = section.get(name)
        if not isinstance(inner, dict):
            inner = section[name] = {}
        section = inner
    section[where[-1]] = [part.strip() for part in text.split(",")] if where in _LISTS else text
    source.places[where] = variable


_LISTS = {("flows", name) for name in ("targets", "variables", "reads", "queues")}


def _leaves(model: type[BaseModel], where: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, info in model.model_fields.items():
        annotation = info.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield from _leaves(annotation, (*where, name))
        elif get_origin(annotation) not in (dict, Mapping):
            yield (*where, name)


def _problem(error: Mapping[str, Any], source: _Source) -> str:
    where: Where = tuple(error["loc"])
    says = str(error["msg"]).removeprefix("Value error, ")
    match error["type"]:
        case "missing":
            joint = "__" if where[0] in TABLES else "_"
            says = f"required; set it here or as {PREFIX}{joint.join(map(str, where)).upper()}"
        case "extra_forbidden":
            close = get_close_matches(str(where[-1]), _names(where[:-1]), 1)
            says = f"unknown key{f', did you mean {close[0]}?' if close else ''}"
        case "model_type" | "dict_type" | "mapping_type":
            says = "expected keys and values below it"
    return f"{source.place(where)}: {_dotted(where)}: {says}" if where else f"{source.place(where)}: {says}"


def _names(where: Where) -> list[str]:
    """Return the fields of the section at *where*."""
    model: type[BaseModel] = Settings
    for name in where:
        if name not in model.model_fields:
            continue
        inner = _model(model.model_fields[str(name)].annotation)
        if inner is not None:
            model = inner
    return list(model.model_fields)


def _model(annotation: Any) -> type[BaseModel] | None:
    """Return the section an annotation holds, also as the value of a mapping or beside None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, types.UnionType, Mapping, dict):
        return next(filter(None, map(_model, get_args(annotation))), None)
    return None


def _dotted(where: Where) -> str:
    return ".".join(map(str, where))


def _shown(value: object) -> Any:
    match value:
        case BaseModel():
            return {name: _shown(getattr(value, name)) for name in type(value).model_fields}
        case SecretStr():
            return _masked(value.get_secret_value())
        case Mapping():
            return {str(name): _shown(inner) for name, inner in value.items()}
        case tuple():
            return [_shown(inner) for inner in value]
        case None | bool() | int() | str():
            return value
        case _:
            return str(value)


def _masked(secret: str) -> str:
    """Return stars; of a URL the part without user, password and query, which says where we connect."""
    if "://" not in secret:
        return "********" if secret else ""
    parts = urlsplit(secret)
    host = parts.netloc.rpartition("@")
    return f"{parts.scheme}://{'********@' if host[1] else ''}{host[2]}{parts.path}"
