"""What every table must look like, read from data/datapackage.json (Frictionless Table Schema).

The types, keys, enums, patterns and foreign keys stand there and nowhere else. These
properties of a field are our own, because Table Schema has no word for them:

list            the cell holds several values: {"separator": ";"}, and with "references" each value
                must be an id of one of the named tables
quotesDocument  the cell quotes document.txt; the value names the columns of passage, start and end
edtf            the cell is a date as lessons.case.edtf understands it
notBefore, precisionOf  the date must not end before, or tells how exact is, the named column
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA = Path(__file__).resolve().parents[2] / "data"


@dataclass(frozen=True)
class Reference:
    """A column of ids in another table."""

    table: str
    column: str


@dataclass(frozen=True)
class Column:
    """One column: its type ("string", "integer" or "number") and all that its cells must keep."""

    name: str
    type: str
    required: bool = False
    pattern: str = ""
    enum: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    separator: str = ""
    references: tuple[Reference, ...] = ()
    edtf: bool = False
    not_before: str = ""
    precision_of: str = ""
    quotes: Mapping[str, str] | None = None

    @property
    def is_list(self) -> bool:
        """True when a cell holds several values."""
        return bool(self.separator)

    def values(self, cell: str) -> list[str]:
        """Return the values of a cell: none when it is empty, several when it is a list."""
        if cell == "":
            return []
        return cell.split(self.separator) if self.separator else [cell]


@dataclass(frozen=True)
class TableSchema:
    """One table: its file, its columns, and the columns whose values together occur only once.

    The first of the keys is the table's id. A shared table lies in data/, not in a case folder.
    """

    name: str
    file: str
    shared: bool
    columns: tuple[Column, ...]
    keys: tuple[tuple[str, ...], ...]

    @property
    def id(self) -> str:
        """The name of the column that holds the ids."""
        return self.keys[0][0]

    @property
    def names(self) -> list[str]:
        """The names of all columns, in order."""
        return [column.name for column in self.columns]


@cache
def read_schemas(path: Path = DATA / "datapackage.json") -> dict[str, TableSchema]:
    """Return the schema of every table, by the table's name.

    Raises OSError or ValueError when the course's own datapackage.json is missing or damaged.
    """
    package = json.loads(path.read_text(encoding="utf-8"))
    return {resource["name"]: _table(resource) for resource in package["resources"]}


def _table(resource: Mapping[str, Any]) -> TableSchema:
    """Read one resource of the data package."""
    schema, path = resource["schema"], resource["path"]
    foreign = {
        key["fields"][0]: Reference(key["reference"]["resource"], key["reference"]["fields"][0])
        for key in schema.get("foreignKeys", [])
    }
    return TableSchema(
        name=resource["name"],
        file=path.rpartition("/")[2],
        shared="/" not in path,
        columns=tuple(_column(field, foreign.get(field["name"])) for field in schema["fields"]),
        keys=(tuple(schema["primaryKey"]), *map(tuple, schema.get("uniqueKeys", []))),
    )


def _column(field: Mapping[str, Any], foreign: Reference | None) -> Column:
    """Read one field; `foreign` is the table that its single values refer to, if any."""
    constraints, several = field.get("constraints", {}), field.get("list", {})
    listed = [Reference(ref["resource"], ref["field"]) for ref in several.get("references", [])]
    return Column(
        name=field["name"],
        type=field["type"],
        required=constraints.get("required", False),
        pattern=constraints.get("pattern", ""),
        enum=tuple(constraints.get("enum", [])),
        minimum=constraints.get("minimum"),
        maximum=constraints.get("maximum"),
        separator=several.get("separator", ""),
        references=(foreign,) if foreign else tuple(listed),
        edtf=field.get("edtf", False),
        not_before=field.get("notBefore", ""),
        precision_of=field.get("precisionOf", ""),
        quotes=field.get("quotesDocument"),
    )
