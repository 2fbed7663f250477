"""What was rendered once and may be needed again: a bounded store per app and purpose; the least used goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from flask import current_app

T = TypeVar("T")


def kept(purpose: str, limit: int, key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gave for this key, from memory where it is still there. At most `limit` are kept per purpose."""
    stores = current_app.extensions.setdefault("kept", {})
    store = cast("OrderedDict[Hashable, Any]", stores.get(purpose))
    if store is None:
        store = stores.setdefault(purpose, OrderedDict())
    found = store.get(key)
    if found is None:
        found = store[key] = make()
        if len(store) > limit:
            store.popitem(last=False)
    else:
        store.move_to_end(key)
    return cast("T", found)
