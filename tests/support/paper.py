"""What a page looks like on paper: printed by Chromium, read again from the PDF."""

from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium

POINT = 25.4 / 72  # millimetres
SIZES = {"A4": (210, 297), "Letter": (215.9, 279.4)}


class Sheet(NamedTuple):
    """One printed page: its words, and how far its letters stand from each edge (millimetres)."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def printed(page, size, **more):
    """Print a page on a size of paper; returns its sheets."""
    pdf = pdfium.PdfDocument(page.pdf(format=size, prefer_css_page_size=False, **more))
    return [_sheet(pdf[number], SIZES[size]) for number in range(len(pdf))]


def _sheet(page, size):
    wide, high = page.get_size()
    assert abs(wide * POINT - size[0]) < 1
    assert abs(high * POINT - size[1]) < 1
    words = page.get_textpage()
    boxes = [words.get_charbox(i) for i in range(words.count_chars())]
    left, bottom, right, top = np.array([box for box in boxes if box[2] > box[0]]).T
    edges = (left.min(), wide - right.max(), high - top.max(), bottom.min())
    return Sheet(words.get_text_bounded(), *(float(edge * POINT) for edge in edges))
