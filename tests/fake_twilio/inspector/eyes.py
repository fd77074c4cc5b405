"""Colours as eyes see them, also eyes that lack one kind of cone.

Contrast: WCAG 2.2, "relative luminance". What is seen without a kind of cone: Machado, Oliveira and Fernandes, "A
Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1. Distance: Ottosson, "A
perceptual color space for image processing" (Oklab, 2020); there 0.02 is about the least that an eye notices.
"""

from collections.abc import Mapping
from math import cbrt, dist
from types import MappingProxyType

Linear = tuple[float, float, float]  # red, green, blue from 0 to 1, as light adds up
Matrix = tuple[Linear, Linear, Linear]

EYES: Mapping[str, Matrix] = MappingProxyType(
    {
        "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
        "no long cones": (
            (0.152286, 1.052583, -0.204868),
            (0.114503, 0.786281, 0.099216),
            (-0.003882, -0.048116, 1.051998),
        ),
        "no middle cones": (
            (0.367322, 0.860646, -0.227968),
            (0.280085, 0.672501, 0.047413),
            (-0.011820, 0.042940, 0.968881),
        ),
        "no short cones": (
            (1.255528, -0.076749, -0.178779),
            (-0.078411, 0.930809, 0.147602),
            (0.004733, 0.691367, 0.303900),
        ),
    }
)
_TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours such as ``#7fd99a``, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def difference(one: str, other: str, eye: str) -> float:
    """Return how far apart two colours are to an eye."""
    return dist(_seen(one, EYES[eye]), _seen(other, EYES[eye]))


def _luminance(color: str) -> float:
    red, green, blue = _linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _seen(color: str, eye: Matrix) -> Linear:
    red, green, blue = (min(max(light, 0.0), 1.0) for light in _times(eye, _linear(color)))
    long, middle, short = _times(_TO_CONES, (red, green, blue))
    return _times(_TO_LAB, (cbrt(long), cbrt(middle), cbrt(short)))


def _linear(color: str) -> Linear:
    red, green, blue = (_light(int(color[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return red, green, blue


def _light(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _times(matrix: Matrix, vector: Linear) -> Linear:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third
