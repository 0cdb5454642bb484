"""Where the joints are: poses by angles, resting hands and feet by their place.

One body height is 1, the floor is y = 0, y points up and the figure faces +x. Angles are in
degrees, counter-clockwise from +x. `n` is the near side, which works, and `f` the far one. An
ankle is where the heel touches the floor. A figure seen from the front keeps the same joints
and has its right side, which works, on the viewer's left.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

type Point = tuple[float, float]
type Joints = Mapping[str, Point]
type Pose = Mapping[str, Any]
"""Trunk and neck, a pin (joint, x, y), and the limbs `leg_n`, `leg_f`, `arm_n` and `arm_f`.

`leap` raises the pin and `lift` a foot on their way; `pelvis` and `tilt` turn the pelvis.

A limb is a list of the angles of its joints, or a mapping with the place where it rests: `heel`
or `toe` with the direction of the foot, or `hand`; `on` names a joint it is measured from.
"""

TRUNK: Final = 0.30
NECK: Final = 0.10
THIGH: Final = 0.245
SHIN: Final = 0.246
FOOT: Final = 0.13
UPPER_ARM: Final = 0.17
FOREARM: Final = 0.16
HIP_WIDTH: Final = 0.05
SHOULDER_WIDTH: Final = 0.085
FRONT_FOOT: Final = 0.04

type View = Literal["side", "front"]


def along(start: Point, direction: float, length: float) -> Point:
    """Return the point this far from another."""
    turn = math.radians(direction)
    return start[0] + length * math.cos(turn), start[1] + length * math.sin(turn)


def direction(start: Point, end: Point) -> float:
    """Return the angle of the line between two points."""
    return math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))


def wrapped(angle: float) -> float:
    """Return the same angle within half a turn of 0."""
    return (angle + 180) % 360 - 180


def ease(fraction: float) -> float:
    """Start and end a movement gently."""
    return (1 - math.cos(math.pi * fraction)) / 2


def pose_at(start: Pose, end: Pose, fraction: float, view: View) -> Joints:
    """Return the joints at this fraction of the way between two poses."""
    first, last = dict(start), dict(end)
    if first["pin"][0] != last["pin"][0]:
        for pose in (first, last):
            pose["pin"] = ["hip", *solve(pose, view)["hip"]]
    for limb in ("leg_n", "leg_f", "arm_n", "arm_f"):
        if isinstance(start[limb], Mapping) != isinstance(end[limb], Mapping):
            for pose, given in ((first, start), (last, end)):
                pose[limb] = _angles(given, limb, view)
    mixed = _between(first, last, fraction)
    if "leap" in mixed:
        joint, x, y = mixed["pin"]
        mixed["pin"] = [joint, x, y + mixed["leap"] * 4 * fraction * (1 - fraction)]
    return solve(mixed, view)


def solve(pose: Pose, view: View) -> Joints:
    """Return the joints of a pose, with its pinned joint in its place."""
    name, x, y = pose["pin"]
    loose = _body(pose, (0, 0), view)[name]
    return _body(pose, (x - loose[0], y - loose[1]), view)


def _between(first: Any, last: Any, fraction: float) -> Any:
    if isinstance(first, int | float):
        return first + (last - first) * fraction
    if isinstance(first, list):
        return [_between(a, b, fraction) for a, b in zip(first, last, strict=True)]
    if not isinstance(first, dict):
        return first
    mixed = {key: _between(first[key], last[key], fraction) for key in first}
    if "lift" in mixed:
        x, y = mixed["heel"]
        mixed["heel"] = [x, y + mixed["lift"] * 4 * fraction * (1 - fraction)]
    return mixed


def _angles(pose: Pose, limb: str, view: View) -> Sequence[float]:
    """Describe a limb by angles, wherever it rests."""
    if not isinstance(pose[limb], Mapping):
        angles: Sequence[float] = pose[limb]
        return angles
    joints, side = solve(pose, view), limb[-1]
    if limb.startswith("arm"):
        upper = direction(joints[f"shoulder_{side}"], joints[f"elbow_{side}"])
        lower = direction(joints[f"elbow_{side}"], joints[f"hand_{side}"])
        return [wrapped(upper - 270 + pose["trunk"]), wrapped(lower - upper)]
    thigh = direction(joints[f"hip_{side}"], joints[f"knee_{side}"])
    shin = direction(joints[f"knee_{side}"], joints[f"ankle_{side}"])
    foot = direction(joints[f"ankle_{side}"], joints[f"toe_{side}"])
    return [
        wrapped(thigh - 270 + pose["trunk"]),
        wrapped(thigh - shin),
        wrapped(foot - shin - 90),
    ]


def _body(pose: Pose, hip: Point, view: View) -> Joints:
    up = 90 - pose["trunk"]
    shoulder = along(hip, up, TRUNK)
    joints = {
        "hip": hip,
        "shoulder": shoulder,
        "head": along(shoulder, up - pose["neck"], NECK),
        "crown": along(shoulder, up - pose["neck"], 2 * NECK),
        "pelvis": along(hip, up + pose.get("pelvis", 0) + pose.get("tilt", 0), 0.1),
    }
    level = up + 90 + pose.get("tilt", 0)
    for side, sign in (("n", 1), ("f", -1)):
        wide = view == "front"
        joints[f"hip_{side}"] = along(hip, level, sign * HIP_WIDTH * wide)
        joints[f"shoulder_{side}"] = along(shoulder, up + 90, sign * SHOULDER_WIDTH * wide)
    for side, sign in (("n", -1), ("f", 1)):
        if view == "side":
            _leg(joints, side, up + 180, pose[f"leg_{side}"])
        else:
            _front_leg(joints, side, (up + 180, sign), pose[f"leg_{side}"])
        frame = (up + 180, 1, 1) if view == "side" else (up + 180, sign, -sign)
        _arm(joints, side, frame, pose[f"arm_{side}"])
    return joints


def _leg(joints: dict[str, Point], side: str, down: float, leg: Any) -> None:
    hip = joints[f"hip_{side}"]
    if isinstance(leg, Mapping):
        foot = leg["foot"]
        ankle = leg["heel"] if "heel" in leg else along(leg["toe"], foot, -FOOT)
        knee = _bend(hip, ankle, (THIGH, SHIN), -1)
    else:
        bent_hip, bent_knee, bent_ankle = leg
        knee = along(hip, down + bent_hip, THIGH)
        shin = down + bent_hip - bent_knee
        ankle = along(knee, shin, SHIN)
        foot = shin + 90 + bent_ankle
    joints[f"knee_{side}"], joints[f"ankle_{side}"] = knee, (ankle[0], ankle[1])
    joints[f"toe_{side}"] = along((ankle[0], ankle[1]), foot, FOOT)


def _front_leg(joints: dict[str, Point], side: str, frame: tuple[float, int], leg: Any) -> None:
    """A knee that bends towards the viewer only makes the leg look shorter."""
    hip, (down, sign) = joints[f"hip_{side}"], frame
    if isinstance(leg, Mapping):
        ankle, foot = (leg["heel"][0], leg["heel"][1]), leg["foot"]
    else:
        ankle = along(hip, down + sign * leg[0], (THIGH + SHIN) * leg[1])
        foot = down + sign * leg[0] + 90
    joints[f"knee_{side}"] = along(
        hip, direction(hip, ankle), math.dist(hip, ankle) * THIGH / (THIGH + SHIN)
    )
    joints[f"ankle_{side}"], joints[f"toe_{side}"] = ankle, along(ankle, foot, FRONT_FOOT)


def _arm(joints: dict[str, Point], side: str, frame: tuple[float, int, int], arm: Any) -> None:
    shoulder, (down, sign, fold) = joints[f"shoulder_{side}"], frame
    if isinstance(arm, Mapping):
        x, y = joints[arm["on"]] if "on" in arm else (0, 0)
        hand = x + arm["hand"][0], y + arm["hand"][1]
        elbow = _bend(shoulder, hand, (UPPER_ARM, FOREARM), fold)
    else:
        elbow = along(shoulder, down + sign * arm[0], UPPER_ARM)
        upper, bent, *shown = arm  # a forearm that points at the viewer looks short
        hand = along(elbow, down + sign * (upper + bent), FOREARM * (shown[0] if shown else 1))
    joints[f"elbow_{side}"], joints[f"hand_{side}"] = elbow, hand


def _bend(start: Point, end: Sequence[float], lengths: tuple[float, float], sign: int) -> Point:
    """Return the joint between two bones whose ends are given."""
    upper, lower = lengths
    goal = end[0], end[1]
    reach = max(1e-9, min(math.dist(start, goal), upper + lower))
    cosine = (upper**2 + reach**2 - lower**2) / (2 * upper * reach)
    corner = math.degrees(math.acos(max(-1, min(1, cosine))))
    return along(start, direction(start, goal) - sign * corner, upper)
