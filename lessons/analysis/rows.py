"""Rows of a pandas table as plain Python values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a table from top to bottom: `row.Index` is the id, `row.title` a cell.

    The same as `table.itertuples()`, whose types would have to be narrowed at every cell.
    """
    yield from table.itertuples()


def records_of(table: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return the rows of a table by their id, each as a dict of column name and cell."""
    names = [str(name) for name in table.columns]
    ids = [str(row_id) for row_id in table.index]
    cells = table.to_dict("split")["data"]
    return {key: dict(zip(names, row, strict=True)) for key, row in zip(ids, cells, strict=True)}
