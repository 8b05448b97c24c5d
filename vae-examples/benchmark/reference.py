"""The benchmark's reference: the same work in plain PyTorch, written for speed. Needs only torch.

Works are named OPERATION/DATA/PRIOR[/MODEL][/FORM], for example

    python reference.py --threads 1 step/binary/standard step/grey/vampprior-500/broadcast

and each prints one line of JSON with its times in seconds and how many numbers the model's
parameters hold, running statistics included. "-" reads names from standard input.

    KIND   step, log-likelihood, encode, sample, decode;
           matmul, the matrix products of a step and nothing else: what a step cannot be faster than
    DATA   binary (784 values, Bernoulli), grey (560 values, discretised logistic)
    PRIOR  standard, vampprior-K
    MODEL  vae if unset, hvae, conv-hvae, pixel-hvae, ladder, ladder-joint; matmul has vae alone
    FORM   of a vae alone. Of a VampPrior: products, two matrix products in float64;
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
from torch import nn

from hierarchies import Hvae, Ladder
from networks import (
    HIDDEN,
    Gated,
    GatedOfTwo,
    broadcast_densities,
    chosen,
    clamped,
    draw,
    expectation,
    log_likelihood,
    log_normal,
    log_standard,
    new_pseudo_inputs,
    product_densities,
    start,
)

BATCH = 100
EXAMPLES = 10_000
SHAPES = {"binary": (28, 28), "grey": (28, 20)}
CONVOLUTIONAL = "conv-hvae", "pixel-hvae"
MODELS = "vae", "hvae", *CONVOLUTIONAL, "ladder", "ladder-joint"


class GatedMlp(nn.Sequential):
    def __init__(self, inputs, outputs, layer):
        super().__init__(layer(inputs), layer(HIDDEN), nn.Linear(HIDDEN, outputs))
        start(self)


class Vae(nn.Module):
    def __init__(self, dimensions, latent, grey, pseudo_inputs, products, layer=Gated):
        super().__init__()
        self.grey = grey
        self.latent = latent
        self.products = products
        self.encoder = GatedMlp(dimensions, 2 * latent, layer)
        self.decoder = GatedMlp(latent, (2 if grey else 1) * dimensions, layer)
        self.pseudo_inputs = new_pseudo_inputs(pseudo_inputs, dimensions, grey)

    def posterior(self, x):
        return clamped(self.encoder(x))

    def components(self):
        """The prior's mixture components; none for the standard prior."""
        if self.pseudo_inputs is None:
            return None
        return self.posterior(self.pseudo_inputs.clamp(0, 1))

    def log_prior(self, z, components):
        if components is None:
            return log_standard(z)
        pairs = product_densities if self.products else broadcast_densities
        return torch.logsumexp(pairs(z, *components), 1) - math.log(len(self.pseudo_inputs))

    def bound(self, x, posterior, components):
        """Reconstruction and KL at one draw for each row."""
        z = draw(*posterior)
        kl = log_normal(z, *posterior) - self.log_prior(z, components)
        return log_likelihood(x.expand(len(z), -1), self.decoder(z), self.grey), kl

    def terms(self, x):
        return self.bound(x, self.posterior(x), self.components())

    def log_weights(self, x, samples, components):
        posterior = [value.expand(samples, -1) for value in self.posterior(x)]
        bound = self.bound(x, posterior, components)
        return bound[0] - bound[1]

    def encode(self, x):
        return self.posterior(x)[0]

    def latents(self, count):
        return torch.randn(count, self.latent)

    def decode(self, z):
        return expectation(self.decoder(z), self.grey)

    def sample(self):
        components = self.components()
        z = self.latents(500) if components is None else chosen(components, 500)
        return self.decode(z)


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
        reconstruction, kl = self.model.terms(x)
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
        weights = (
            self.in_a_loop(x)
            if self.loop
            else self.model.log_weights(x, self.samples, self.components)
        )
        return (torch.logsumexp(weights.double(), 0) - math.log(self.samples)).item()

    def in_a_loop(self, x):
        weights = []
        for _ in range(self.samples // BATCH):
            bound = self.model.terms(x.expand(BATCH, -1))
            weights.append(bound[0] - bound[1])
        return torch.cat(weights)


def forward(model, kind, examples):
    """Encoding and decoding 500 rows, drawing examples."""
    rows = examples[:500]
    latents = model.latents(500)
    calls = {
        "encode": lambda: model.encode(rows),
        "decode": lambda: model.decode(latents),
        "sample": model.sample,
    }

    @torch.no_grad()
    def call():
        return calls[kind]().sum().item()

    return call


def new_model(name, data, pseudo_inputs, form, latent):
    grey = data == "grey"
    height, width = SHAPES[data]
    if name.endswith("hvae"):
        return Hvae(name, (height, width), latent, grey, pseudo_inputs)
    if name.startswith("ladder"):
        return Ladder(height * width, grey, pseudo_inputs, name == "ladder-joint")
    products = form in ("products", "batched")
    layer = GatedOfTwo if form == "published" else Gated
    return Vae(height * width, latent, grey, pseudo_inputs, products, layer)


def work(name, options):
    kind, data, prior, *rest = name.split("/")
    model_name = rest.pop(0) if rest and rest[0] in MODELS else "vae"
    form = rest[0] if rest else "products"
    pseudo_inputs = 0 if prior == "standard" else int(prior.removeprefix("vampprior-"))
    torch.manual_seed(1)
    height, width = SHAPES[data]
    levels = torch.randint(256 if data == "grey" else 2, (EXAMPLES, height * width)).float()
    examples = (levels + 0.5) / 256 if data == "grey" else levels
    model = new_model(model_name, data, pseudo_inputs, form, options.latent_size)
    model.train(kind == "step")
    return call(kind, model, examples, form, options.samples or samples(model_name)), size(model)


def samples(model_name):
    return 500 if model_name in CONVOLUTIONAL else 5000


def call(kind, model, examples, form, samples):
    if kind == "step":
        return Steps(model, examples, LoopedAdam if form == "published" else FusedAdam)
    if kind == "matmul":
        return MatrixProducts(model)
    if kind == "log-likelihood":
        return LogLikelihood(model, examples, samples, form == "loop")
    return forward(model, kind, examples)


def size(model):
    """Numbers that parameters and running statistics hold, without the count of batches."""
    state = [buffer for buffer in model.buffers() if buffer.dim()]
    return sum(array.numel() for array in [*model.parameters(), *state])


def measure(name, options):
    run, parameters = work(name, options)
    begin = time.perf_counter()
    while time.perf_counter() - begin < options.warm_up_seconds:
        run()
    times = []
    begin = time.perf_counter()
    while len(times) < 3 or time.perf_counter() - begin < options.seconds:
        before = time.perf_counter()
        run()
        times.append(time.perf_counter() - before)
    print(json.dumps({"times": times, "parameters": parameters}), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--warm-up-seconds", type=float, default=1)
    parser.add_argument("--latent-size", type=int, default=40)
    parser.add_argument("--samples", type=int)
    parser.add_argument("works", nargs="+")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    names = (line.strip() for line in sys.stdin) if options.works == ["-"] else options.works
    for name in names:
        measure(name, options)


if __name__ == "__main__":
    main()
