"""The benchmark's reference: the same work in plain PyTorch, written for speed. Needs only torch.

Works are named OPERATION/DATA/PRIOR[/FORM], for example

    python reference.py --threads 1 step/binary/standard step/grey/vampprior-500/broadcast

and each prints one line of JSON with its times in seconds. "-" reads names from standard input.

    KIND   step, log-likelihood, encode, sample, decode;
           matmul, the matrix products of a step and nothing else: what a step cannot be faster than
    DATA   binary (784 values, Bernoulli), grey (560 values, discretised logistic)
    PRIOR  standard, vampprior-K
    FORM   of a VampPrior: products, two matrix products in float64;
           broadcast, a (B, K, M) array as public implementations have it, all else as before;
           published, the whole step as in Tomczak and Welling's code: broadcast, two linear maps in
           a gated layer, and an optimiser that goes through the parameters in Python.
           of log-likelihood: loop, the loop over examples of Tomczak and Welling's code, which
           encodes x and the pseudo-inputs anew for every 100 of the S draws, broadcast;
           batched, x and the pseudo-inputs encoded once, the prior by products.

But for "published", the networks are fused as `vae bench` has them: one matrix product for both maps
of a gated layer and one for all heads. The optimiser is the fastest that torch offers, Adam with
fused=True; gradients are normalised by torch's own multi-tensor operations.
"""

import argparse
import json
import math
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

LOG_2PI = math.log(2 * math.pi)
HIDDEN = 300
BATCH = 100
EXAMPLES = 10_000


class Gated(nn.Module):
    """A gated dense layer of one linear map."""

    def __init__(self, inputs):
        super().__init__()
        self.both = nn.Linear(inputs, 2 * HIDDEN)

    def forward(self, x):
        return F.glu(self.both(x))


class GatedOfTwo(nn.Module):
    """A gated dense layer of two linear maps."""

    def __init__(self, inputs):
        super().__init__()
        self.h = nn.Linear(inputs, HIDDEN)
        self.g = nn.Linear(inputs, HIDDEN)

    def forward(self, x):
        return self.h(x) * torch.sigmoid(self.g(x))


class GatedMlp(nn.Sequential):
    def __init__(self, inputs, outputs, layer):
        super().__init__(layer(inputs), layer(HIDDEN), nn.Linear(HIDDEN, outputs))
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, 0, math.sqrt(2 / module.in_features))


class Vae(nn.Module):
    def __init__(self, dimensions, latent, grey, pseudo_inputs, products, layer=Gated):
        super().__init__()
        self.grey = grey
        self.latent = latent
        self.products = products
        self.encoder = GatedMlp(dimensions, 2 * latent, layer)
        self.decoder = GatedMlp(latent, (2 if grey else 1) * dimensions, layer)
        mean, deviation = (0.5, 0.02) if grey else (0.05, 0.01)
        self.pseudo_inputs = (
            nn.Parameter(mean + deviation * torch.randn(pseudo_inputs, dimensions))
            if pseudo_inputs
            else None
        )

    def encode(self, x):
        mean, log_variance = self.encoder(x).chunk(2, -1)
        return mean, log_variance.clamp(-6, 2)

    def components(self):
        """The prior's mixture components; none for the standard prior."""
        return None if self.pseudo_inputs is None else self.encode(self.pseudo_inputs.clamp(0, 1))

    def log_prior(self, z, components):
        if components is None:
            return -0.5 * (z.square().sum(-1) + self.latent * LOG_2PI)
        pairs = product_densities if self.products else broadcast_densities
        return torch.logsumexp(pairs(z, *components), 1) - math.log(len(self.pseudo_inputs))

    def log_likelihood(self, x, z):
        decoded = self.decoder(z)
        x = x.expand(len(z), -1)
        if not self.grey:
            return -F.binary_cross_entropy_with_logits(decoded, x, reduction="none").sum(-1)
        mean, log_scale = decoded.chunk(2, -1)
        mean = torch.sigmoid(mean).clamp(1 / 512, 1 - 1 / 512)
        precision = torch.exp(-log_scale.clamp(-4.5, 0))
        low = (torch.floor(x * 256) / 256 - mean) * precision
        mass = torch.sigmoid(low + precision / 256) - torch.sigmoid(low)
        return torch.log(mass + 1e-7).sum(-1)

    def bound(self, x, mean, log_variance, components):
        """Reconstruction and KL at one draw for each row."""
        z = mean + torch.exp(0.5 * log_variance) * torch.randn(mean.shape)
        kl = log_normal(z, mean, log_variance) - self.log_prior(z, components)
        return self.log_likelihood(x, z), kl


def log_normal(z, mean, log_variance):
    squares = (z - mean).square() * torch.exp(-log_variance)
    return -0.5 * (squares + log_variance + LOG_2PI).sum(-1)


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


class FusedAdam:
    """Adam on normalised gradients by torch's multi-tensor operations."""

    def __init__(self, parameters):
        self.parameters = list(parameters)
        self.adam = torch.optim.Adam(self.parameters, lr=5e-4, fused=True)

    def step(self):
        gradients = [p.grad for p in self.parameters]
        norms = torch._foreach_norm(gradients)
        torch._foreach_add_(norms, 1e-7)
        torch._foreach_div_(gradients, norms)
        self.adam.step()
        self.adam.zero_grad()


class LoopedAdam:
    """The same, one operation after the other for each parameter."""

    def __init__(self, parameters):
        self.states = [(p, torch.zeros_like(p), torch.zeros_like(p)) for p in parameters]
        self.steps = 0

    @torch.no_grad()
    def step(self):
        self.steps += 1
        rate = 5e-4 * math.sqrt(1 - 0.999**self.steps) / (1 - 0.9**self.steps)
        for parameter, first, second in self.states:
            gradient = parameter.grad / (parameter.grad.norm() + 1e-7)
            first.mul_(0.9).add_(gradient, alpha=0.1)
            second.mul_(0.999).addcmul_(gradient, gradient, value=0.001)
            parameter.addcdiv_(first, second.sqrt().add_(1e-8), value=-rate)
            parameter.grad = None


class Steps:
    """Training steps as a training loop takes them, the two parts of the loss read after each."""

    def __init__(self, model, examples, optimizer):
        self.model = model
        self.examples = examples
        self.optimizer = optimizer(model.parameters())

    def __call__(self):
        rows = torch.randperm(len(self.examples))[:BATCH]
        x = self.examples[rows]
        reconstruction, kl = self.model.bound(x, *self.model.encode(x), self.model.components())
        reconstruction, kl = reconstruction.mean(), kl.mean()
        (0.01 * kl - reconstruction).backward()
        self.optimizer.step()
        if not (math.isfinite(reconstruction.item()) and math.isfinite(kl.item())):
            raise ArithmeticError("diverged")


class MatrixProducts:
    """The matrix products of a training step, forth and back, into memory that is there already.

    Left out are those that nobody needs: the gradient of the examples themselves.
    """

    def __init__(self, model):
        self.calls = []
        pseudo_inputs = 0 if model.pseudo_inputs is None else len(model.pseudo_inputs)
        self.add_network(model.encoder, BATCH, inputs_have_gradient=False)
        if pseudo_inputs:
            self.add_network(model.encoder, pseudo_inputs)
            self.add(BATCH, 2 * model.latent, pseudo_inputs, torch.float64)
        self.add_network(model.decoder, BATCH)

    def add_network(self, network, rows, inputs_have_gradient=True):
        for module in network.modules():
            if isinstance(module, nn.Linear):
                sizes = rows, module.in_features, module.out_features
                self.add(*sizes, torch.float32, inputs_have_gradient)
                inputs_have_gradient = True

    def add(self, rows, inputs, outputs, kind, inputs_have_gradient=True):
        x, weight, y = (
            torch.randn(*shape, dtype=kind)
            for shape in [(rows, inputs), (outputs, inputs), (rows, outputs)]
        )
        gradient = torch.randn_like(y)
        self.calls += [(x, weight.t(), y), (gradient.t(), x, torch.empty_like(weight))]
        if inputs_have_gradient:
            self.calls.append((gradient, weight, torch.empty_like(x)))

    @torch.no_grad()
    def __call__(self):
        for left, right, result in self.calls:
            torch.mm(left, right, out=result)


class LogLikelihood:
    """log p(x) of one example after the other."""

    def __init__(self, model, examples, samples, loop):
        self.model = model
        self.examples = examples
        self.samples = samples
        self.loop = loop
        self.next = 0
        with torch.no_grad():
            self.components = model.components()

    @torch.no_grad()
    def __call__(self):
        x = self.examples[self.next % len(self.examples), None]
        self.next += 1
        weights = self.in_a_loop(x) if self.loop else self.at_once(x)
        return (torch.logsumexp(weights.double(), 0) - math.log(self.samples)).item()

    def in_a_loop(self, x):
        weights = []
        for _ in range(self.samples // BATCH):
            copies = x.expand(BATCH, -1)
            bound = self.model.bound(copies, *self.model.encode(copies), self.model.components())
            weights.append(bound[0] - bound[1])
        return torch.cat(weights)

    def at_once(self, x):
        mean, log_variance = (value.expand(self.samples, -1) for value in self.model.encode(x))
        bound = self.model.bound(x, mean, log_variance, self.components)
        return bound[0] - bound[1]


def forward(model, kind, examples):
    """Encoding and decoding 500 rows, drawing 500 examples."""
    rows = examples[:500]

    @torch.no_grad()
    def encode():
        return model.encode(rows)[0].sum().item()

    z = torch.randn(500, model.latent)

    @torch.no_grad()
    def decode():
        return expectation(model, z).sum().item()

    @torch.no_grad()
    def sample():
        draws = torch.randn(500, model.latent)
        components = model.components()
        if components is not None:
            chosen = torch.randint(len(model.pseudo_inputs), (500,))
            draws = components[0][chosen] + torch.exp(0.5 * components[1][chosen]) * draws
        return expectation(model, draws).sum().item()

    return {"encode": encode, "decode": decode, "sample": sample}[kind]


def expectation(model, z):
    decoded = model.decoder(z)
    if not model.grey:
        return torch.sigmoid(decoded)
    mean, log_scale = decoded.chunk(2, -1)
    mean = torch.sigmoid(mean).clamp(1 / 512, 1 - 1 / 512)
    scale = torch.exp(log_scale.clamp(-4.5, 0))
    below, above = mean / scale, (mean - 1) / scale
    ends = torch.sigmoid(below) + torch.sigmoid(above) - 1
    inside = (F.softplus(below) - F.softplus(above)) * scale
    return (inside - ends / 512).clamp(1 / 512, 1 - 1 / 512)


def work(name, options):
    kind, data, prior, *form = name.split("/")
    form = form[0] if form else "products"
    grey = data == "grey"
    dimensions = 560 if grey else 784
    pseudo_inputs = 0 if prior == "standard" else int(prior.removeprefix("vampprior-"))
    torch.manual_seed(1)
    levels = torch.randint(256 if grey else 2, (EXAMPLES, dimensions)).float()
    examples = (levels + 0.5) / 256 if grey else levels
    products = form in ("products", "batched")
    published = form == "published"
    layer = GatedOfTwo if published else Gated
    model = Vae(dimensions, options.latent_size, grey, pseudo_inputs, products, layer)
    if kind == "step":
        return Steps(model, examples, LoopedAdam if published else FusedAdam)
    if kind == "matmul":
        return MatrixProducts(model)
    if kind == "log-likelihood":
        return LogLikelihood(model, examples, options.samples, form == "loop")
    return forward(model, kind, examples)


def measure(name, options):
    run = work(name, options)
    begin = time.perf_counter()
    while time.perf_counter() - begin < options.warm_up_seconds:
        run()
    times = []
    begin = time.perf_counter()
    while len(times) < 3 or time.perf_counter() - begin < options.seconds:
        before = time.perf_counter()
        run()
        times.append(time.perf_counter() - before)
    print(json.dumps({"times": times}), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--warm-up-seconds", type=float, default=1)
    parser.add_argument("--latent-size", type=int, default=40)
    parser.add_argument("--samples", type=int, default=5000)
    parser.add_argument("works", nargs="+")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    names = (line.strip() for line in sys.stdin) if options.works == ["-"] else options.works
    for name in names:
        measure(name, options)


if __name__ == "__main__":
    main()
