"""Addresses that come from outside."""

from __future__ import annotations

import pytest

from app.web.links import local_path


@pytest.mark.parametrize("path", ["/", "/courses/ddc", "/attempts/3?slot=2", "/a%0ab"])
def test_a_path_of_this_site_is_followed(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "courses",
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/a\nb",
        "/ b",
    ],
)
def test_anything_that_leads_elsewhere_is_not(target: str | None) -> None:
    assert local_path(target) is None
