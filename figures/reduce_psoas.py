"""Makes geometry/psoas.json from the published spine model, once: where the fascicles of psoas major pull, and the segment centers.

Frame as in reduce.py, upright: millimetres; x to the subject's left, y up, z to the front. Run by hand with
requirements-reduce.txt. All the model's fascicles, to a tenth of a millimetre and of a newton. They are straight and end
in one point beside the pelvic inlet, `end`; `brim` is where the psoas of the model's leg crosses the brim, 57 mm lower.
`seat` is by how much the other plates move the column onto their sacrum.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

MIDDLE = -25.0  # mm: where the model's middle stands
JOINTS = {**{f"L{i}–L{i + 1}": f"L{i}_L{i + 1}_FE" for i in (1, 2, 3, 4)}, "L5–S1": "flex_extension"}
KINDS = {"VB": "body", "IVD": "disc", "TP": "transverse process"}


def main() -> None:
    import mujoco
    import myo_sim

    from reduce import SHIFT

    model, data = myo_sim.load("myofullbody")
    pose(mujoco, model, data, {})
    sites = {model.site(i).name: place(data.site_xpos[i]) for i in range(model.nsite)}
    names, fascicles, ends = [], [], []
    for i in range(model.nu):
        name = model.actuator(i).name
        if not (name.startswith("Ps_") and name.endswith("_l")):
            continue
        names.append(name[3:-2])
        tendon = model.tendon(f"{name}_tendon").id
        start, count = model.tendon_adr[tendon], model.tendon_num[tendon]
        first, last = (place(data.site_xpos[model.wrap_objid[start + k]]) for k in (0, count - 1))
        ends.append((count, last))
        fascicles.append(
            {
                "vertebra": name.split("_")[1],
                "from": KINDS[name.split("_")[-2]],
                "at": first,
                "force": round(float(model.actuator_gainprm[i][2]), 1),
            }
        )
    if len(names) != 11 or ends != [(2, ends[0][1])] * 11:
        raise ValueError("not eleven straight fascicles to one point")
    found = {
        "seat": list(SHIFT),
        "brim": sites["psoas-P2_l"],
        "end": ends[0][1],
        "centers": {level: place(data.xanchor[model.joint(name).id]) for level, name in JOINTS.items()},
        "fascicles": fascicles,
    }
    path = Path(__file__).parent / "geometry" / "psoas.json"
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    compare(mujoco, model, data, names)


def pose(mujoco: Any, model: Any, data: Any, angles: dict[str, float]) -> None:
    """Extension is positive, in radians: the model's sign."""
    mujoco.mj_resetData(model, data)
    for joint, angle in angles.items():
        data.qpos[model.joint(joint).qposadr] = angle
    mujoco.mj_kinematics(model, data)
    mujoco.mj_comPos(model, data)
    mujoco.mj_tendon(model, data)


def place(point: Any) -> list[float]:
    x, y, z = (1000 * float(v) for v in point)
    return [round(x - MIDDLE, 1) + 0.0, round(z, 1), round(-y, 1)]


def compare(mujoco: Any, model: Any, data: Any, names: list[str]) -> None:
    """The arms that moment_arms.py finds against the change of length with the angle that the model's own engine finds."""
    from moment_arms import POSTURES, arms, bent

    worst = 0.0
    for total in POSTURES.values():
        upright = {JOINTS[level]: -math.radians(angle) for level, angle in bent(total).items()}
        mine = arms(bent(total), seated=False, lower="end")
        for level, joint in JOINTS.items():
            lengths = []
            for step in (-1e-4, 1e-4):
                pose(mujoco, model, data, {**upright, joint: upright[joint] + step})
                lengths.append([float(data.ten_length[model.tendon(f"Ps_{name}_l_tendon").id]) for name in names])
            for i, arm in mine[level].items():
                worst = max(worst, abs(arm - 1000 * (lengths[1][i] - lengths[0][i]) / 2e-4))
    print(f"largest difference from the model's engine: {worst:.2f} mm")


if __name__ == "__main__":
    main()
