"""The colours of a picture, as they are on white and as a page may change them."""

from typing import Final

from .parts import Paint

HALO: Final = 0.007
COLOURS: Final[dict[Paint, str]] = {
    "body": "#546e7a",
    "far": "#b1bdc3",
    "leg": "#0288d1",
    "leg_far": "#81c4e8",
    "muscle": "#ff7043",
    "prop": "#cfd8dc",
    "weight": "#37474f",
    "soft": "#4db6ac",
    "ground": "#b0bec5",
    "arrow": "#f9a825",
    "halo": "#ffffff",
    "ghost": "#e6eaec",
}


def _mixed(colour: str, share: int, ground: str) -> str:
    return f"color-mix(in srgb,{colour} {share}%,{ground})"


_HALO = "var(--pht-halo,var(--card-background-color,#fff))"
_BODY = f"var(--pht-body,{COLOURS['body']})"
_LEG = "var(--pht-leg,var(--primary-color,#0288d1))"
STYLES: Final[dict[Paint, str]] = {
    "body": _BODY,
    "far": f"var(--pht-far,{_mixed(_BODY, 45, _HALO)})",
    "leg": _LEG,
    "leg_far": _mixed(_LEG, 50, _HALO),
    "muscle": f"var(--pht-muscle,{COLOURS['muscle']})",
    "prop": f"var(--pht-prop,{COLOURS['prop']})",
    "weight": f"var(--pht-weight,{COLOURS['weight']})",
    "soft": f"var(--pht-soft,{COLOURS['soft']})",
    "ground": f"var(--pht-ground,{COLOURS['ground']})",
    "arrow": f"var(--pht-arrow,{COLOURS['arrow']})",
    "halo": _HALO,
    "ghost": _BODY,
}
