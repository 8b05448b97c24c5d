"""The reference's models of several levels, latents top first. Needs only torch.

All have what reference.Vae has: `terms`, reconstruction and KL of a training step; `log_weights` of
an importance-weighted estimate; `encode`, `decode` and `sample`.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

from networks import (
    HIDDEN,
    Gated,
    GatedConvolution,
    chosen,
    clamped,
    draw,
    expectation,
    log_likelihood,
    log_normal,
    log_standard,
    new_pseudo_inputs,
    pixel_draw,
    product_densities,
    start,
)


class GatedNetwork(nn.Module):
    """Of several inputs each has a first layer of its own; what one row gives is repeated."""

    def __init__(self, inputs, outputs, hidden=(HIDDEN, HIDDEN)):
        super().__init__()
        self.first = nn.ModuleList(Gated(size, hidden[0]) for size in inputs)
        self.second = Gated(len(inputs) * hidden[0], hidden[1])
        self.heads = nn.Linear(hidden[1], outputs)

    def features(self, x):
        return self.first[0](x)

    def after(self, features, *others):
        """What the first input's features and further inputs give."""
        others = [layer(x) for layer, x in zip(self.first[1:], others)]
        rows = others[0].shape[0] if others else len(features)
        all_ = torch.cat([features.expand(rows, -1), *others], -1) if others else features
        return self.heads(self.second(all_))

    def forward(self, x, *others):
        return self.after(self.features(x), *others)


class ConvolutionalEncoder(nn.Module):
    """Of the top level, or of one below latents."""

    def __init__(self, shape, latent, above=None):
        super().__init__()
        self.shape = shape
        kernels = [3, 3, 3, 3, 3] if above else [7, 3, 5, 3, 3]
        channels = [1, 32, 32, 64, 64, 6]
        strides = [1, 2, 1, 2, 1]
        sizes = zip(channels, channels[1:], kernels, strides)
        self.convolutions = nn.Sequential(*(GatedConvolution(*size) for size in sizes))
        features = 6 * math.ceil(shape[0] / 4) * math.ceil(shape[1] / 4)
        if above:
            self.above = Gated(above, features)
            self.joint = Gated(2 * features, HIDDEN)
        self.heads = nn.Linear(HIDDEN if above else features, 2 * latent)

    def features(self, x):
        return self.convolutions(x.view(-1, 1, *self.shape)).flatten(1)

    def after(self, features, z=None):
        if z is None:
            return self.heads(features)
        both = torch.cat([features.expand(len(z), -1), self.above(z)], -1)
        return self.heads(self.joint(both))

    def forward(self, x):
        return self.after(self.features(x))


class ConvolutionalDecoder(nn.Module):
    def __init__(self, shape, latent, parameters):
        super().__init__()
        self.shape = shape
        self.levels = nn.ModuleList(Gated(latent) for _ in range(2))
        self.joint = Gated(2 * HIDDEN, shape[0] * shape[1])
        layers = [GatedConvolution(size, 64, 3) for size in (1, 64, 64, 64)]
        self.convolutions = nn.Sequential(*layers, nn.Conv2d(64, parameters, 1))

    def forward(self, *latents):
        flat = self.joint(torch.cat([layer(z) for layer, z in zip(self.levels, latents)], -1))
        return self.convolutions(flat.view(-1, 1, *self.shape)).flatten(1)


class MaskedConvolution(nn.Module):
    """3 x 3, without the row that the mask covers, then batch norm and ReLU."""

    def __init__(self, channels, sees_itself):
        super().__init__()
        self.weight = nn.Conv2d(channels, 64, 3, bias=False).weight
        self.norm = nn.BatchNorm2d(64)
        self.mask = torch.ones(2, 3)
        self.mask[1, 1 + sees_itself :] = 0

    def kernel(self):
        return self.weight[:, :, :2] * self.mask

    def folded(self):
        """Kernel and bias with the running statistics in them."""
        norm = self.norm
        factor = norm.weight * torch.rsqrt(norm.running_var + norm.eps)
        return self.kernel() * factor.view(-1, 1, 1, 1), norm.bias - factor * norm.running_mean

    def forward(self, x):
        height = x.shape[2]
        if self.training:
            y = F.conv2d(x, self.kernel(), padding=1)[:, :, :height]
            return F.relu(self.norm(y))
        return F.relu(F.conv2d(x, *self.folded(), padding=1)[:, :, :height])


class PixelDecoder(nn.Module):
    def __init__(self, shape, latent, parameters):
        super().__init__()
        self.shape = shape
        self.levels = nn.ModuleList(Gated(latent, shape[0] * shape[1]) for _ in range(2))
        self.layers = nn.ModuleList([MaskedConvolution(3, False)])
        self.layers.extend(MaskedConvolution(64, True) for _ in range(7))
        # as published: without a bias for grey levels
        self.heads = nn.Conv2d(64, parameters, 1, bias=parameters == 1)

    def maps(self, latents):
        maps = [layer(z).view(-1, 1, *self.shape) for layer, z in zip(self.levels, latents)]
        return torch.cat(maps, 1)

    def forward(self, x, *latents):
        features = torch.cat([x.view(-1, 1, *self.shape), self.maps(latents)], 1)
        for layer in self.layers:
            features = layer(features)
        return self.heads(features).flatten(1)

    def draw(self, latents, grey):
        """Pixel by pixel, each layer's work for a pixel done once."""
        height, width = self.shape
        count = len(latents[0])
        folded = [layer.folded() for layer in self.layers]
        # one matrix for each layer, of the six pixels that it is given, those masked as zeros
        matrices = [k.permute(2, 3, 1, 0).reshape(-1, 64).contiguous() for k, _ in folded]
        sizes = [3] + 7 * [64]
        # a border of zeros above and at both sides
        seen = [torch.zeros(count, height + 1, width + 2, size) for size in sizes]
        seen[0][:, 1:, 1:-1, 1:] = self.maps(latents).permute(0, 2, 3, 1)
        heads = self.heads.weight.view(-1, 64).t()
        for row in range(height):
            for column in range(width):
                for layer, (matrix, (_, bias)) in enumerate(zip(matrices, folded)):
                    around = seen[layer][:, row : row + 2, column : column + 3]
                    features = F.relu(torch.addmm(bias, around.reshape(count, -1), matrix))
                    if layer < 7:
                        seen[layer + 1][:, row + 1, column + 1] = features
                outputs = features @ heads
                if self.heads.bias is not None:
                    outputs = outputs + self.heads.bias
                seen[0][:, row + 1, column + 1, 0] = pixel_draw(outputs, grey).view(-1)
        return seen[0][:, 1:, 1:-1, 0].flatten(1)


class Hvae(nn.Module):
    """Two levels: dense, with convolutions, or pixel by pixel."""

    def __init__(self, kind, shape, latent, grey, pseudo_inputs):
        super().__init__()
        self.grey = grey
        self.latent = latent
        self.pixels = kind == "pixel-hvae"
        dimensions = shape[0] * shape[1]
        parameters = 2 if grey else 1
        if kind == "hvae":
            self.top = GatedNetwork([dimensions], 2 * latent)
            self.low = GatedNetwork([dimensions, latent], 2 * latent)
            self.decoder = GatedNetwork([latent, latent], parameters * dimensions)
        else:
            self.top = ConvolutionalEncoder(shape, latent)
            self.low = ConvolutionalEncoder(shape, latent, latent)
            decoder = PixelDecoder if self.pixels else ConvolutionalDecoder
            self.decoder = decoder(shape, latent, parameters)
        self.conditional = GatedNetwork([latent], 2 * latent)
        self.pseudo_inputs = new_pseudo_inputs(pseudo_inputs, dimensions, grey)
        start(self)

    def components(self):
        if self.pseudo_inputs is None:
            return None
        return clamped(self.top(self.pseudo_inputs.clamp(0, 1)))

    def log_prior(self, z, components):
        if components is None:
            return log_standard(z)
        return torch.logsumexp(product_densities(z, *components), 1) - math.log(len(components[0]))

    def bound(self, x, top, features, components):
        """Reconstruction and KL at one draw for each row of q(z2|x)."""
        z2 = draw(*top)
        low = clamped(self.low.after(features, z2))
        z1 = draw(*low)
        conditional = clamped(self.conditional(z2))
        x = x.expand(len(z1), -1)
        decoded = self.decoder(x, z2, z1) if self.pixels else self.decoder(z2, z1)
        kl = log_normal(z1, *low) - log_normal(z1, *conditional)
        kl = kl + log_normal(z2, *top) - self.log_prior(z2, components)
        return log_likelihood(x, decoded, self.grey), kl

    def terms(self, x):
        return self.bound(x, clamped(self.top(x)), self.low.features(x), self.components())

    def log_weights(self, x, samples, components):
        """The paths of x run once; networks of convolutions take a hundred draws at a time."""
        top = clamped(self.top(x))
        features = self.low.features(x)
        rows = samples if isinstance(self.top, GatedNetwork) else 100
        weights = []
        for begin in range(0, samples, rows):
            count = min(rows, samples - begin)
            some = [value.expand(count, -1) for value in top]
            bound = self.bound(x, some, features, components)
            weights.append(bound[0] - bound[1])
        return torch.cat(weights)

    def encode(self, x):
        z2 = clamped(self.top(x))[0]
        return clamped(self.low.after(self.low.features(x), z2))[0]

    def latents(self, count):
        return [torch.randn(count, self.latent) for _ in range(2)]

    def decode(self, latents):
        return expectation(self.decoder(*latents), self.grey)

    def sample(self):
        count = 64 if self.pixels else 500
        components = self.components()
        z2 = torch.randn(count, self.latent) if components is None else chosen(components, count)
        latents = z2, draw(*clamped(self.conditional(z2)))
        return self.decoder.draw(latents, self.grey) if self.pixels else self.decode(latents)


class Ladder(nn.Module):
    """Five levels that share a network; posteriors merged by precision."""

    LATENTS = 4, 8, 16, 32, 64
    HIDDEN = 32, 64, 128, 256, 512

    def __init__(self, dimensions, grey, pseudo_inputs, joint):
        super().__init__()
        self.grey = grey
        self.joint = joint
        below = *self.HIDDEN[1:], dimensions
        sizes = list(zip(self.LATENTS, self.HIDDEN, below))
        self.up = nn.ModuleList(self.layers(size, units) for _, units, size in sizes)
        self.evidence = nn.ModuleList(nn.Linear(units, 2 * m) for m, units, _ in sizes)
        above = zip(self.LATENTS, self.HIDDEN[1:])
        self.down = nn.ModuleList(self.layers(size, units) for size, units in above)
        low = zip(self.LATENTS[1:], self.HIDDEN[1:])
        self.generation = nn.ModuleList(nn.Linear(units, 2 * m) for m, units in low)
        outputs = (2 if grey else 1) * dimensions
        self.decoder = GatedNetwork([self.LATENTS[-1]], outputs, (512, 512))
        self.pseudo_inputs = new_pseudo_inputs(pseudo_inputs, dimensions, grey)
        start(self)
        with torch.no_grad():
            for layer in self.generation:
                layer.weight.mul_(0.1)
                layer.bias.mul_(0.1)

    @staticmethod
    def layers(inputs, units):
        return nn.Sequential(Gated(inputs, units), Gated(units, units))

    def evidences(self, x, levels=len(LATENTS)):
        """What x says of the first levels, top first."""
        features = [x]
        for layers in reversed(self.up):
            features.insert(0, layers(features[0]))
        heads = zip(self.evidence[:levels], features)
        return [clamped(head(feature)) for head, feature in heads]

    def components(self):
        """What the pseudo-inputs say: of all levels, or of the top."""
        if self.pseudo_inputs is None:
            return None
        return self.evidences(self.pseudo_inputs.clamp(0, 1), 5 if self.joint else 1)

    @staticmethod
    def merged(evidence, prior):
        difference = prior[1] - evidence[1]
        mean = prior[0] + (evidence[0] - prior[0]) * torch.sigmoid(difference)
        return mean, evidence[1] + F.logsigmoid(difference)

    def given(self, level, z):
        return clamped(self.generation[level - 1](self.down[level - 1](z)))

    def bound(self, x, evidences, components):
        """Reconstruction and KL at one draw for each row of the evidence."""
        z = draw(*evidences[0])
        kl = log_normal(z, *evidences[0])
        if components is None:
            kl = kl - log_standard(z)
        else:
            shares = product_densities(z, *components[0])
        for level in range(1, len(evidences)):
            prior = self.given(level, z)
            posterior = self.merged(evidences[level], prior)
            z = draw(*posterior)
            kl = kl + log_normal(z, *posterior)
            if self.joint:
                pairs = self.merged(components[level], [value[:, None] for value in prior])
                shares = shares + log_normal(z[:, None], *pairs)
            else:
                kl = kl - log_normal(z, *prior)
        if components is not None:
            kl = kl - torch.logsumexp(shares, 1) + math.log(len(components[0][0]))
        x = x.expand(len(z), -1)
        return log_likelihood(x, self.decoder(z), self.grey), kl

    def terms(self, x):
        return self.bound(x, self.evidences(x), self.components())

    def log_weights(self, x, samples, components):
        evidences = self.evidences(x)
        # as many rows as vae evaluates at once
        weights = []
        for begin in range(0, samples, 2000):
            count = min(2000, samples - begin)
            some = [[value.expand(count, -1) for value in level] for level in evidences]
            bound = self.bound(x, some, components)
            weights.append(bound[0] - bound[1])
        return torch.cat(weights)

    def encode(self, x):
        evidences = self.evidences(x)
        z = evidences[0][0]
        for level in range(1, len(evidences)):
            z = self.merged(evidences[level], self.given(level, z))[0]
        return z

    def latents(self, count):
        return [torch.randn(count, size) for size in self.LATENTS]

    def decode(self, latents):
        return expectation(self.decoder(latents[-1]), self.grey)

    def sample(self):
        components = self.components()
        if components is None:
            z = torch.randn(500, self.LATENTS[0])
        else:
            rows = torch.randint(len(components[0][0]), (500,))
            components = [[value[rows] for value in level] for level in components]
            z = draw(*components[0])
        for level in range(1, len(self.LATENTS)):
            prior = self.given(level, z)
            z = draw(*(self.merged(components[level], prior) if self.joint else prior))
        return self.decode([z])
