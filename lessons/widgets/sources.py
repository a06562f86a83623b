"""Sources as the lines of a card: what may be told of a source before anything was judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def source_lines(ids: list[str], sources: pd.DataFrame) -> list[dict[str, str]]:
    """Return the sources with these ids: title, publisher, stake, date, url, found."""
    columns = ["title", "publisher", "stake", "date", "url", "found"]
    return [{name: str(sources.loc[source, name]) for name in columns} for source in ids]
