"""Writes the reference values of the likelihood tests, computed with 600 digits by mpmath.

Inputs are rounded to float32 first, so that a test can read them back exactly. Every probability is
computed straight from its definition; with so many nothing needs to be stable.

    python reference_values.py ../resources/org/largevae/likelihoods
"""

import pathlib
import sys

import numpy as np
from mpmath import exp, floor, inf, log, mp, mpf, pi

mp.dps = 600

HEADER = "# written by src/test/python/reference_values.py\n"


def single(value):
    return float(np.float32(value))


def sigmoid(value):
    return mpf(0) if value == -inf else mpf(1) if value == inf else 1 / (1 + exp(-value))


def clamp(value, lowest, highest):
    return min(max(mpf(value), mpf(lowest)), mpf(highest))


def text(value):
    return mp.nstr(mpf(value), 17, min_fixed=-5, max_fixed=17)


def write(folder, name, columns, rows):
    lines = [",".join([repr(v) for v in row[0]] + [text(v) for v in row[1]]) for row in rows]
    (folder / name).write_text(HEADER + columns + "\n" + "\n".join(lines) + "\n")


def moments(location, log_scale, lowest, highest):
    mu = clamp(sigmoid(mpf(location)), mpf(1) / 512, 1 - mpf(1) / 512)
    return mu, exp(clamp(log_scale, lowest, highest))


def folded(mu, s, pixel):
    lower = -inf if pixel == 0 else (mpf(pixel) / 256 - mu) / s
    upper = inf if pixel == 255 else (mpf(pixel + 1) / 256 - mu) / s
    return sigmoid(upper) - sigmoid(lower)


def paper(mu, s, pixel):
    x = (mpf(pixel) + 0.5) / 256
    b = floor(256 * x) / 256
    return sigmoid((b + mpf(1) / 256 - mu) / s) - sigmoid((b - mu) / s)


LOCATIONS = [-1000, -20, -7.3, -6.2, -3.1, -0.9, 0, 0.004, 0.45, 2.2, 5.1, 6.2, 6.3, 15, 1000]
LOG_SCALES = [-50, -4.5, -4.2, -3.3, -2.1, -0.8, 0, 7]
PIXELS = [0, 1, 2, 3, 7, 40, 100, 127, 128, 129, 156, 190, 230, 252, 253, 254, 255]


def discretized_logistic():
    for location in map(single, LOCATIONS):
        for log_scale in map(single, LOG_SCALES):
            mu, s = moments(location, log_scale, -4.5, 0)
            for pixel in PIXELS:
                yield (
                    (location, log_scale, pixel),
                    (log(folded(mu, s, pixel)), log(paper(mu, s, pixel) + mpf("1e-7"))),
                )


def discretized_logistic_wide():
    """The widest clamps that may be configured; locations that float32 tells apart from bounds."""
    for location in map(single, [-2.5, 0, 1.0]):
        for log_scale in map(single, [-7, -6, -5, 1, 2]):
            mu, s = moments(location, log_scale, -10, 2)
            for pixel in [0, 1, 20, 128, 186, 187, 254, 255]:
                yield (
                    (location, log_scale, pixel),
                    (log(folded(mu, s, pixel)), log(paper(mu, s, pixel) + mpf("1e-7"))),
                )


def discretized_logistic_mean():
    for location in map(single, LOCATIONS):
        for log_scale in map(single, LOG_SCALES):
            mu, s = moments(location, log_scale, -4.5, 0)
            mean = sum((pixel + mpf(0.5)) / 256 * folded(mu, s, pixel) for pixel in range(256))
            yield (location, log_scale), (mean,)


def bernoulli():
    for logit in map(single, [1e-6, 0.3, 1, 2.7, 8, 15.5, 19.9, 20.1, 35, 80, 100, 1e4]):
        for sign in (-1, 1):
            for x in (0, 1):
                p = sigmoid(mpf(sign * logit))
                yield (sign * logit, x), (x * mpf(sign * logit) - log(1 + exp(sign * mpf(logit))), p)


def gaussian():
    for x in map(single, [-40, -3.3, -0.1, 0, 0.001953125, 0.7, 0.998046875, 12.5]):
        for mean in map(single, [-8.1, -0.2, 0, 0.31, 0.998, 5]):
            for log_variance in map(single, [-100, -6, -4.4, -0.3, 0, 1.7, 2, 100]):
                v = exp(clamp(log_variance, -6, 2))
                yield (
                    (x, mean, log_variance),
                    (-(log(2 * pi * v) + (mpf(x) - mpf(mean)) ** 2 / v) / 2,),
                )


def main():
    folder = pathlib.Path(sys.argv[1])
    columns = "location,log_scale,pixel,folded,paper"
    write(folder, "discretized-logistic.csv", columns, discretized_logistic())
    write(folder, "discretized-logistic-wide.csv", columns, discretized_logistic_wide())
    write(
        folder,
        "discretized-logistic-mean.csv",
        "location,log_scale,mean",
        discretized_logistic_mean(),
    )
    write(folder, "bernoulli.csv", "logit,x,log_probability,mean", bernoulli())
    write(folder, "gaussian.csv", "x,mean,log_variance,log_density", gaussian())


if __name__ == "__main__":
    main()
