"""What the reference's models are made of: layers, densities, likelihoods. Needs only torch."""

import math

import torch
import torch.nn.functional as F
from torch import nn

LOG_2PI = math.log(2 * math.pi)
HIDDEN = 300
LOWEST = 1 / 512


class Gated(nn.Module):
    """A gated dense layer of one linear map."""

    def __init__(self, inputs, units=HIDDEN):
        super().__init__()
        self.both = nn.Linear(inputs, 2 * units)

    def forward(self, x):
        return F.glu(self.both(x))


class GatedOfTwo(nn.Module):
    """A gated dense layer of two linear maps."""

    def __init__(self, inputs, units=HIDDEN):
        super().__init__()
        self.h = nn.Linear(inputs, units)
        self.g = nn.Linear(inputs, units)

    def forward(self, x):
        return self.h(x) * torch.sigmoid(self.g(x))


class GatedConvolution(nn.Module):
    """A gated convolution of one convolution."""

    def __init__(self, channels, outputs, kernel, stride=1):
        super().__init__()
        self.both = nn.Conv2d(channels, 2 * outputs, kernel, stride, kernel // 2)

    def forward(self, x):
        return F.glu(self.both(x), 1)


def start(network):
    """The start of linear maps: N(0, 2 / inputs)."""
    for module in network.modules():
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, 0, math.sqrt(2 / module.in_features))


def clamped(parameters):
    """Mean and log variance of a Gaussian."""
    mean, log_variance = parameters.chunk(2, -1)
    return mean, log_variance.clamp(-6, 2)


def draw(mean, log_variance):
    return mean + torch.exp(0.5 * log_variance) * torch.randn(mean.shape)


def log_normal(z, mean, log_variance):
    squares = (z - mean).square() * torch.exp(-log_variance)
    return -0.5 * (squares + log_variance + LOG_2PI).sum(-1)


def log_standard(z):
    return -0.5 * (z.square().sum(-1) + z.shape[-1] * LOG_2PI)


def broadcast_densities(z, mean, log_variance):
    """Written as in Tomczak and Welling's code and those that followed it."""
    z, mean, log_variance = z[:, None], mean[None], log_variance[None]
    return -0.5 * (log_variance + torch.pow(z - mean, 2) / torch.exp(log_variance) + LOG_2PI).sum(2)


def product_densities(z, mean, log_variance):
    z, mean, log_variance = z.double(), mean.double(), log_variance.double()
    precision = torch.exp(-log_variance)
    constant = (mean.square() * precision + log_variance + LOG_2PI).sum(-1)
    return torch.addmm(
        torch.addmm(-0.5 * constant, z, (mean * precision).t()),
        z.square(),
        precision.t(),
        alpha=-0.5,
    )


def new_pseudo_inputs(count, dimensions, grey):
    """The parameter; None for the standard prior."""
    mean, deviation = (0.5, 0.02) if grey else (0.05, 0.01)
    return nn.Parameter(mean + deviation * torch.randn(count, dimensions)) if count else None


def chosen(components, count):
    """Draws of a mixture of Gaussians of equal weights."""
    mean, log_variance = components
    rows = torch.randint(len(mean), (count,))
    return draw(mean[rows], log_variance[rows])


def log_likelihood(x, decoded, grey):
    """Of logits, or of locations and then log scales, side by side."""
    if not grey:
        return -F.binary_cross_entropy_with_logits(decoded, x, reduction="none").sum(-1)
    mean, log_scale = decoded.chunk(2, -1)
    mean = torch.sigmoid(mean).clamp(LOWEST, 1 - LOWEST)
    precision = torch.exp(-log_scale.clamp(-4.5, 0))
    low = (torch.floor(x * 256) / 256 - mean) * precision
    mass = torch.sigmoid(low + precision / 256) - torch.sigmoid(low)
    return torch.log(mass + 1e-7).sum(-1)


def expectation(decoded, grey):
    if not grey:
        return torch.sigmoid(decoded)
    mean, log_scale = decoded.chunk(2, -1)
    mean = torch.sigmoid(mean).clamp(LOWEST, 1 - LOWEST)
    scale = torch.exp(log_scale.clamp(-4.5, 0))
    below, above = mean / scale, (mean - 1) / scale
    ends = torch.sigmoid(below) + torch.sigmoid(above) - 1
    inside = (F.softplus(below) - F.softplus(above)) * scale
    return (inside - ends / 512).clamp(LOWEST, 1 - LOWEST)


def pixel_draw(decoded, grey):
    """A draw of what log_likelihood is the density of."""
    if not grey:
        return torch.bernoulli(torch.sigmoid(decoded))
    mean, log_scale = decoded.chunk(2, -1)
    mean = torch.sigmoid(mean).clamp(LOWEST, 1 - LOWEST)
    x = mean + torch.exp(log_scale.clamp(-4.5, 0)) * torch.logit(torch.rand(mean.shape), 1e-7)
    return (torch.floor(256 * x).clamp(0, 255) + 0.5) / 256
