"""Do a VampPrior's pseudo-inputs move? An independent check in plain PyTorch, on Frey Faces.

    python vae-examples/reproduction/pseudo_inputs.py --latent-size 40 --epochs 100 --init normal

trains the report's model (500 pseudo-inputs, batches of 100, warm-up over 100 epochs, Adam on
normalised gradients) as Tomczak and Welling's code does, on one thread, and prints what becomes of
the pseudo-inputs:

    epoch       0 is the start
    RE, KL      means over the epoch's training examples, in nats
    moved       how far the pseudo-inputs are from their start, L2 norms over the 560 pixels:
                the least, the median and the greatest
    perplexity  the exponential of the entropy of the components' mean responsibilities for the
                posterior means of all training examples, from 1 to 500: how many are in use
    no gradient the share of pseudo-inputs whose gradient was exactly zero in all of the epoch's
                batches

Needs torch and numpy.
"""

import argparse
import hashlib
import io
import sys
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "benchmark"))
import reference  # noqa: E402 - found only through the line above

DATA = HERE.parent / "data" / "freyfaces" / "freyfaces.npy"
# the one that vae-examples/data/README.md has
SHA256 = "2177ea074dc1d5ce35294c687dfce79ced65db6d7b745d95a2e1757fcfbe41c0"
DIMENSIONS = 560
TRAINING_EXAMPLES = 1572
PSEUDO_INPUTS = 500
BATCH = 100
WARM_UP_EPOCHS = 100
HEADER = (
    f"{'epoch':>5} {'RE':>9} {'KL':>7} {'least':>8} {'median':>8} {'greatest':>8} "
    f"{'perplexity':>10} {'no gradient':>11}"
)


def faces():
    """All faces, shuffled by torch's seed, each grey level in the middle of its bin."""
    try:
        content = DATA.read_bytes()
    except OSError as e:
        sys.exit(f"{DATA} cannot be read: {e.strerror}.")
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        sys.exit(f"{DATA} is not the file that is expected: its SHA-256 is {found}, not {SHA256}.")
    levels = np.load(io.BytesIO(content))
    x = torch.tensor((levels.astype(np.float32).reshape(-1, DIMENSIONS) + 0.5) / 256)
    return x[torch.randperm(len(x))]


def model_of(latent_size, init, x):
    model = reference.Vae(
        DIMENSIONS,
        latent_size,
        grey=True,
        pseudo_inputs=PSEUDO_INPUTS,
        products=True,
        layer=reference.GatedOfTwo,
    )
    if init == "training-data":
        chosen = x[torch.randperm(len(x))[:PSEUDO_INPUTS]]
        model.pseudo_inputs.data = chosen + 0.01 * torch.randn_like(chosen)
    return model


def train(model, optimizer, x, beta):
    """One epoch: the means of RE and KL, and which pseudo-inputs had a gradient."""
    parts = torch.zeros(2)
    moved = torch.zeros(PSEUDO_INPUTS, dtype=torch.bool)
    for rows in torch.randperm(len(x)).split(BATCH):
        bound = model.bound(x[rows], *model.encode(x[rows]), model.components())
        re, kl = (part.float() for part in bound)
        (beta * kl.mean() - re.mean()).backward()
        moved |= model.pseudo_inputs.grad.ne(0).any(1)
        optimizer.step()
        parts += torch.stack([re.sum(), kl.sum()]).detach()
    return (parts / len(x)).tolist(), moved


@torch.no_grad()
def perplexity(model, x):
    densities = reference.product_densities(model.encode(x)[0], *model.components())
    shares = torch.softmax(densities, 1).mean(0)
    return torch.exp(-torch.xlogy(shares, shares).sum()).item()


@torch.no_grad()
def row(epoch, parts, model, start, x, moved):
    distance = (model.pseudo_inputs - start).norm(dim=1)
    of_epoch = f"{'-':>9} {'-':>7}" if parts is None else f"{parts[0]:9.1f} {parts[1]:7.2f}"
    zero = "-" if moved is None else f"{1 - moved.float().mean().item():.3f}"
    return (
        f"{epoch:5} {of_epoch} {distance.min():8.3f} {distance.median():8.3f} "
        f"{distance.max():8.3f} {perplexity(model, x):10.1f} {zero:>11}"
    )


def whole(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number}: must be at least 1")
    return number


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--latent-size", type=whole, default=40)
    parser.add_argument("--epochs", type=whole, default=100)
    parser.add_argument("--init", choices=["normal", "training-data"], default="normal")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    x = faces()[:TRAINING_EXAMPLES]
    model = model_of(options.latent_size, options.init, x)
    start = model.pseudo_inputs.detach().clone()
    optimizer = reference.LoopedAdam(model.parameters())
    print(
        f"Frey Faces, M = {options.latent_size}, K = {PSEUDO_INPUTS}, init {options.init}, "
        f"seed {options.seed}, torch {torch.__version__}\n{HEADER}"
    )
    print(row(0, None, model, start, x, None), flush=True)
    shown = {1, 2, 5, 10, 20, 50, options.epochs}
    for epoch in range(1, options.epochs + 1):
        parts, moved = train(model, optimizer, x, min(1, epoch / WARM_UP_EPOCHS))
        if epoch in shown or epoch % 100 == 0:
            print(row(epoch, parts, model, start, x, moved), flush=True)


if __name__ == "__main__":
    main()
