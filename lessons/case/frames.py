"""From checked rows to pandas tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from lessons.case.schema import Column
    from lessons.case.tables import Row, Table


def frame(table: Table) -> pd.DataFrame:
    """Make a table of a checked case into a new DataFrame, indexed by the table's id.

    Lists are Python lists ([] when empty), an empty text is "", an empty number <NA>.
    """
    columns = {column.name: _series(column, table.rows) for column in table.schema.columns}
    return pd.DataFrame(columns).set_index(table.schema.id)


def anew(made: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return a DataFrame of its own, in which every list is a new one, too.

    pandas copies a column when somebody writes into it; of what is in a list it knows nothing.
    """
    own = made.copy(deep=False)
    for column in table.schema.columns:
        if column.is_list:
            cells = [list(cell) for cell in made[column.name].array]
            own[column.name] = pd.Series(cells, index=made.index, dtype=object)
    return own


def _series(column: Column, rows: tuple[Row, ...]) -> pd.Series:
    """Make one column of a DataFrame."""
    cells = [row.cells[column.name] for row in rows]
    if column.is_list:
        return pd.Series([column.values(cell) for cell in cells], dtype=object)
    if column.type == "string":
        return pd.Series(cells, dtype=str)
    # Only pandas' own number types (capital letter) can hold <NA>.
    convert, plain, with_na = (
        (int, "int64", "Int64") if column.type == "integer" else (float, "float64", "Float64")
    )
    if column.required:
        return pd.Series([convert(cell) for cell in cells], dtype=plain)
    return pd.Series([convert(cell) if cell else pd.NA for cell in cells], dtype=with_na)
