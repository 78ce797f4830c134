"""Rates compared by Poisson regression with errors robust to whatever the counts are like. Numbers only.

statsmodels does the fitting. It is loaded when something is fitted: it takes seconds and memory that no
other page needs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from reports.before_after.compared import Ratio

CONFIDENCE = 0.95
Numbers = npt.NDArray[np.float64]


def rate_ratio(
    counts: Sequence[float],
    days: Sequence[float],
    design: Numbers,
    children: Sequence[int],
    weights: Sequence[float] | None = None,
) -> Ratio:
    """The rate ratio of the first column of `design`, the other columns held equal.

    Poisson with log days at risk as offset is right on average for any counts whose mean is right; the
    error takes in over-dispersion and a child's several rows (docs/adr/0114).
    """
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    scale = np.ones(len(counts)) if weights is None else np.asarray(weights, dtype=float)
    design = _independent(design)
    groups = np.unique(np.asarray(children), return_inverse=True)[1]
    # A weight on a Poisson row is the row with count and days that many times: the score is the same.
    model = GLM(
        scale * np.asarray(counts, dtype=float),
        design,
        family=Poisson(),
        offset=np.log(scale * np.asarray(days, dtype=float)),
    )
    fitted = model.fit()
    error = _error(design, model.endog, np.asarray(fitted.mu), groups)
    freedom = max(_freedom(design[:, 0], groups), 1)
    return _interval(float(fitted.params[0]), error, freedom)


def _independent(design: Numbers) -> Numbers:
    """Without the columns that those before them say already: the first always stays."""
    sizes = np.abs(np.diag(np.linalg.qr(design, mode="r")))
    return design[:, sizes > 1e-7 * np.linalg.norm(design, axis=0)]


def _error(design: Numbers, counts: Numbers, expected: Numbers, groups: npt.NDArray[np.intp]) -> float:
    """The standard error of the first column by the sandwich over children (HC3 where each has one row).

    A row's residual is divided by what it did not pull the fit to itself: without that a few children who
    go missing very often make the interval too narrow.
    """
    bread = np.linalg.inv(design.T @ (design * expected[:, None]))
    pulled = expected * np.einsum("ij,jk,ik->i", design, bread, design)
    scores = design * ((counts - expected) / (1 - np.minimum(pulled, 0.99)))[:, None]
    each = np.zeros((int(groups.max()) + 1, design.shape[1]))
    np.add.at(each, groups, scores)
    return float(np.sqrt((bread @ (each.T @ each) @ bread)[0, 0]))


def _freedom(column: Numbers, groups: npt.NDArray[np.intp]) -> int:
    """Children of the smaller side less one: it is they on whom the interval rests."""
    sides = [np.unique(groups[column == side]).size for side in np.unique(column)]
    return int(min(sides)) - 1


def _interval(estimate: float, error: float, freedom: int) -> Ratio:
    from scipy import stats

    reach = float(stats.t.ppf(0.5 + CONFIDENCE / 2, freedom)) * error
    return Ratio(math.exp(estimate), math.exp(estimate - reach), math.exp(estimate + reach))
