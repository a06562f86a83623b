"""A number with its noun, as a sentence says it."""

from __future__ import annotations


def counted(count: int, noun: str) -> str:
    """Return how many of something there are: "1 card", "2 cards", "0 cards"."""
    return f"{count} {noun}{'s' * (count != 1)}"
