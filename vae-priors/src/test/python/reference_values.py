"""Makes reference log-densities of the priors with 50 digits, from the definitions.

    python reference_values.py > ../resources/org/largevae/priors/reference-values.csv

Needs mpmath. Means, log variances and latents are not stored: both sides draw them from the same
linear congruential generator, in the order below. All of them are exact in float32.
"""

from fractions import Fraction
from struct import pack, unpack

from mpmath import exp, log, mp, mpf, nstr, pi

mp.dps = 50
ROWS = 8


class Uniform:
    """Multiples of 2^-24 in [0, 1)."""

    def __init__(self, seed):
        self.state = seed

    def __call__(self):
        self.state = (1664525 * self.state + 1013904223) % 2**32
        return Fraction(self.state >> 8, 2**24)


def float32(fraction):
    return unpack("f", pack("f", float(fraction)))[0]


def matrix(rows, columns, draw):
    return [[float32(draw()) for _ in range(columns)] for _ in range(rows)]


def log_normal(z, mean, log_variance):
    total = mpf(0)
    for a, m, v in zip(z, mean, log_variance):
        total += log(2 * pi) + mpf(v) + (mpf(a) - mpf(m)) ** 2 * exp(-mpf(v))
    return -total / 2


def log_mixture(z, means, log_variances):
    terms = [log_normal(z, m, v) for m, v in zip(means, log_variances)]
    highest = max(terms)
    return highest + log(sum(exp(t - highest) for t in terms)) - log(len(terms))


def latents(u, means, size):
    """Even rows near a component's mean, odd rows anywhere."""
    rows = []
    for n in range(ROWS):
        if n % 2 == 0:
            mean = means[int(u() * len(means))]
            rows.append([float32(Fraction(m) + (u() - Fraction(1, 2)) / 8) for m in mean])
        else:
            rows.append([float32(8 * u() - 4) for _ in range(size)])
    return rows


def show(*columns):
    print(",".join(str(c) for c in columns))


def main():
    show("prior", "variances", "components", "latent_size", "seed", "row", "log_density")
    for size in (2, 40):
        u = Uniform(size)
        zeros = [0.0] * size
        for row, z in enumerate(latents(u, [zeros], size)):
            show("standard", "unit", 1, size, size, row, nstr(log_normal(z, zeros, zeros), 20))
    seed = 100
    for variances in ("narrow", "mixed"):
        for components in (1, 7, 500):
            for size in (2, 40):
                seed += 1
                u = Uniform(seed)
                means = matrix(components, size, lambda: 8 * u() - 4)
                narrow = variances == "narrow"
                # narrow: every variance is exp(-6); mixed: from exp(-6) to exp(2)
                logs = matrix(components, size, lambda: Fraction(-6) if narrow else 8 * u() - 6)
                for row, z in enumerate(latents(u, means, size)):
                    value = log_mixture(z, means, logs)
                    show("vampprior", variances, components, size, seed, row, nstr(value, 20))


main()
