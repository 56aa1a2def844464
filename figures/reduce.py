"""Makes geometry/bones.npz from the published wheels, once: their meshes set together in one frame, and made small.

Frame: millimetres; x to the subject's left, y up, z to the front. Run by hand with requirements-reduce.txt.
"""

from __future__ import annotations

import importlib
import itertools
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import trimesh
from scipy.spatial import cKDTree
from scipy.spatial.transform import Rotation
from trimesh import Trimesh as Mesh

HERE = Path(__file__).parent
VERTEBRAE = {"T12": ("torso_geom_1_thoracic12_s"), **{f"L{i}": f"lumbar{i}_geom_1_lumbar{i}" for i in range(1, 6)}}
PROCESS = {"L1": 1.55, "L2": 1.8, "L3": 2.1, "L4": 1.75, "L5": 1.7}  # the source has them short; L3 has the longest
SHIFT = (0.0, -27.0, 27.0)  # seats the column on the atlas's sacrum, by eye


def main() -> None:
    hip, sacrum, femur = atlas()
    posed, hip_center, middle = spine_model()
    onto(posed, hip, sacrum, femur)
    hip_r, hip_l = hip
    offset = (hip_r.centroid[0] + hip_l.centroid[0]) / 2
    for mesh in (*hip, sacrum):
        mesh.apply_translation([-offset, 0, 0])
    seat(femur, hip_r, hip_center - [offset, 0, 0])
    bones = {"hip": mirrored(hip_r), "sacrum": sacrum, "femur": proximal(mirrored(femur))}
    for name, source in VERTEBRAE.items():
        bones[name] = vertebra(name, posed[source], middle)
    order = ["L5", "L4", "L3", "L2", "L1", "T12"]
    for below, above in itertools.pairwise(order):
        bones[f"disc {above}{below}"] = disc(rim(bones[below], 1), rim(bones[above], -1))
    bones["disc L5S1"] = disc(sacral_rim(sacrum, rim(bones["L5"], -1)), rim(bones["L5"], -1))
    save(bones)


def atlas() -> tuple[tuple[Mesh, Mesh], Mesh, Mesh]:
    """Hip bones, sacrum and right femur of the mean shape "LLP26" (musculoskeletal-models)."""
    import scipy

    for module, names in ((scipy, ("dot", "array", "zeros", "ones")),):  # gias3 was written for an older scipy
        for name in names:
            setattr(module, name, getattr(np, name))
    for name, new in (("float", float), ("int", int), ("bool", bool), ("object", object)):
        if name not in np.__dict__:
            setattr(np, name, new)
    for name, known in (("product", "prod"), ("cumproduct", "cumprod")):
        setattr(np, name, getattr(np, known))
    field = importlib.import_module("gias3.fieldwork.field.geometric_field")
    package = Path(importlib.import_module("musculoskeletal").__path__[0]) / "models" / "atlas_meshes"

    def load(mean: str, shape: str) -> Mesh:
        read = field.load_geometric_field(
            *(f"{package / mean}.geof", f"{package / shape}.ens", f"{package / shape}.mesh")
        )
        points, faces = read.triangulate([8, 8], merge=True)
        return Mesh(anatomical(np.array(points)), np.array(faces), process=True)

    pelvis = load("pelvis_combined_cubic_mean_rigid_LLP26", "pelvis_combined_cubic_flat")
    femur = load("femur_right_mirrored_from_left_mean_rigid_LLP26", "femur_right_quartic_flat")
    parts = sorted(pelvis.split(only_watertight=False), key=lambda mesh: -len(mesh.faces))
    hips = sorted(parts[1:3], key=lambda mesh: float(mesh.centroid[0]))
    return (hips[0], hips[1]), parts[0], femur


def anatomical(points: Any) -> Any:
    return np.c_[points[:, 0], points[:, 2], -points[:, 1]]


def spine_model() -> tuple[dict[str, Mesh], Any, float]:
    """The standing whole-body model (myo-sim): its meshes, the right hip's center, the x of its middle."""
    import mujoco
    import myo_sim

    model, data = myo_sim.load("myofullbody")
    mujoco.mj_resetData(model, data)
    mujoco.mj_kinematics(model, data)
    mujoco.mj_comPos(model, data)
    middle = -25.0
    meshes = {}
    for geom in range(model.ngeom):
        if model.geom_type[geom] != mujoco.mjtGeom.mjGEOM_MESH:
            continue
        mesh = model.geom_dataid[geom]
        start, count = model.mesh_vertadr[mesh], model.mesh_vertnum[mesh]
        first, faces = model.mesh_faceadr[mesh], model.mesh_facenum[mesh]
        points = model.mesh_vert[start : start + count] @ data.geom_xmat[geom].reshape(3, 3).T + data.geom_xpos[geom]
        points = anatomical(points * 1000) - [middle, 0, 0]
        meshes[model.mesh(mesh).name] = Mesh(points, model.mesh_face[first : first + faces], process=True)
    joint = next(j for j in range(model.njnt) if model.joint(j).name == "hip_flexion_r")
    return meshes, anatomical(data.xanchor[joint][None] * 1000)[0] - [middle, 0, 0], middle


def onto(posed: dict[str, Mesh], hips: tuple[Mesh, Mesh], sacrum: Mesh, femur: Mesh) -> None:
    """Scales and turns the atlas so that its pelvis lies on the model's (iterated closest points)."""

    def points(mesh: Mesh, count: int, seed: int) -> Any:
        return trimesh.sample.sample_surface(mesh, count, seed=seed)[0]

    target = np.vstack(
        [points(posed[name], 4000, 1) for name in ("r_pelvis", "l_pelvis")]
        + [points(posed["sacrum_geom_1_sacrum"], 1500, 1)]
    )
    source = np.vstack([points(hips[0], 4000, 2), points(hips[1], 4000, 2), points(sacrum, 1500, 2)])
    scale, turn, move = 1.0, np.eye(3), target.mean(0) - source.mean(0)
    tree = cKDTree(target)
    for _ in range(80):
        distance, nearest = tree.query(scale * source @ turn.T + move)
        near = distance < np.quantile(distance, 0.85)
        scale, turn, move = similarity(source[near], target[nearest[near]])
    for mesh in (*hips, sacrum):
        mesh.vertices = scale * mesh.vertices @ turn.T + move
    femur.vertices = scale * femur.vertices @ turn.T


def similarity(a: Any, b: Any) -> tuple[float, Any, Any]:
    """Umeyama 1991."""
    a0, b0 = a - a.mean(0), b - b.mean(0)
    u, d, vt = np.linalg.svd(b0.T @ a0 / len(a))
    sign = np.array([1, 1, np.sign(np.linalg.det(u @ vt))])
    turn = u @ np.diag(sign) @ vt
    scale = float((d * sign).sum() / a0.var(0).sum())
    return scale, turn, b.mean(0) - scale * turn @ a.mean(0)


def sphere(points: Any) -> tuple[Any, float]:
    matrix = np.c_[2 * points, np.ones(len(points))]
    c = np.linalg.lstsq(matrix, (points**2).sum(1), rcond=None)[0]
    return c[:3], float(np.sqrt(c[3] + (c[:3] ** 2).sum()))


def seat(femur: Mesh, hip: Mesh, near: Any) -> None:
    """The right femur's head into the socket, the knee below it."""
    points = femur.vertices
    top = points[points[:, 1] > points[:, 1].max() - 60]
    head = points[(points[:, 1] > points[:, 1].max() - 45) & (points[:, 0] > np.quantile(top[:, 0], 0.70))]
    center, radius = sphere(head)
    for _ in range(10):
        away = np.linalg.norm(points - center, axis=1)
        center, radius = sphere(points[(abs(away - radius) < 1.5) & (points[:, 0] > center[0] - radius * 0.2)])
    socket, size = near, 27.0
    for _ in range(30):
        away = np.linalg.norm(hip.vertices - socket, axis=1)
        socket, size = sphere(hip.vertices[abs(away - size) < 3])
    points = (points - center) * min(1.0, (size - 1.5) / radius) + socket
    knee = points[points[:, 1] < points[:, 1].min() + 25].mean(0) - socket
    turn, _ = Rotation.align_vectors([[0, -1, 0]], [knee / np.linalg.norm(knee)])
    femur.vertices = (points - socket) @ turn.as_matrix().T + socket


def mirrored(mesh: Mesh) -> Mesh:
    return Mesh(mesh.vertices * [-1, 1, 1], mesh.faces[:, ::-1], process=False)


def proximal(femur: Mesh) -> Mesh:
    faces = femur.faces[(femur.vertices[femur.faces][:, :, 1] > 740).all(1)]
    part = Mesh(femur.vertices, faces, process=False)
    part.remove_unreferenced_vertices()
    return part


def vertebra(name: str, mesh: Mesh, middle: float) -> Mesh:
    mesh.merge_vertices()
    mesh = mesh.subdivide_loop(2)
    center = mesh.bounds.mean(0)
    grow = [1.22, 1.10, 1.08] if name[0] == "L" else [1.15, 1.08, 1.06]  # undoes the shrinking of Loop's rule
    points = (mesh.vertices - center) * grow + center + SHIFT
    points[:, 2] += {"T12": 6.0, "L1": 1.5}.get(name, 0.0)  # takes the step out of the thoracolumbar junction
    if name in PROCESS:
        out, front = np.abs(points[:, 0]), points[:, 2].max()
        weight = np.clip((out - 24) / 6, 0, 1) * np.clip((front - 30 - points[:, 2]) / 6, 0, 1)
        points[:, 0] += np.sign(points[:, 0]) * weight * (out - 24) * (PROCESS[name] - 1)
    mesh.vertices = points
    return mesh


def rim(mesh: Mesh, end: int) -> Any:
    """The edge of a vertebral body's upper (1) or lower (-1) face: 72 points around it."""
    points, front = mesh.vertices, mesh.vertices[:, 2].max()
    body = (points[:, 2] > front - 33) & (np.abs(points[:, 0]) < 29)
    face = body & (mesh.vertex_normals[:, 1] * end > 0.6) & (np.abs(points[:, 0]) < 20)
    plane = np.polyfit(points[face][:, 2], points[face][:, 1], 1)
    height = (points[:, 1] - np.polyval(plane, points[:, 2])) * end
    edge = points[body & (height > -6)]
    center = np.array([0.0, (edge[:, 2].max() + edge[:, 2].min()) / 2])
    angles = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    across = edge[:, [0, 2]] - center
    rays = np.c_[np.cos(angles), np.sin(angles)]
    reach = np.array([hull_reach(across, ray) for ray in rays])
    reach = np.convolve(np.r_[reach[-3:], reach, reach[:3]], np.ones(7) / 7, "valid")
    flat = center + rays * reach[:, None] * 0.985
    return np.c_[flat[:, 0], np.polyval(plane, flat[:, 1]) - 1.2 * end, flat[:, 1]]


def hull_reach(points: Any, ray: Any) -> float:
    from scipy.spatial import ConvexHull

    hull = ConvexHull(points)
    slope, away = hull.equations[:, :2] @ ray, -hull.equations[:, 2]
    return float((away[slope > 1e-6] / slope[slope > 1e-6]).min())


def sacral_rim(sacrum: Mesh, like: Any) -> Any:
    """The outline of the fifth lumbar body laid on the base of the sacrum."""
    points = sacrum.vertices
    base = (sacrum.vertex_normals[:, 1] > 0.55) & (np.abs(points[:, 0]) < 20) & (points[:, 1] > 1012)
    base &= points[:, 2] > points[:, 2].max() - 34
    plane = np.polyfit(points[base][:, 2], points[base][:, 1], 1)
    z = like[:, 2] - like[:, 2].max() + points[base][:, 2].max() + 1
    return np.c_[like[:, 0], np.polyval(plane, z) - 1.2, z]


def disc(below: Any, above: Any) -> Mesh:
    rings = []
    for t in np.linspace(0, 1, 9):
        ring = below * (1 - t) + above * t
        middle = ring.mean(0)
        rings.append(middle + (ring - middle) * ([1 + 0.045 * np.sin(np.pi * t), 1, 1 + 0.045 * np.sin(np.pi * t)]))
    count, faces = len(below), []
    for r in range(8):
        for i in range(count):
            q, n = r * count + i, r * count + (i + 1) % count
            faces += [[q, q + count, n], [n, q + count, n + count]]
    return Mesh(np.vstack(rings), np.array(faces), process=False)


def save(bones: dict[str, Mesh]) -> None:
    """Hundredths of a millimetre from each mesh's corner, in 16 bits."""
    arrays: dict[str, Any] = {}
    for name, mesh in bones.items():
        corner = np.floor(mesh.vertices.min(0))
        arrays[f"corner {name}"] = corner.astype("f4")
        arrays[f"points {name}"] = np.round((mesh.vertices - corner) * 100).astype("u2")
        arrays[f"faces {name}"] = mesh.faces.astype("u2")
        print(f"{name:10} {len(mesh.faces):6} {mesh.bounds.round(0).tolist()}")
    np.savez_compressed(HERE / "geometry" / "bones.npz", **arrays)


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    main()
