"""Writes the reference values that the tests of vae-datasets compare with.

Needs numpy; the build does not run it. From this module's folder:

    python src/test/python/reference_values.py ../vae-examples/data src/main/resources/org/largevae/datasets

resized.txt: per case a line "width height newWidth newHeight", a line of source bytes, and a line of
the means of the areas that the new pixels cover.
facts.txt: per dataset its number of values, their sum, the sum of squares, and some values.
"""

import gzip
import pathlib
import sys

import numpy as np

OUT = pathlib.Path(__file__).parent.parent / "resources" / "org" / "largevae" / "datasets"
CASES = [(5, 4, 5, 4), (8, 6, 4, 3), (7, 5, 3, 2), (3, 2, 7, 5), (9, 3, 4, 8), (1, 1, 3, 2), (50, 40, 3, 4)]


def overlaps(size, new_size):
    """The share of each old cell in each new one, new_size x size."""
    old = np.arange(size)[None, :] * new_size
    new = np.arange(new_size)[:, None] * size
    shared = np.minimum(old + new_size, new + size) - np.maximum(old, new)
    return np.maximum(shared, 0) / size


def resized():
    random = np.random.default_rng(1)
    lines = []
    for width, height, new_width, new_height in CASES:
        source = random.integers(0, 256, (height, width), dtype=np.uint8)
        result = overlaps(height, new_height) @ source @ overlaps(width, new_width).T
        lines.append(f"{width} {height} {new_width} {new_height}")
        lines.append(" ".join(str(v) for v in source.ravel()))
        lines.append(" ".join(repr(float(v)) for v in result.ravel()))
    (OUT / "resized.txt").write_text("\n".join(lines) + "\n")


def idx(path):
    data = gzip.open(path).read()
    sizes = [int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "big") for i in range(data[3])]
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(sizes)


def facts(data, embedded):
    digits = idx(embedded / "mnist" / "t10k-images-idx3-ubyte.gz")
    train = idx(data / "mnist" / "train-images-idx3-ubyte.gz")
    faces = np.load(data / "freyfaces" / "freyfaces.npy")
    sets = {"digits": digits, "mnist": np.concatenate([train, digits]), "freyfaces": faces}
    lines = []
    for name, array in sets.items():
        flat = array.ravel().astype(np.int64)
        places = np.linspace(200, flat.size - 200, 20).astype(int)
        lines.append(f"{name} {flat.size} {flat.sum()} {(flat * flat).sum()}")
        lines.append(" ".join(f"{place}:{flat[place]}" for place in places))
    (OUT / "facts.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    resized()
    facts(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
