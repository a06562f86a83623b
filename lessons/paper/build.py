"""Write all sheets of a course as HTML and PDF: python -m lessons paper."""

from __future__ import annotations

import sys
from pathlib import Path

from lessons.case import open_case
from lessons.paper.pdf import pdf
from lessons.paper.sheets import sheets
from lessons.paper.web import page
from lessons.widgets.course import things_to_do
from lessons.work.places import course_folder

CASE = "danang-2017"


def build(folder: Path, paper: str = "a4") -> list[Path]:
    """Write every sheet into a folder, made if need be; returns the files.

    Files of an earlier time are written anew. Raises OSError where the folder cannot be written.
    """
    case = open_case(CASE)
    notebooks = (course_folder() or Path()) / "notebooks"
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for sheet in sheets(case, things_to_do(notebooks)):
        web, printed = folder / f"{sheet.name}.html", folder / f"{sheet.name}.pdf"
        web.write_text(page(sheet, case.language), encoding="utf-8")
        printed.write_bytes(pdf(sheet, case.language, paper))
        written += [web, printed]
    return written


def main(folder: str, paper: str) -> int:
    """Write the sheets and say where they are."""
    try:
        written = build(Path(folder), paper)
    except OSError as error:
        print(f"The folder {folder} could not be written: {error.strerror}.", file=sys.stderr)
        return 1
    print(f"{len(written)} files are in {Path(folder).resolve()}: an HTML and a PDF of each sheet.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
