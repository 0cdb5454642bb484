"""The pictures of the exercises: that they hold together, and that the committed ones are these."""

import gzip
import json
import math
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageColor

from custom_components.pht_rehab import figures
from custom_components.pht_rehab.domain.exercises import EXERCISES, Equipment, Sides
from custom_components.pht_rehab.figures import raster, skeleton
from custom_components.pht_rehab.figures.library import EXERCISES as POSES
from custom_components.pht_rehab.figures.paints import COLOURS
from custom_components.pht_rehab.figures.scene import joints_at, joints_back
from custom_components.pht_rehab.figures.skeleton import Joints
from script import figures as writer
from script.real_ha import INTEGRATION

IDS = figures.ids()
WORDS = json.loads((INTEGRATION / "translations" / "en.json").read_text("utf-8"))["common"]
MOMENTS = [step / 24 for step in range(25)]
BONES = {
    ("hip", "shoulder"): skeleton.TRUNK,
    ("shoulder", "head"): skeleton.NECK,
    **{(f"hip_{side}", f"knee_{side}"): skeleton.THIGH for side in "nf"},
    **{(f"knee_{side}", f"ankle_{side}"): skeleton.SHIN for side in "nf"},
    **{(f"ankle_{side}", f"toe_{side}"): skeleton.FOOT for side in "nf"},
    **{(f"shoulder_{side}", f"elbow_{side}"): skeleton.UPPER_ARM for side in "nf"},
    **{(f"elbow_{side}", f"hand_{side}"): skeleton.FOREARM for side in "nf"},
}
AIMS = {"crown", "pelvis"}  # only say which way a part is turned

DRAWN: dict[str, set[str]] = {
    Equipment.MAT: {"mat"},
    Equipment.BAND: {"band", "loop"},
    Equipment.WEIGHTS: {"dumbbell", "plate", "kettlebell"},
    Equipment.STEP: {"step"},
    Equipment.BENCH: {"bench"},
    Equipment.SLIDERS: {"slider"},
}
"""As what a thing of the library is drawn; one of them is enough."""

ASKED: dict[str, set[str]] = {
    r"\bLie\b": DRAWN[Equipment.MAT],
    r"\bwall\b": {"wall"},
    r"\bchair\b": {"chair"},
    r"\bcushion\b": {"cushion"},
    r"\bstick\b": {"stick"},
    r"\bpartner\b": {"sofa"},
    r"\bdumbbell\b": DRAWN[Equipment.WEIGHTS],
    r"\b(steady|support|rail)\b": {"wall", "chair", "post"},
}
"""As what is drawn what every home has: a word of the instructions, and the things."""

HEAVIEST = ["band_side_step", "single_leg_rdl", "hip_thrust_bench"]  # of the GIFs

every_exercise = pytest.mark.parametrize("exercise", IDS)


def frames(exercise: str) -> list[Joints]:
    given = POSES[exercise]
    return [way(given, moment) for way in (joints_at, joints_back) for moment in MOMENTS]


def resting(exercise: str) -> Iterator[str]:
    """Yield the joints that the data says stay where they are."""
    given = POSES[exercise]
    common = given.get("pose", {})
    first, last = {**common, **given["start"]}, {**common, **given["end"]}
    if first["pin"] == last["pin"] and "leap" not in first:
        yield first["pin"][0]
    for limb in ("leg_n", "leg_f", "arm_n", "arm_f"):
        start: Mapping[str, Any] = first[limb] if isinstance(first[limb], Mapping) else {}
        end: Mapping[str, Any] = last[limb] if isinstance(last[limb], Mapping) else {}
        for place, joint in (("heel", "ankle"), ("toe", "toe"), ("hand", "hand")):
            if place in start and start[place] == end.get(place) and "on" not in start:
                yield f"{joint}_{limb[-1]}"


def things(exercise: str) -> list[str]:
    """Return what is drawn beside the figure: shadows and lines that show something left out."""
    given = POSES[exercise]
    names = [name for name, *_ in [*given.get("props", []), *given.get("held", [])]]
    return [name for name in names if name not in {"shadow", "belt"}]


def asked(exercise: str) -> list[set[str]]:
    """Return what has to be drawn, each as the things of which one is enough.

    It is the library's equipment, and what the instructions name beside it; not what is only
    another choice or comes later.
    """
    told = [WORDS.get(f"exercise_{exercise}_{part}", "") for part in ("equipment", "how_to")]
    told += re.findall(r"Hold [^.]*", WORDS.get(f"exercise_{exercise}_cautions", ""))
    text = re.sub(r"[^.,]*\b(later on|at first)\b| or (a|the|your) [^.,]*", "", " ".join(told))
    wanted = [DRAWN[item] for item in EXERCISES[exercise].equipment]
    wanted += [drawn for word, drawn in ASKED.items() if re.search(word, text)]
    return [drawn for place, drawn in enumerate(wanted) if drawn not in wanted[:place]]


def test_every_exercise_has_a_figure() -> None:
    assert set(IDS) == set(EXERCISES)


@every_exercise
def test_what_it_takes_is_drawn(exercise: str) -> None:
    left = things(exercise)
    for wanted in sorted(asked(exercise), key=len):
        found = wanted & set(left)
        assert found, f"{wanted} in {left}"
        left.remove(min(found))
    if Equipment.SLIDERS in EXERCISES[exercise].equipment:
        assert things(exercise) == ["slider", "slider"]  # one under each heel
    paints = {"weight": DRAWN[Equipment.WEIGHTS], "soft": {"mat", "cushion", "slider", "loop"}}
    for paint, kinds in paints.items():
        if kinds & set(things(exercise)):
            assert re.search(f'class="(s )?{paint}\\b', figures.svg(exercise))


@every_exercise
def test_what_is_drawn_is_asked_for(exercise: str) -> None:
    wanted = set().union(*asked(exercise), {"mat"})
    bands = [more for kind, _, _, *more in POSES[exercise].get("held", []) if kind == "band"]
    assert {thing for thing in things(exercise) if not (thing == "post" and bands)} <= wanted


@every_exercise
def test_a_band_is_tied_to_something(exercise: str) -> None:
    given = POSES[exercise]
    stands = {prop[1] for prop in given.get("props", []) if prop[0] in {"wall", "post"}}
    for kind, _, _, *more in given.get("held", []):
        if kind == "band":
            assert more[0] in stands


@every_exercise
def test_what_rests_does_not_slide(exercise: str) -> None:
    for joint in resting(exercise):
        places = [joints[joint] for joints in frames(exercise)]
        assert max(math.dist(place, places[0]) for place in places) < 0.001, joint


@every_exercise
def test_nobody_sinks_into_the_floor(exercise: str) -> None:
    for joints in frames(exercise):
        lowest = min((y, name) for name, (_, y) in joints.items() if name not in AIMS)
        assert lowest[0] > -0.01, lowest


@every_exercise
def test_bones_keep_their_length(exercise: str) -> None:
    front = POSES[exercise].get("view") == "front"
    for joints in frames(exercise):
        for (start, end), length in BONES.items():
            found = math.dist(joints[start], joints[end])
            if front and "_" in start:  # may point towards the viewer
                assert found <= length + 0.001, (start, end)
            else:
                assert found == pytest.approx(length, abs=0.001), (start, end)


@every_exercise
def test_the_drawings_can_be_put_on_any_page(exercise: str) -> None:
    for text, most in ((figures.svg(exercise), 9000), (figures.still_svg(exercise), 3000)):
        root = ET.fromstring(text)  # noqa: S314 - our own text
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert root.get("role") == "img"
        assert tags <= {"svg", "style", "g", "path", "animate", "animateTransform"}
        assert not any("id" in element.attrib for element in root.iter())
        assert len(gzip.compress(text.encode())) < most
    still = figures.still_svg(exercise)
    assert "<animate" not in still
    assert 'class="ghost"' in still
    assert 'class="s arrow"' in still


@every_exercise
def test_left_is_right_in_the_mirror(exercise: str) -> None:
    for draw in (figures.svg, figures.still_svg):
        right, left = draw(exercise, "right"), draw(exercise, "left")
        assert '<g transform="scale(-1 1)">' in left
        x, y, width, height = map(float, view(right))
        assert list(map(float, view(left))) == pytest.approx(
            [-x - width, y, width, height], abs=0.2
        )
        assert body(left).replace(' transform="scale(-1 1)"', "", 1) == body(right)


def view(text: str) -> list[float]:
    found = re.search(r'viewBox="([^"]+)"', text)
    assert found is not None
    return [float(number) for number in found.group(1).split()]


def body(text: str) -> str:
    return text[text.index("</style>") :]


def test_a_player_knows_the_timeline() -> None:
    text = figures.svg("rdl_full")
    root = ET.fromstring(text)  # noqa: S314 - our own text
    spans = {key: value for key, value in root.attrib.items() if key.startswith("data-")}
    assert spans == {"data-up": "0 3", "data-hold": "3 4", "data-down": "4 7", "data-rest": "7 8"}
    for animated in root.iter():
        if animated.get("values"):
            assert animated.get("dur") == "8s"
            times = [float(time) for time in animated.get("keyTimes", "").split(";")]
            values = animated.get("values", "").split(";")
            assert len(times) == len(values)
            assert (times[0], times[-1]) == (0, 1)
            assert values[times.index(0.375)] == values[times.index(0.5)]
            assert values[0] == values[times.index(0.875)] == values[-1]


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_still_is_a_png_on_white(side: figures.Side) -> None:
    with Image.open(BytesIO(figures.png("bird_dog", side))) as image:
        assert (image.format, image.size) == ("PNG", (480, 320))
        assert image.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
    with Image.open(BytesIO(figures.png("bird_dog", side, 100, 100))) as image:
        assert image.size == (100, 100)


@pytest.mark.parametrize("exercise", [*IDS[::5], *HEAVIEST])
def test_a_gif_moves_for_ever(exercise: str) -> None:
    drawn = figures.gif(exercise)
    assert len(drawn) <= 140_000
    with Image.open(BytesIO(drawn)) as image:
        assert (image.format, image.size) == ("GIF", (360, 240))
        assert image.info["loop"] == 0
        assert getattr(image, "n_frames", 1) > 5


@pytest.mark.parametrize("exercise", [*IDS[::8], *HEAVIEST])
def test_the_first_frame_of_a_gif_tells_the_way_by_itself(exercise: str) -> None:
    """Android shows no other: there is the arrow that only a still picture has."""
    arrow = ImageColor.getrgb(COLOURS["arrow"])

    def pointed(image: Image.Image) -> int:
        dots = image.convert("RGB").tobytes()
        return sum(math.dist(dots[at : at + 3], arrow) < 30 for at in range(0, len(dots), 3))

    with Image.open(BytesIO(figures.gif(exercise))) as image:
        assert image.info["duration"] == raster.HOLD_MS
        first = pointed(image)
        image.seek(raster.GIF_STEPS)
        assert image.info["duration"] == raster.HOLD_MS
        assert first > 100
        assert "press" in POSES[exercise]["arrow"] or pointed(image) == 0


def test_both_legs_work_where_both_do() -> None:
    for exercise in IDS:
        both = "leg_f" in POSES[exercise].get("work", [])
        assert not both or EXERCISES[exercise].sides is Sides.BOTH, exercise
        assert (".leg_far{" in figures.svg(exercise)) == both, exercise


@pytest.mark.parametrize("draw", [figures.svg, figures.still_svg, figures.png, figures.gif])
def test_an_unknown_exercise_is_named(draw: Any) -> None:
    with pytest.raises(KeyError, match="handstand"):
        draw("handstand")


def test_the_committed_pictures_are_these() -> None:
    assert writer.stale() == []
