"""Writes the small files of other programs that the tests of the own-data formats read.

Needs numpy and scipy; the build does not run it. From this module's folder:

    python src/test/python/own_formats.py

types.npz: 2 x 3 x 4 arrays 5 i - offset of every numeric type, both byte orders, both orders of
axes, named TYPE_BYTES_AXES; packed.npz the same with deflate, of one type.
extremes.npz, extremes.txt: the ends of each type's range and what they are in single precision.
types.mat, types-packed.mat: the same by SciPy, of each class. big-endian.mat and narrow.mat are put
together here from MathWorks' description, since SciPy writes neither big-endian files nor doubles
stored in fewer bytes, as MATLAB does; SciPy reads them back. others.mat: what is no array.
columns.mat: three images of 28 x 20, each in a column, row by row, as frey_rawface.mat has faces.
table.csv: NumPy's savetxt with a header.
"""

import pathlib
import struct

import numpy as np
import scipy.io
import scipy.sparse

OUT = pathlib.Path(__file__).parent.parent / "resources" / "org" / "largevae" / "datasets" / "own"
TYPES = ["b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"]


def values(type):
    index = np.arange(24).reshape(2, 3, 4)
    if type == "b1":
        return index % 3 == 0
    return (index * 5 - (40 if type[0] != "u" else 0)) / (4 if type[0] == "f" else 1)


def npz():
    arrays = {}
    for type in TYPES:
        for bytes, mark in ("little", "<"), ("big", ">"):
            for axes in "CF":
                array = np.array(values(type), dtype=mark + type, order=axes)
                arrays[f"{type}_{bytes}_{axes}"] = array
    np.savez(OUT / "types.npz", **arrays)
    np.savez_compressed(OUT / "packed.npz", images=np.zeros((3, 50, 40), np.uint8), labels=np.arange(3))


def extremes():
    arrays, lines = {}, []
    for type in TYPES[1:]:
        if type[0] == "f":
            info = np.finfo(type)
            raw = [info.tiny, -info.tiny, info.smallest_subnormal, 0.0, -0.0, 1 / 3, info.eps]
            if type != "f8":
                raw += [info.max, info.min]
        else:
            info = np.iinfo(type)
            raw = [info.min, info.max, info.max - 1, info.max // 3, 1]
        array = np.array(raw, dtype=type).reshape(1, -1)
        arrays[type] = array
        lines.append(type + " " + " ".join(repr(float(v)) for v in array.astype(np.float32).ravel()))
    np.savez(OUT / "extremes.npz", **arrays)
    (OUT / "extremes.txt").write_text("\n".join(lines) + "\n")


def mat():
    classes = {"f8": "double", "f4": "single"} | {t: t for t in TYPES if t[0] in "iu"} | {"b1": "logical"}
    arrays = {f"x_{t}": values(t).astype(t) for t in classes}
    scipy.io.savemat(OUT / "types.mat", arrays)
    scipy.io.savemat(OUT / "types-packed.mat", arrays, do_compression=True)
    others = {
        "text": "words",
        "cells": np.array([1, "a"], dtype=object),
        "record": {"a": 1},
        "sparse": scipy.sparse.eye(3),
        "z": np.array([[1 + 2j]]),
        "empty": np.zeros((0, 3)),
        "bad": np.array([[1.0, 2.0], [3.0, np.nan]]),
    }
    scipy.io.savemat(OUT / "others.mat", others, do_compression=True)
    columns = (np.arange(3 * 560) * 7 % 256).astype(np.uint8).reshape(3, 560).T
    scipy.io.savemat(OUT / "columns.mat", {"ff": columns}, do_compression=True)
    scipy.io.savemat(OUT / "level-4.mat", {"x": np.ones((2, 2))}, format="4")


def element(order, type, data):
    padding = b"\0" * (-len(data) % 8)
    return struct.pack(order + "II", type, len(data)) + data + padding


def by_hand(name, order, kind, storage, code, array):
    header = b"MATLAB 5.0 MAT-file, written by hand".ljust(124) + struct.pack(order + "H", 0x0100)
    header += b"IM" if order == "<" else b"MI"
    body = element(order, 6, struct.pack(order + "II", kind, 0))
    body += element(order, 5, struct.pack(order + f"{array.ndim}i", *array.shape))
    body += element(order, 1, b"X")
    body += element(order, storage, array.astype(order + code).tobytes(order="F"))
    path = OUT / name
    path.write_bytes(header + element(order, 14, body))
    assert np.array_equal(scipy.io.loadmat(path)["X"], array), name


def csv():
    table = np.array([[7, 0.5, -1e-3, 255], [3, 1 / 3, 2e10, 0]])
    np.savetxt(OUT / "table.csv", table, delimiter=",", header="label,a,b,c", comments="")


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    npz()
    extremes()
    mat()
    by_hand("big-endian.mat", ">", 6, 9, "f8", values("f8"))
    by_hand("narrow.mat", "<", 6, 3, "i2", values("i2"))
    csv()
