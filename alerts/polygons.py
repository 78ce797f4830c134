"""The outline of an alert's area as CAP wants it: "lat,lon lat,lon ...", closed. Pure."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from itertools import pairwise

MOST_POINTS = 100
_FEWEST_CORNERS = 3
# The United Kingdom with its waters: outside of it, latitude and longitude were probably exchanged.
_SOUTH, _NORTH, _WEST, _EAST = Decimal(49), Decimal(61), Decimal(-9), Decimal(3)
_PLACES = Decimal("0.00001")  # about a metre

Point = tuple[Decimal, Decimal]


class BadPolygon(ValueError):
    """It is no outline; `words` say what to do."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def read_polygon(text: str) -> str:
    """`text` as it is kept: five decimals, closed. Empty stays empty. Raises `BadPolygon`."""
    if not text.strip():
        return ""
    points = [_point(one) for one in text.split()]
    if points[0] != points[-1]:
        points.append(points[0])
    if len(set(points)) < _FEWEST_CORNERS or len(set(points)) != len(points) - 1:
        raise BadPolygon("Give three or more different points.")
    if len(points) > MOST_POINTS:
        raise BadPolygon(f"Use {MOST_POINTS} points or fewer.")
    if _crosses_itself(points):
        raise BadPolygon("The outline crosses itself. Give the points in the order in which you walk round.")
    return " ".join(f"{lat},{lon}" for lat, lon in points)


def _point(text: str) -> Point:
    try:
        lat, lon = (Decimal(part).quantize(_PLACES) for part in text.split(","))
    except (InvalidOperation, ValueError):
        raise BadPolygon("Write each point as latitude,longitude, with spaces between the points.") from None
    if not (_SOUTH <= lat <= _NORTH and _WEST <= lon <= _EAST):
        raise BadPolygon("A point lies outside the United Kingdom. Latitude comes first: 51.5,-0.1")
    return lat, lon


def _side(start: Point, end: Point, point: Point) -> int:
    """On which side of the way from `start` to `end` a point lies: 1, -1, or 0 on it."""
    turn = (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])
    return (turn > 0) - (turn < 0)


def _meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    apart = _side(*one, other[0]) * _side(*one, other[1])
    return apart <= 0 and _side(*other, one[0]) * _side(*other, one[1]) <= 0 and _near(one, other)


def _near(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether the boxes round two sides touch: of sides on one line nothing else tells."""
    return all(
        max(min(one[0][axis], one[1][axis]), min(other[0][axis], other[1][axis]))
        <= min(max(one[0][axis], one[1][axis]), max(other[0][axis], other[1][axis]))
        for axis in (0, 1)
    )


def _crosses_itself(points: list[Point]) -> bool:
    sides = list(pairwise(points))
    last = len(sides) - 1
    return any(
        _meet(sides[first], sides[second])
        for first in range(len(sides))
        for second in range(first + 2, len(sides))
        if not (first == 0 and second == last)  # neighbours share a corner
    )
