"""Is this page good HTML? A strict parser's errors, and what this house asks of every page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from html5lib.constants import E as MEANINGS

_UNLABELLED_INPUTS: Final = {"hidden", "submit", "button", "reset", "image"}
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_POINTERS: Final = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details")


def valid_html(text: str) -> None:
    """Fails with every fault of a whole page: parse errors, title, language, one h1, labels, ids, CSP."""
    faults = list(page_faults(text))
    assert not faults, "\n".join(faults)


def valid_fragment(text: str) -> None:
    """The same for a part of a page, which needs no title and no h1 and may point to ids outside itself."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parseFragment(text)
    faults = [*_parse_errors(parser), *_faults_anywhere(root)]
    assert not faults, "\n".join(faults)


def read(client: FlaskClient, path: str, status: int = 200) -> str:
    """The page that a visitor meets at a path, which has this status and is good HTML."""
    answer = client.get(path)
    text = answer.get_data(as_text=True)
    assert answer.status_code == status, text
    valid_html(text)
    return text


def page_faults(text: str) -> Iterator[str]:
    """Each fault in a sentence."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(text)
    yield from _parse_errors(parser)
    yield from _faults_of_the_frame(root)
    yield from _faults_anywhere(root)
    yield from _dangling_pointers(root)


def _parse_errors(parser: html5lib.HTMLParser) -> Iterator[str]:
    for (line, column), code, values in parser.errors:
        yield f"{line}:{column}: {MEANINGS[code] % values}"


def _faults_of_the_frame(root: Element) -> Iterator[str]:
    if not root.get("lang"):
        yield "<html> does not tell its language"
    titles = ["".join(each.itertext()).strip() for each in root.iter("title") if each in list(root[0])]
    if len(titles) != 1 or not titles[0]:
        yield f"one title is wanted in <head>, found {titles}"
    heads = [_text(each) for each in root.iter("h1")]
    if len(heads) != 1 or not heads[0]:
        yield f"one h1 is wanted, found {heads}"
    if len(list(root.iter("main"))) != 1:
        yield "one <main> is wanted"
    before = 0
    for heading in (each for each in root.iter() if each.tag in _HEADINGS):
        level = _HEADINGS[str(heading.tag)]
        if level > before + 1:
            yield f"<{heading.tag}> {_text(heading)!r} skips a level"
        before = level


def _faults_anywhere(root: Element) -> Iterator[str]:
    for name, count in Counter(each.get("id") for each in root.iter() if each.get("id") is not None).items():
        if count > 1 or not name or name != name.strip() or " " in name:
            yield f"id {name!r} is empty, has a space or stands {count} times"
    labelled = _labelled_controls(root)
    for each in root.iter():
        if each.tag in ("input", "select", "textarea") and each not in labelled and not _names_itself(each):
            yield f"a control without a label: {_tag(each)}"
        if each.tag in ("button", "a") and (each.get("href") or each.tag == "button") and not _says_something(each):
            yield f"nothing to read in {_tag(each)}"
        if each.tag == "img" and each.get("alt") is None:
            yield f"an image without alt: {_tag(each)}"
        yield from _inline_code(each)


def _labelled_controls(root: Element) -> set[Element]:
    labels = [each for each in root.iter("label") if _text(each)]
    pointed = {each.get("for") for each in labels}
    inside = {part for each in labels for part in each.iter()}
    return inside | {each for each in root.iter() if each.get("id") in pointed and each.get("id")}


def _names_itself(control: Element) -> bool:
    if control.tag == "input" and control.get("type") in _UNLABELLED_INPUTS:
        return control.get("type") != "image" or bool(control.get("alt"))
    return bool(control.get("aria-label") or control.get("aria-labelledby"))


def _says_something(element: Element) -> bool:
    if _text(element) or element.get("aria-label") or element.get("aria-labelledby"):
        return True
    return any(part.get("alt") or part.get("aria-label") for part in element.iter())


def _inline_code(element: Element) -> Iterator[str]:
    """What the page's content security policy would stop."""
    if element.get("style") is not None:
        yield f"style= in {_tag(element)}"
    if element.tag == "script" and not element.get("src") and (element.text or "").strip():
        yield "a script inside the page"
    yield from (f"{name}= in {_tag(element)}" for name in element.attrib if name.startswith("on"))


def _dangling_pointers(root: Element) -> Iterator[str]:
    ids = {each.get("id") for each in root.iter()}
    for each in root.iter():
        targets = [word for name in _POINTERS for word in (each.get(name) or "").split()]
        link = each.get("href") or ""
        if each.tag == "a" and link.startswith("#") and len(link) > 1:
            targets.append(link[1:])
        yield from (f"no element has the id {target!r} of {_tag(each)}" for target in targets if target not in ids)


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _tag(element: Element) -> str:
    return "<" + " ".join([str(element.tag), *(f'{name}="{value}"' for name, value in element.items())]) + ">"
