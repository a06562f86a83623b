"""datapackage.json and README.md: valid by themselves, and kept together with the tables."""

import re
import shutil
from pathlib import Path

import pytest
from frictionless import Package, validate

from lessons.case.schema import read_schemas

DATA = Path(__file__).parents[2] / "data"
# Properties of a field that are our own; lessons/case/schema.py explains them.
OWN = {"list", "quotesDocument", "edtf", "notBefore", "precisionOf"}


def flat(report):
    return report.flatten(["path", "rowNumber", "fieldName", "type", "message"])


def test_frictionless_finds_package_and_tables_valid():
    report = validate(DATA / "datapackage.json")
    assert report.valid, report.flatten(["path", "rowNumber", "fieldName", "message"])
    assert report.stats["tasks"] == len(read_schemas())


def test_frictionless_would_find_a_fault(tmp_path):
    """The test above could fail: keys, enums and references are really looked at."""
    shutil.copytree(DATA, tmp_path / "data")
    table = tmp_path / "data" / "danang-2017" / "claim_readings.csv"
    text = table.read_text(encoding="utf-8")
    text = text.replace("A1.1-A,A1.1,A", "A1.1-B,Q9.9,C", 1)
    table.write_text(text, encoding="utf-8")
    report = validate(tmp_path / "data" / "datapackage.json")
    types = {error[0] for error in report.flatten(["type"])}
    assert types == {"constraint-error", "foreign-key", "primary-key"}


def test_our_reading_of_the_schemas_agrees_with_frictionless():
    package, schemas = Package(DATA / "datapackage.json"), read_schemas()
    assert package.resource_names == list(schemas)
    for resource in package.resources:
        ours = schemas[resource.name]
        assert resource.schema.field_names == ours.names
        assert resource.schema.primary_key == list(ours.keys[0])
        for theirs, column in zip(resource.schema.fields, ours.columns, strict=True):
            assert theirs.type == column.type
            assert theirs.required == column.required
            assert theirs.constraints.get("enum", []) == list(column.enum)


def test_fields_use_no_property_that_nobody_checks():
    for resource in Package(DATA / "datapackage.json").to_dict()["resources"]:
        for field in resource["schema"]["fields"]:
            assert set(field) <= {"name", "type", "constraints", *OWN}, field
            constraints = {"required", "enum", "pattern", "minimum", "maximum"}
            assert set(field.get("constraints", {})) <= constraints, field


def test_every_table_of_the_data_is_in_the_package():
    paths = {path.relative_to(DATA).as_posix() for path in DATA.glob("**/*.csv")}
    assert paths == {resource.path for resource in Package(DATA / "datapackage.json").resources}


@pytest.fixture(scope="module")
def explained():
    """What README.md explains: (table, column) -> the sentence."""
    found, table = {}, None
    for line in (DATA / "README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = re.fullmatch(r"## (\w+)\.csv", line)
            table = heading[1] if heading else None
        row = re.fullmatch(r"\| `(\w+)` \| (.+) \|", line)
        if row and table:
            assert (table, row[1]) not in found
            found[table, row[1]] = row[2]
    return found


def test_the_readme_explains_every_column_and_no_other(explained):
    in_package = [(s.name, column) for s in read_schemas().values() for column in s.names]
    assert list(explained) == in_package


def test_every_column_is_explained_in_one_sentence(explained):
    for place, sentence in explained.items():
        assert re.fullmatch(r"[A-Z].{6,}\.", sentence), place
        assert not re.search(r"[a-z]{2}\. [A-Z]", sentence), place


def test_the_readme_names_no_reader_as_right():
    text = (DATA / "README.md").read_text(encoding="utf-8")
    assert "No human coder has checked them yet" in text
