"""The computed moment arms of the psoas: mechanics, and what the plates and their cards say about the signs."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lab import REPO

pytestmark = pytest.mark.gate

np = pytest.importorskip("numpy", reason="the extra `figures` is not installed")
sys.path.insert(0, str(REPO / "figures"))
from moment_arms import LEVELS, POSTURES, arms, bent, model, placed, pressing, spread  # noqa: E402

DEGREE = np.pi / 180


@given(st.floats(-25, 60), st.sampled_from(LEVELS))
def test_an_arm_is_how_much_a_fascicle_shortens_while_its_level_bends_forward(total, level):
    """Virtual work, by a way that knows no arms: millimetres of length per radian."""
    shorter, longer = bent(total), bent(total)
    shorter[level] += 0.01
    longer[level] -= 0.01
    change = (lengths(longer) - lengths(shorter)) / (0.02 * DEGREE)
    own = arms(bent(total))[level]
    assert own
    assert [own.get(i, 0.0) for i in range(len(change))] == pytest.approx(list(change), abs=0.01)


def lengths(angles):
    return np.linalg.norm(np.array(placed(angles)[1]) - model()["end"], axis=1)


def sides(posture):
    """By level: flexion, extension, or ? where it depends on how the model is put together."""
    return ["F" if low > 0 else "E" if high < 0 else "?" for low, high in spread(POSTURES[posture])]


def test_the_signs_that_the_plates_teach_hold_however_the_model_is_put_together():
    assert {posture: "".join(sides(posture)) for posture in POSTURES} == {
        "flexed": "FFFFF",
        "upright": "EE?FF",
        "extended": "EEE?F",
    }


def test_most_of_the_pull_presses_each_segment_together():
    assert min(pressing()) > 0.75
