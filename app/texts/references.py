"""Where a text points: its links and pictures, held to what they may reach."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from app.texts.cleaning import LINK


class MediaInfo(NamedTuple):
    """A picture of the course: where it is served, and its size in pixels."""

    url: str
    width: int
    height: int


Report = Callable[[str, str], None]  # (kind, detail)


def keep_allowed_links(children: Sequence[Token], report: Report) -> list[Token]:
    """The tokens of one line of text without links that lead elsewhere than they may; their words stay."""
    kept: list[Token] = []
    dropping = False  # links do not nest
    for token in children:
        if token.type == "link_open":
            address = str(token.attrGet("href") or "")
            dropping = LINK.fullmatch(address) is None
            if dropping:
                report("link_not_https" if address.startswith("http://") else "link_refused", address)
            token.attrs = {"href": address}  # a title is seen by few and read to none
        if dropping and token.type in ("link_open", "link_close"):
            continue
        kept.append(token)
    return kept


def place_pictures(children: Sequence[Token], media: Mapping[str, MediaInfo], report: Report) -> list[Token]:
    """The tokens of one line with each picture's address and size; an unknown picture leaves its alternative text."""
    return [_picture(token, media, report) if token.type == "image" else token for token in children]


def _picture(token: Token, media: Mapping[str, MediaInfo], report: Report) -> Token:
    written = str(token.attrGet("src") or "")
    info = media.get(written)
    if not token.content.strip():
        report("alt_missing", written)
    if info is None:
        report("image_unknown", written)
        return Token("text", "", 0, content=token.content)
    token.attrs = {
        "src": info.url,
        "alt": "",  # filled from the children when rendered
        "width": str(info.width),
        "height": str(info.height),
        "loading": "lazy",
        "decoding": "async",
    }
    return token


def make_figure(paragraph: Sequence[Token], caption: str) -> None:
    """Turn a paragraph (open, inline, close) that holds one picture into a figure, with its caption below."""
    opening, inline, closing = paragraph
    opening.tag = closing.tag = "figure"
    opening.hidden = closing.hidden = False
    if caption and inline.children is not None:
        inline.children += [
            Token("figcaption_open", "figcaption", 1),
            Token("text", "", 0, content=caption),
            Token("figcaption_close", "figcaption", -1),
        ]
