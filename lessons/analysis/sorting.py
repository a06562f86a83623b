"""Sorting claims into kinds: which claims, whose label is hidden, and what came of it.

The statement and the commentary go through the same functions with the same defaults.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from lessons.analysis.rows import records_of, rows_of
from lessons.document import find_quoted_sentences, find_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lessons.case import Case

EACH = 6
FEWEST = 5  # cards on each side, below which nothing is said of the label
WORDS = 4  # a claim of fewer is hard to tell on a card
FACT = "checkable-fact"
_QUOTES = ' \n\u00a0"\u201c\u201d'
_COLUMNS = {"claim_id": "str", "voice": "str", "label": "str", "label_shown": "object"}
_COLUMNS |= {"kind": "str", "sure": "Int64"}


def claims_to_sort(case: Case, each: int = EACH) -> list[str]:
    """Choose claims to sort: as many of each voice, if it makes so many, in the order of the text.

    The rule, the same for every voice that makes claims and has a label: passages that the content
    note lets a learner skip are left out; one claim a passage, so never two of one sentence;
    passages with a printed label first; no claim of fewer than four words. Within these, the kinds
    are gone through in the order of their scale, and the first claim that either reading put there
    is taken, so that a set has many kinds in it.
    """
    claims = case.claims.sort_values(["start", "end"])
    kinds, scales = _kinds_of(case), case.scales
    turns = list(scales.loc[scales["scale"] == "kind", "value"])
    passages = case.passages.loc[claims["passage_id"]]
    skip = set(re.findall(r"\w+", case.content_note))
    chosen: set[str] = set()
    for voice in _labelled_voices(case):
        own = claims[(passages["voice"] == voice).to_numpy()]
        own = own[~own["passage_id"].isin(skip) & (own["quote"].str.count(r"\S+") >= WORDS)]
        rows = list(rows_of(own))
        for labelled in (True, False):
            part = [r for r in rows if bool(case.passages.loc[r.passage_id, "label"]) == labelled]
            chosen |= set(_by_turns(part, kinds, turns, each - len(chosen & set(own.index))))
    return [str(claim) for claim in claims.index if claim in chosen]


def _labelled_voices(case: Case) -> list[str]:
    """Return the voices with a label in print."""
    return [str(voice) for voice in case.voices.index[case.voices["label"] != ""]]


def _kinds_of(case: Case) -> dict[str, set[str]]:
    """Return for each claim the kinds that the readings gave it."""
    table = case.claim_readings
    return {str(claim): set(rows["kind"]) for claim, rows in table.groupby("claim_id")}


def _by_turns(
    claims: Sequence[Any], kinds: Mapping[str, set[str]], turns: Sequence[str], most: int
) -> list[str]:
    """Take one claim of each kind in turn, and no two of one passage, until there are enough."""
    taken: dict[str, str] = {}  # by passage
    for kind in [*turns, *turns, *[""] * len(claims)]:  # twice round, then whatever is left
        for row in claims:
            fits = not kind or kind in kinds.get(row.Index, ())
            if fits and row.passage_id not in taken and len(taken) < most:
                taken[row.passage_id] = str(row.Index)
                break
    return list(taken.values())


def in_sentence(case: Case, claim_id: str) -> dict[str, Any]:
    """Return a claim where it stands: {before, claim, after, label, opens}.

    `before` and `after` are the rest of its sentence, in which the words of other claims are left
    out ("..."): a card shows one claim and no other. `label` is the one printed at its passage,
    "" for none; `opens` says whether the sentence opens the passage. Raises KeyError for a claim
    that the case does not have.
    """
    claim = records_of(case.claims)[claim_id]
    start, end = int(claim["start"]), int(claim["end"])
    passage = records_of(case.passages)[claim["passage_id"]]
    label = str(passage["label"])
    begin, stop = int(passage["start"]), int(passage["end"])
    printed = re.match(rf"{re.escape(label)}:\s*", case.text[begin:stop]) if label else None
    opening = begin + (printed.end() if printed else 0)
    first, last = _sentence_around(case.text, (opening, stop), (start, end))
    others = case.claims[case.claims["passage_id"] == claim["passage_id"]].drop(claim_id)
    spans = [(int(row.start), int(row.end)) for row in rows_of(others)]
    return {
        "before": _without(case.text, (first, start), spans),
        "claim": case.text[start:end],
        "after": _without(case.text, (end, last), spans),
        "label": label,
        "opens": not case.text[opening:first].strip(_QUOTES),
    }


def _sentence_around(text: str, within: tuple[int, int], claim: tuple[int, int]) -> tuple[int, int]:
    """Return the shortest stretch of whole sentences that holds a claim; quoted ones count, too."""
    start, end = claim
    found = []
    for finder in (find_sentences, find_quoted_sentences):
        around = [s for s in finder(text, *within) if s.start < end and start < s.end]
        if around and around[0].start <= start and end <= around[-1].end:
            found.append((around[0].start, around[-1].end))
    return min(found, key=lambda span: span[1] - span[0], default=claim)


def _without(text: str, span: tuple[int, int], others: Sequence[tuple[int, int]]) -> str:
    """Return a stretch of text with "..." for what others hold of it."""
    parts, at = [], span[0]
    for start, end in sorted(others):
        if start < span[1] and end > at:
            parts += [text[at : max(at, start)], "..."]
            at = min(end, span[1])
    said = "".join([*parts, text[at : span[1]]])
    return re.sub(r"\.\.\.([\s,-]*(\.\.\.|\.))+", "...", said)


def labels_shown(labels: Mapping[str, str], seed: str, *, hide: bool = True) -> dict[str, bool]:
    """Say for each card with a printed label whether the label is shown; half of each is hidden.

    `labels` holds the label of each card, "" for none: such a card is left out of the answer. The
    seed, such as a learner's id, decides which half; of an odd number it also decides which half
    is the larger one. `hide=False`: all are shown.
    """
    shown: dict[str, bool] = {}
    for label in sorted({label for label in labels.values() if label}):
        cards = sorted(card for card, own in labels.items() if own == label)
        draw = random.Random(f"{seed}:{label}")  # noqa: S311  (a fair half, not a secret)
        cards.sort(key=lambda _: draw.random())
        half = (len(cards) + int(draw.random() < 0.5)) // 2  # noqa: PLR2004
        shown |= {card: not hide or place < half for place, card in enumerate(cards)}
    return shown


def mixed(claims: Iterable[str], seed: str) -> list[str]:
    """Return claims in an order that the seed decides: neither voice comes first as a block."""
    draw = random.Random(seed)  # noqa: S311  (the same for everybody, so no secret)
    return sorted(claims, key=lambda _: draw.random())


def sorted_cards(case: Case, answers: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """Put a learner's answers beside the readings of the same claims, and no others.

    `answers` holds {kind, sure, label_shown} by claim. Columns: claim_id, voice, label (the printed
    one, "" for none), label_shown (True, False, or None for no label), kind, sure, and one column
    for each reading, such as "Reader A".
    """
    passages, claims = records_of(case.passages), records_of(case.claims)
    rows = []
    for claim, answer in answers.items():
        passage = passages[claims[claim]["passage_id"]]
        own = {"claim_id": claim, "voice": passage["voice"], "label": passage["label"]}
        rows.append(own | {name: answer[name] for name in ("label_shown", "kind", "sure")})
    table = pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)
    readings = case.claim_readings
    for reader in sorted(set(readings["reader"])):
        own_kinds = readings[readings["reader"] == reader].set_index("claim_id")["kind"]
        table[f"Reader {reader}"] = table["claim_id"].map(own_kinds).fillna("").astype("str")
    return table


def label_effect(cards: pd.DataFrame, kind: str = FACT) -> pd.DataFrame:
    """Count how often cards were called one kind with their label shown, and with it hidden.

    `cards` is a table of `sorted_cards`; cards without a printed label are left out. Columns,
    indexed by label: shown, of_shown, hidden, of_hidden.
    """
    own = cards[cards["label"] != ""]
    labels = sorted(set(own["label"]))
    rows = []
    for label in labels:
        part = own[own["label"] == label]
        seen = part["label_shown"].map(lambda shown: shown is True)
        called = part["kind"] == kind
        both = ((called & seen).sum(), seen.sum(), (called & ~seen).sum(), (~seen).sum())
        rows.append([int(count) for count in both])
    columns = ["shown", "of_shown", "hidden", "of_hidden"]
    index = pd.Index(labels, name="label", dtype="str")
    return pd.DataFrame(rows, columns=columns, index=index, dtype="int64")
