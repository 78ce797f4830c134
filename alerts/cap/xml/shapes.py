"""Polygons as CAP writes them: "lat,lon lat,lon ...", the last point being the first (CAP 1.2, 3.2.4)."""

from __future__ import annotations

import re

_POINT = re.compile(r"(-?\d{1,2}(?:\.\d{1,8})?),(-?\d{1,3}(?:\.\d{1,8})?)")
MOST_POINTS = 2_000


def polygon_problem(text: str) -> str:
    """What is wrong with a polygon, in words for a person; empty where nothing is."""
    parts = text.split()
    if len(parts) < 4:
        return "A polygon has four points or more, the last being the first again."
    if len(parts) > MOST_POINTS:
        return f"A polygon has {MOST_POINTS:,} points at most."
    points = []
    for part in parts:
        found = _POINT.fullmatch(part)
        if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
            return "Each point is a latitude and a longitude in decimal degrees, such as 51.46,-0.11."
        points.append((float(found[1]), float(found[2])))
    if points[0] != points[-1]:
        return "The last point has to be the first again."
    return ""
