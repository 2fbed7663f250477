"""Published answers, typed in: tests of five items, how many people answered 00000, 00001, … 11111.

SECTION_6, SECTION_7: Law School Admission Test, 1,000 people each. Bock, R. D. & Lieberman, M. (1970). Fitting a
response model for n dichotomously scored items. Psychometrika 35, 179-197.
DE_AYALA: mathematics, 19,601 people. de Ayala, R. J. (2009). The theory and practice of item response theory, p. 14.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SECTION_6 = (
    3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15,
    10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298,
)  # fmt: skip
SECTION_7 = (
    12, 19, 1, 7, 3, 19, 3, 17, 10, 5, 3, 7, 7, 23, 8, 28,
    7, 39, 11, 34, 14, 51, 15, 90, 6, 25, 7, 35, 18, 136, 32, 308,
)  # fmt: skip
DE_AYALA = (
    691, 184, 158, 41, 235, 87, 65, 15, 242, 79, 92, 28, 134, 52, 63, 40,
    2280, 571, 462, 166, 1053, 412, 370, 187, 1685, 626, 702, 500, 1682, 1219, 2095, 3385,
)  # fmt: skip


def answers(people: tuple[int, ...]) -> NDArray[np.float64]:
    """Persons x items."""
    patterns = [[float(each) for each in f"{number:05b}"] for number in range(32)]
    return np.repeat(np.array(patterns), people, axis=0)
