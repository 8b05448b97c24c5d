"""Writes the reference values that the tests of vae-core compare with.

Needs nothing but Python; the build does not run it. From this module's folder:

    python src/test/python/reference_values.py

drawn.txt: the shuffle of 20 places with seed 1, and two examples with pixels 0 to 255 in static
binarisation with seed 1, by SplittableRandom (Steele, Lea and Flood 2014) written here anew.
"""

import pathlib

OUT = pathlib.Path(__file__).parent.parent / "resources" / "org" / "largevae" / "core" / "preparation"


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
    drawn()
