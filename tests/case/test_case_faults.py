"""Every way to break a table: `check` finds it, and says exactly where.

A mutation changes the rows (dicts, in place) of one table and returns the places, as a set of
(row number, column), where the damage is. `rng` chooses the row. FITS says which columns of a
table it fits; all fits are listed from datapackage.json, so a new table is tested too.
"""

import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

DANGLING = "X99999"


def _fields(resource, test):
    return [field["name"] for field in resource["schema"]["fields"] if test(field)]


def _constraint(key):
    return lambda resource: _fields(resource, lambda field: key in field.get("constraints", {}))


def references(resource):
    """Return column -> names of the tables whose ids it holds."""
    schema = resource["schema"]
    found = {
        key["fields"][0]: [key["reference"]["resource"]] for key in schema.get("foreignKeys", [])
    }
    for field in schema["fields"]:
        listed = field.get("list", {}).get("references", [])
        if listed:
            found[field["name"]] = [reference["resource"] for reference in listed]
    return found


def _pick(rows, rng):
    index = rng.randrange(len(rows))
    return rows[index], index + 2


def bad_enum(rows, column, rng):
    row, number = _pick(rows, rng)
    row[column] = "purple"
    return {(number, column)}


def bad_type(rows, column, rng):
    row, number = _pick(rows, rng)
    row[column] = rng.choice(["twelve", "1e3", "1,5", "٣", "9" * 5000, "0x10"])
    return {(number, column)}


def too_small(rows, column, rng):
    row, number = _pick(rows, rng)
    row[column] = "-1000"
    return {(number, column)}


def too_big(rows, column, rng):
    row, number = _pick(rows, rng)
    row[column] = "1000"
    return {(number, column)}


def bad_pattern(rows, column, rng):
    row, number = _pick(rows, rng)
    row[column] = "what is this?"
    return {(number, column)}


def empty_mandatory(rows, column, rng):
    row, number = _pick(rows, rng)
    row[column] = ""
    return {(number, column)}


def double_id(rows, column, rng):
    first, second = sorted(rng.sample(range(len(rows)), 2))
    rows[second][column] = rows[first][column]
    return {(second + 2, column)}


def double_key(rows, column, rng):
    first, second = sorted(rng.sample(range(len(rows)), 2))
    for part in column.split(" and "):
        rows[second][part] = rows[first][part]
    return {(second + 2, column)}


def dangling_id(rows, column, rng):
    row, number = _pick(rows, rng)
    row[column] = DANGLING
    return {(number, column)}


def dangling_id_in_list(rows, column, rng):
    row, number = _pick(rows, rng)
    values = [value for value in row[column].split(";") if value]
    values.insert(rng.randrange(len(values) + 1), DANGLING)
    row[column] = ";".join(values)
    return {(number, column)}


def hole_in_list(rows, column, rng):
    row, number = _pick(rows, rng)
    row[column] = rng.choice([row[column] + ";", ";" + row[column], ";"])
    return {(number, column)}


def bad_date(rows, column, rng):
    row, number = _pick(rows, rng)
    row[column] = rng.choice(
        [
            "2017-02-30",
            "2017-13",
            "8 November 2017",
            "2017/",
            "../..",
            "17",
            "2017-11-11/2016",
            "0000",
        ]
    )
    return {(number, column)}


def bad_order_of_dates(rows, column, rng):
    row, number = _pick(rows, rng)
    row[column] = "0001"
    return {(number, column)}


def wrong_precision(rows, column, rng):
    row, number = _pick(rows, rng)
    row[column] = "year"
    return {(number, column)}


def shifted_start(rows, column, rng):
    row, number = _pick(rows, rng)
    row["start"] = int(row["start"]) + rng.choice([-2, -1, 1, 2, 100_000])
    return {(number, "start")}


def shifted_end(rows, column, rng):
    row, number = _pick(rows, rng)
    row["end"] = int(row["end"]) + rng.choice([-2, -1, 1, 2, 100_000])
    return {(number, "end")}


def altered_quote(rows, column, rng):
    row, number = _pick(rows, rng)
    at = rng.randrange(len(row["quote"]))
    row["quote"] = row["quote"][:at] + "ß" + row["quote"][at + 1 :]
    return {(number, "quote")}


def quote_of_another_passage(rows, column, rng):
    row, number = _pick(rows, rng)
    row["passage_id"] = "E5" if row["passage_id"] != "E5" else "M1"
    return {(number, "passage_id")}


def _is_reference(several):
    def fits(resource):
        lists = _fields(resource, lambda field: "list" in field)
        return [column for column in references(resource) if (column in lists) == several]

    return fits


def _with(key):
    return lambda resource: _fields(resource, lambda field: key in field)


FITS = {
    bad_enum: _constraint("enum"),
    bad_type: lambda resource: _fields(resource, lambda field: field["type"] != "string"),
    too_small: _constraint("minimum"),
    too_big: _constraint("maximum"),
    bad_pattern: _constraint("pattern"),
    empty_mandatory: _constraint("required"),
    double_id: lambda resource: resource["schema"]["primaryKey"],
    double_key: lambda resource: [
        " and ".join(key) for key in resource["schema"].get("uniqueKeys", [])
    ],
    dangling_id: _is_reference(several=False),
    dangling_id_in_list: _is_reference(several=True),
    hole_in_list: _with("list"),
    bad_date: _with("edtf"),
    bad_order_of_dates: _with("notBefore"),
    wrong_precision: _with("precisionOf"),
    shifted_start: _with("quotesDocument"),
    shifted_end: _with("quotesDocument"),
    altered_quote: _with("quotesDocument"),
    quote_of_another_passage: _with("quotesDocument"),
}


PACKAGE = json.loads(
    (Path(__file__).parents[2] / "data" / "datapackage.json").read_text(encoding="utf-8")
)
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
ALL = [
    (mutation, table, column)
    for mutation, columns in FITS.items()
    for table, resource in RESOURCES.items()
    for column in columns(resource)
    # The place of a passage is the subject of test_case_passages.py.
    if not (table == "passages" and column in {"order", "start", "end"} and mutation is too_big)
]
NAMES = [f"{mutation.__name__}-{table}-{column}" for mutation, table, column in ALL]


def vanished_ids(table, before, after):
    """Return the ids that a table had and has no more."""
    key = RESOURCES[table]["schema"]["primaryKey"][0]
    return {row[key] for row in before} - {row[key] for row in after}


def dangling(copy, table, ids):
    """Return the places of all references to ids that a table no longer has."""
    found = []
    for other, resource in RESOURCES.items():
        for column, tables in references(resource).items():
            if table in tables:
                found += [
                    (f"{other}.csv", number, column)
                    for number, row in enumerate(copy.rows(other), 2)
                    for value in str(row[column]).split(";")
                    if value in ids
                ]
    if table == "passages":
        named = sum(passage in ids for passage in ("S10", "S12", "S13"))
        found += [("case.toml", None, "provenance.compared.not_compared")] * named
        found += [("case.toml", None, "voices[5].quoted_in")] * ("F7" in ids)
        found += [("exercises.csv", number, "key") for number in marked_in(copy, ids)]
    return found


def marked_in(copy, ids):
    """Return the rows of the exercises whose key quotes one of these passages."""
    return [
        number
        for number, row in enumerate(copy.rows("exercises"), 2)
        if row["kind"] == "mark-span"
        and ids & {span.partition(":")[0] for span in row["key"].split(" | ")}
    ]


def mutate(copy, mutation, table, column, seed):
    """Return the broken table's rows and the places where faults must be found."""
    before, rows = copy.rows(table), copy.rows(table)
    hit = mutation(rows, column, random.Random(seed))  # noqa: S311
    expected = [(f"{table}.csv", *place) for place in hit]
    return rows, expected + dangling(copy, table, vanished_ids(table, before, rows))


@pytest.mark.parametrize(("mutation", "table", "column"), ALL, ids=NAMES)
def test_each_mutation_on_each_column_it_fits(copy, mutation, table, column):
    rows, expected = mutate(copy, mutation, table, column, f"{mutation.__name__}{table}{column}")
    assert copy.faults_with_rows(table, rows) == sorted(expected, key=str)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(choice=st.sampled_from(ALL), seed=st.integers(0, 10**6))
def test_each_mutation_on_any_row(copy, choice, seed):
    mutation, table, column = choice
    rows, expected = mutate(copy, mutation, table, column, seed)
    assert copy.faults_with_rows(table, rows) == sorted(expected, key=str)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    first=st.sampled_from([fit for fit in ALL if fit[1] != "passages"]),
    second=st.sampled_from([fit for fit in ALL if fit[1] != "passages"]),
    seed=st.integers(0, 10**6),
)
def test_faults_of_two_tables_are_all_listed(copy, first, second, seed):
    if first[1] == second[1]:
        return
    rows, expected = mutate(copy, *first, seed)
    more_rows, more = mutate(copy, *second, seed)
    with copy.replaced(f"{first[1]}.csv", copy.csv(rows)):
        found = copy.faults_with_rows(second[1], more_rows)
    # One table may have lost an id in the very row in which the other's cell was broken.
    assert set(found) >= {*expected[:1], *more[:1]}
    assert set(found) <= {*expected, *more}


@pytest.mark.parametrize("table", RESOURCES)
def test_two_faults_give_two_lines(copy, table):
    rows = copy.rows(table)
    required = [f["name"] for f in RESOURCES[table]["schema"]["fields"] if "constraints" in f]
    rows[0][required[-1]] = rows[-1][required[-1]] = ""
    with copy.replaced(f"{table}.csv", copy.csv(rows)):
        lines = [str(fault) for fault in copy.faults()]
    places = [f"{table}.csv, row {number}, column {required[-1]}" for number in (2, len(rows) + 1)]
    assert lines == [f"{place}: found an empty cell, expected a value." for place in places]


@pytest.mark.parametrize("table", RESOURCES)
def test_an_unknown_column_is_refused(copy, table):
    rows = [{**row, "colour": "purple"} for row in copy.rows(table)]
    assert copy.faults_with_rows(table, rows) == [(f"{table}.csv", 1, "colour")]


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, field["name"]) for table, r in RESOURCES.items() for field in r["schema"]["fields"]],
)
def test_a_missing_column_is_refused(copy, table, column):
    rows = [{k: v for k, v in row.items() if k != column} for row in copy.rows(table)]
    assert copy.faults_with_rows(table, rows) == [(f"{table}.csv", 1, column)]


@pytest.mark.parametrize("table", RESOURCES)
def test_a_column_twice_is_refused(copy, table):
    rows = copy.rows(table)
    last = list(rows[0])[-1]
    header, *lines = copy.csv(rows).decode().splitlines(keepends=True)
    doubled = header.rstrip("\n") + f",{last}\n" + "".join(lines)
    faults = copy.faults_with(f"{table}.csv", doubled.encode())
    assert faults[0] == (f"{table}.csv", 1, last)


@pytest.mark.parametrize("table", RESOURCES)
def test_columns_may_stand_in_any_order(copy, table):
    rows = [dict(reversed(row.items())) for row in copy.rows(table)]
    assert copy.faults_with_rows(table, rows) == []


@pytest.mark.parametrize("table", RESOURCES)
def test_a_row_of_the_wrong_length_is_refused(copy, table):
    lines = copy.csv(copy.rows(table)).splitlines(keepends=True)
    longer = [*lines[:-1], lines[-1].rstrip(b"\n") + b",one more\n"]
    shorter = [*lines[:-1], lines[-1].split(b",")[0] + b"\n"]
    place = [(f"{table}.csv", len(copy.rows(table)) + 1, None)]
    assert copy.faults_with(f"{table}.csv", b"".join(longer)) == place
    assert copy.faults_with(f"{table}.csv", b"".join(shorter)) == place


@pytest.mark.parametrize("table", RESOURCES)
def test_a_byte_that_is_no_utf8_is_found_in_its_cell(copy, table):
    rows = copy.rows(table)
    rng = random.Random(table)  # noqa: S311
    number, column = rng.randrange(len(rows)), rng.choice(list(rows[0]))
    rows[number][column] = str(rows[number][column])[:3] + "@@@" + ', "quoted"\nnext line'
    data = copy.csv(rows).replace(b"@@@", b"\xe9")
    assert copy.faults_with(f"{table}.csv", data) == [(f"{table}.csv", number + 2, column)]


@pytest.mark.parametrize("file", [*(f"{table}.csv" for table in RESOURCES), "document.txt"])
def test_a_missing_file_is_refused(copy, file):
    assert copy.faults_with(file, None) == [(file, None, None)]


def test_a_table_may_have_no_rows(copy):
    """Not every case has claims: the first row is enough, where nothing refers to the table."""
    header = list(copy.rows("claim_readings")[0])
    assert copy.faults_with("claim_readings.csv", copy.csv([], header)) == []
