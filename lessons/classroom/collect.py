"""Hand-ins, read from a folder or from uploaded files into tables.

Whatever a file holds, it is only ever read as text and checked; nothing of it is carried out, and
a file that is not counted changes nothing and is listed with its reason.

Who is who: a learner is known by the ids of their answers, which are random and made where each
answer is given. Files that share an answer are of one person, whatever alias they carry, for
learners hand in again, and take their work to another computer. Of such files the one counts that
holds all answers of the others; where none does, the first one handed in counts, so that nobody
can replace another one's work by copying a part of it.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from lessons.work.checks import shown
from lessons.work.files import LARGEST, Document, read_hand_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

_LEARNERS = {"alias": "str", "file": "str", "handed_in_at": "str", "answers": "int64"}
_ANSWERS = dict.fromkeys(("learner", "case", "item", "kind"), "str") | {"value": "object"}
_ANSWERS |= {"answered_at": "str", "attempt": "int64"}
_LEFT_OUT = {"file": "str", "reason": "str"}
_MOST_FILES = 100_000
_DEEPEST = 4


@dataclass(frozen=True)
class Collected:
    """What a class handed in; three tables.

    learners: a row a learner, by the short random id; alias ("" for none), file, handed_in_at
        (UTC, as the learner's computer said it), answers (how many).
    answers: a row an answer, by learner and time; learner, case, item, kind, value, answered_at,
        attempt (1 for the first answer to an item, which is the one that counts).
    left_out: a row a file that does not count; file, reason (one sentence without its full stop).
    """

    learners: pd.DataFrame
    answers: pd.DataFrame
    left_out: pd.DataFrame


class _HandIn(NamedTuple):
    file: str
    document: Document
    ids: frozenset[str]


def collect(
    folder: Path | str,
    cases: Collection[str] | None = None,
    uploaded: Mapping[str, bytes] | None = None,
) -> Collected:
    """Read all hand-ins of a folder and the folders in it.

    cases: the cases whose answers are welcome; None: all are. uploaded: more files, their contents
    by name. What is no plain file, such as a link, is listed and not followed. A folder that is not
    there is like an empty one.
    """
    return _collected(chain(_contents(Path(folder)), (uploaded or {}).items()), cases)


def collect_files(files: Mapping[str, bytes], cases: Collection[str] | None = None) -> Collected:
    """Read hand-ins that were uploaded: their contents by name; `cases` as in `collect`."""
    return _collected(files.items(), cases)


def _contents(folder: Path, within: str = "", depth: int = 0) -> Iterator[tuple[str, bytes | str]]:
    """Yield names and contents of the files of a folder; in place of contents a reason."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        if depth:
            yield within, f"it could not be read: {error.strerror}"
        return
    for entry in entries:
        name = f"{within}/{entry.name}" if within else entry.name
        if entry.name.startswith("."):
            continue  # what the system keeps there, such as .DS_Store
        if entry.is_dir() and not entry.is_symlink() and depth < _DEEPEST:
            yield from _contents(entry, name, depth + 1)
        else:
            yield name, _content(entry)


def _content(path: Path) -> bytes | str:
    """Return what is in a file, or why it was not read."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return "it is no plain file, expected a file that this course made"
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        return f"it could not be read: {error.strerror}"


def _collected(
    contents: Iterable[tuple[str, bytes | str]], cases: Collection[str] | None
) -> Collected:
    hand_ins, left_out = list[_HandIn](), list[tuple[str, str]]()
    for name, content in contents:
        if len(hand_ins) + len(left_out) >= _MOST_FILES:
            left_out.append((name, f"there are more than {_MOST_FILES} files"))
            break
        read = _read(name, content, cases)
        if isinstance(read, str):
            left_out.append((name, read))
        else:
            hand_ins.append(read)
    counted, others = _one_each(hand_ins)
    return Collected(
        _learners(counted), _answers(counted), _table([*left_out, *others], list(_LEFT_OUT))
    )


def _read(name: str, content: bytes | str, cases: Collection[str] | None) -> _HandIn | str:
    """Return what was handed in, or why it does not count."""
    if isinstance(content, str):
        return content
    try:
        document = read_hand_in(content, cases)
    except ValueError as error:
        return str(error)
    if not document.answers:
        return "it holds no answer"
    return _HandIn(name, document, frozenset(answer.id for answer in document.answers))


# --- who is who --------------------------------------------------------------------------------


def _one_each(hand_ins: list[_HandIn]) -> tuple[list[_HandIn], list[tuple[str, str]]]:
    """Return the one hand-in of each learner that counts, and why the others do not."""
    groups, others = _by_person(hand_ins)
    counted: dict[str, _HandIn] = {}
    for group in sorted(groups, key=lambda group: _when(group[0])):
        best = _best(group)
        others += [(one.file, _why(one, best)) for one in group if one is not best]
        first = counted.setdefault(best.document.learner, best)
        if first is not best:  # ids are random: somebody has written this one by hand
            why = f"its learner's id {shown(best.document.learner)} is that of {shown(first.file)}"
            others.append((best.file, f"{why}, whose answers are other ones"))
    return list(counted.values()), others


def _by_person(
    hand_ins: list[_HandIn],
) -> tuple[list[list[_HandIn]], list[tuple[str, str]]]:
    """Return the hand-ins in groups that share answers, each by time, and what belongs to two.

    The smallest ones first: so a file that copies two people's answers is seen to do so.
    """
    groups, others = list[list[_HandIn]](), list[tuple[str, str]]()
    group_of: dict[str, list[_HandIn]] = {}
    for one in sorted(hand_ins, key=lambda one: (len(one.ids), *_when(one))):
        touched = list({id(group_of[i]): group_of[i] for i in one.ids if i in group_of}.values())
        if len(touched) > 1:
            names = " and of ".join(shown(group[0].file) for group in touched[:2])
            others.append((one.file, f"it holds answers of {names}, which are two learners"))
            continue
        if not touched:
            groups.append([])
        group = touched[0] if touched else groups[-1]
        group.append(one)
        group_of.update(dict.fromkeys(one.ids, group))
    return [sorted(group, key=_when) for group in groups], others


def _when(one: _HandIn) -> tuple[str, str]:
    return one.document.exported_at, one.file


def _best(group: list[_HandIn]) -> _HandIn:
    """Return the newest that holds all answers of the others, else the first one handed in."""
    everything = frozenset[str]().union(*(one.ids for one in group))
    whole = [one for one in group if one.ids == everything]
    return whole[-1] if whole else group[0]


def _why(one: _HandIn, best: _HandIn) -> str:
    if one.ids == best.ids:
        return f"it holds the same answers as {shown(best.file)}"
    if one.ids <= best.ids:
        return f"{shown(best.file)} holds all its answers, and counts"
    return f"it holds answers of {shown(best.file)}, but not all of them"


# --- tables ------------------------------------------------------------------------------------


def _learners(counted: list[_HandIn]) -> pd.DataFrame:
    rows = [
        (one.document.learner, one.document.alias, one.file, one.document.exported_at, len(one.ids))
        for one in counted
    ]
    table = pd.DataFrame(rows, columns=["learner", *_LEARNERS])
    return table.sort_values("learner").set_index("learner").astype(_LEARNERS)


def _answers(counted: list[_HandIn]) -> pd.DataFrame:
    rows = [
        (one.document.learner, a.case, a.item, a.kind, a.value, a.answered_at, a.id)
        for one in counted
        for a in one.document.answers
    ]
    table = pd.DataFrame(rows, columns=[*list(_ANSWERS)[:-1], "id"])
    table = table.sort_values(["learner", "answered_at", "id"], ignore_index=True)
    table["attempt"] = table.groupby(["learner", "case", "item"]).cumcount() + 1
    return table[list(_ANSWERS)].astype(_ANSWERS)


def _table(rows: list[tuple[str, str]], columns: list[str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=columns).sort_values(columns, ignore_index=True)
    return table.astype(_LEFT_OUT)
