"""What the tests of the case share: a copy of the data that may be broken and is mended again."""

import csv
import json
import shutil
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest

from lessons.case import check, loading
from lessons.case.tables import read_table

DATA = Path(__file__).parents[2] / "data"
CASE = "danang-2017"


class Copy:
    """A copy of data/: each file can be replaced for a while."""

    def __init__(self, folder):
        self.data = folder / "data"
        shutil.copytree(DATA, self.data)
        self.folder = self.data / CASE
        self.package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
        self._tables, self._looked = {}, {}
        self.resources = {resource["name"]: resource for resource in self.package["resources"]}

    def path(self, file):
        inside = self.folder / file
        return inside if (DATA / CASE / file).exists() else self.data / file

    def fields(self, table):
        return self.resources[table]["schema"]["fields"]

    def rows(self, table):
        """Read a table with the standard library alone, as a second opinion."""
        with (DATA / self.resources[table]["path"]).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @contextmanager
    def replaced(self, file, data):
        """Replace a file's bytes; None takes the file away."""
        path = self.path(file)
        kept = path.read_bytes()
        try:
            if data is None:
                path.unlink()
            else:
                path.write_bytes(data)
            yield
        finally:
            path.write_bytes(kept)

    def faults(self):
        """Check the case. Of its thirty tables one is broken: the others are read only once."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(loading, "read_table", self._read)
            for name in ("check_cells", "check_ids"):
                patch.setattr(loading, name, self._once(getattr(loading, name)))
            return check(self.folder, shared=self.data)

    def _read(self, path, schema):
        """As `read_table`: the same table for the same bytes."""
        if not path.is_file():
            return read_table(path, schema)
        key = (path.name, path.read_bytes())
        if key not in self._tables:
            self._tables[key] = read_table(path, schema)
        table, faults = self._tables[key]
        return table, list(faults)

    def _once(self, look):
        """Look at each table once, as long as it is the same."""

        def looked(table):
            key = (look.__name__, id(table))
            if key not in self._looked:
                self._looked[key] = (table, list(look(table)))  # kept, so that its id stays its own
            return self._looked[key][1]

        return looked

    def faults_with(self, file, data):
        """Return the faults, as (file, row, column), with the file's bytes replaced."""
        with self.replaced(file, data):
            return places(self.faults())

    def faults_with_rows(self, table, rows):
        """Return the faults, as (file, row, column), with a table's rows replaced."""
        return self.faults_with(f"{table}.csv", self.csv(rows))

    @staticmethod
    def csv(rows, header=None):
        """Write rows (dicts) as the bytes of a CSV file."""
        out = StringIO()
        writer = csv.DictWriter(out, header or list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue().encode()


def places(faults):
    """Return where faults are, in a fixed order; every fault must be one full line."""
    for fault in faults:
        line = str(fault)
        assert len(line.splitlines()) == 1
        assert line.startswith(fault.file)
        assert f"found {fault.found}"[:40] in line
        assert "expected " in line
    return sorted(((f.file, f.row, f.column) for f in faults), key=str)


@pytest.fixture(scope="session")
def copy(tmp_path_factory):
    return Copy(tmp_path_factory.mktemp("case"))
