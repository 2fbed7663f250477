"""Templates compiled once per language: a sentence without values is written into the page, not looked up each time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from flask import Flask, current_app
from flask.templating import Environment
from jinja2 import StrictUndefined, Template, nodes
from jinja2.visitor import NodeTransformer

from app.texts.local import LANGUAGES
from app.web.languages import catalogue, language

SAY = frozenset({"_", "gettext"})


class Environments(Environment):
    """Flask's environment. Its overlay for one language translates while it compiles."""

    language: str | None = None

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        # The hook that Jinja leaves for another way of generating code.
        if self.language is not None:
            source = cast("nodes.Template", _Translated(self, catalogue(self.language).gettext).visit(source))
        return super()._generate(source, *args, **kwargs)


class _Translated(NodeTransformer):
    def __init__(self, environment: Environment, say: Callable[[str], str]) -> None:
        self._environment = environment
        self._say = say

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 (named after the node)
        self.generic_visit(node)
        plain = len(node.args) == 1 and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if not (plain and isinstance(node.node, nodes.Name) and node.node.name in SAY):
            return node
        sentence = node.args[0]
        if not isinstance(sentence, nodes.Const):
            return node
        # `% {}` as Jinja's own gettext does it: a doubled per cent sign is one.
        said = nodes.MarkSafe(nodes.Const(self._say(sentence.value) % {}), lineno=node.lineno)
        return said.set_environment(self._environment)


def render(name: str, **values: Any) -> str:
    """A template in the reader's language, with these values alone: nothing of the request stands in a page unasked."""
    return _template(name).render(values)


def macro(name: str, which: str) -> Callable[..., Any]:
    """A macro of a template, to be called from Python."""
    return cast("Callable[..., Any]", getattr(_template(name).module, which))


def filtered(filter_name: str, value: Any) -> str:
    """A value as a template would write it with this filter."""
    return str(current_app.jinja_env.filters[filter_name](value))


def _template(name: str) -> Template:
    environment: Environments = current_app.extensions["environments"][language()]
    return environment.get_template(name)


def prepare_templating(app: Flask) -> None:
    """Say what kind of environment the app makes when it is first asked for one; a name nobody knows is a fault."""
    app.jinja_environment = Environments
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def init_templating(app: Flask) -> None:
    """Make an environment for each language, once all filters and globals are there."""
    overlays: dict[str, Environments] = {}
    for each in LANGUAGES:
        overlays[each] = cast("Environments", app.jinja_env.overlay())
        overlays[each].language = each
    app.extensions["environments"] = overlays
