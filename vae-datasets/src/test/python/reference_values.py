"""Writes the reference values that the tests of vae-datasets compare with.

Needs numpy; the build does not run it. From this module's folder:

    python src/test/python/reference_values.py ../vae-examples/data src/main/resources/org/largevae/datasets

resized.txt: per case a line "width height newWidth newHeight", a line of source bytes, and a line of
the means of the areas that the new pixels cover.
facts.txt: per dataset its number of values, their sum, the sum of squares, and some values.
drawn.txt: the shuffle of 20 places with seed 1, and two examples with pixels 0 to 255 in static
binarisation with seed 1, by SplittableRandom (Steele, Lea and Flood 2014) written here anew.
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


class SplittableRandom:
    MASK = (1 << 64) - 1

    def __init__(self, seed):
        self.seed = seed & self.MASK

    def next(self):
        self.seed = (self.seed + 0x9E3779B97F4A7C15) & self.MASK
        return self.seed

    def mix(self, z, first, second, shifts):
        z = ((z ^ (z >> shifts[0])) * first) & self.MASK
        return ((z ^ (z >> shifts[1])) * second) & self.MASK

    def long(self):
        z = self.mix(self.next(), 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, (30, 27))
        return z ^ (z >> 31)

    def int32(self):
        return self.mix(self.next(), 0x62A9D9ED799705F5, 0xCB24D0A5C88C35B3, (33, 28)) >> 32

    def below(self, bound):
        value = self.int32()
        if bound & (bound - 1) == 0:
            return value & (bound - 1)
        while True:
            half = value >> 1
            if half - half % bound + bound - 1 < 1 << 31:
                return half % bound
            value = self.int32()


def drawn():
    random = SplittableRandom(1)
    places = list(range(20))
    for i in range(19, 0, -1):
        j = random.below(i + 1)
        places[i], places[j] = places[j], places[i]
    seeds = SplittableRandom(1)
    lines = [" ".join(map(str, places))]
    for _ in range(2):
        random = SplittableRandom(seeds.long())
        lines.append(" ".join(str(int(random.below(255) < p)) for p in range(256)))
    (OUT / "drawn.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    resized()
    drawn()
    facts(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
