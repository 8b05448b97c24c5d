"""Compares large-vae with plain PyTorch: same models, same work, same machine, same minutes.

    PYTHON=/path/to/python-with-torch python3 vae-examples/benchmark/run.py [--levels] [--quick]
        [--json FILE]

Both sides stay loaded and are asked in turn, work by work, round by round; a ratio is that of the
two medians of one round. Printed are medians over the rounds, with the least and the greatest.
Both must have as many parameters. Takes about 25 minutes, with --quick 3; --levels measures models
of several levels and of convolutions instead. Needs bin/vae and, in $PYTHON, only torch.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
VAE = Path(os.environ.get("VAE_COMMAND", HERE.parent.parent / "bin" / "vae"))
PYTHON = os.environ.get("PYTHON", sys.executable)

# What bin/vae sets, and PyTorch is given too: how long threads wait for each other before they
# sleep, and huge pages. See docs/performance.md.
AS_OURS = {"GOMP_SPINCOUNT": "1000", "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
# libgomp's default, said in a way that bin/vae does not override
SPINNING = {**AS_OURS, "GOMP_SPINCOUNT": "300000"}
ASLEEP = {**AS_OURS, "GOMP_SPINCOUNT": "0"}
# glibc keeps freed memory, as large-vae makes it do
MEMORY_KEPT = {
    "GOMP_SPINCOUNT": "1000",
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432"
    ":glibc.malloc.trim_threshold=1073741824",
}


class Worker:
    """A process that is sent the name of a work and answers with its times."""

    def __init__(self, command, options, threads, environment, seconds):
        arguments = ["--threads", threads, "--seconds", seconds, "--warm-up-seconds", seconds / 2]
        # of each work, how many numbers its model's parameters hold
        self.parameters = {}
        self.process = subprocess.Popen(
            [*command, "-", *map(str, [*arguments, *options])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **environment},
            text=True,
        )

    def ask(self, work):
        self.process.stdin.write(work + "\n")
        self.process.stdin.flush()

    def answer(self, work):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.process.args[0]} ended; its message is above")
        answer = json.loads(line)
        self.parameters[work] = answer["parameters"]
        return answer["times"]

    def measure(self, work):
        self.ask(work)
        return statistics.median(self.answer(work))

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.process.stdin.close()
        self.process.wait()


def ours(threads, options, environment=AS_OURS):
    return Worker([str(VAE), "bench"], [], threads, environment, options.seconds)


def pytorch(threads, options, environment=AS_OURS):
    command = [PYTHON, str(HERE / "reference.py")]
    return Worker(command, [], threads, environment, options.seconds)


def works(options):
    """Each work of ours with the forms of the reference it is compared with."""
    return levels_works(options.quick) if options.levels else vae_works(options.quick)


def levels_works(quick):
    """Models of several levels and of convolutions, at the sizes of their publications."""
    step = ["binary/standard/hvae", "grey/standard/conv-hvae", "grey/standard/pixel-hvae"]
    step += ["binary/standard/ladder", "binary/vampprior-500/ladder-joint"]
    names = [f"step/{work}" for work in step]
    if not quick:
        models = ["binary/{}/hvae", "grey/{}/conv-hvae", "grey/{}/pixel-hvae", "binary/{}/ladder"]
        with_vampprior = [model.format("vampprior-500") for model in models]
        names += [f"step/{work}" for work in with_vampprior]
        names += [f"log-likelihood/{work}" for work in with_vampprior]
        names.append("log-likelihood/binary/vampprior-500/ladder-joint")
        names.append("sample/binary/vampprior-500/hvae")
    names.append("sample/grey/vampprior-500/pixel-hvae")
    return [(name, [""]) for name in names]


def vae_works(quick):
    """Models of one level, against several forms of PyTorch."""
    sizes = [500] if quick else [100, 500, 1000]
    pairs = []
    for data in ["binary", "grey"]:
        pairs.append((f"step/{data}/standard", ["", "/published"]))
        forms = ["/products", "/broadcast", "/published"]
        pairs += [(f"step/{data}/vampprior-{k}", forms) for k in sizes]
    for data in ["binary"] if quick else ["binary", "grey"]:
        pairs.append((f"log-likelihood/{data}/vampprior-500", ["/batched", "/loop"]))
    for kind in ["encode", "decode", "sample"]:
        pairs.append((f"{kind}/binary/vampprior-500", [""]))
    return pairs


def spread(values, digits=2):
    middle, least, greatest = statistics.median(values), min(values), max(values)
    return f"{middle:.{digits}f} ({least:.{digits}f} to {greatest:.{digits}f})"


def compare(threads, options):
    """Ratios of every work at a number of threads."""
    pairs = works(options)
    own, reference = {}, {}
    with ours(threads, options) as first, pytorch(threads, options) as second:
        for round_ in range(options.rounds + 1):
            note(f"{threads} thread(s), " + (f"round {round_}" if round_ else "warm-up"))
            if not round_:
                # the JVM compiles what turns out to be used much
                for _ in range(4):
                    first.measure(pairs[0][0])
            for work, forms in pairs:
                asked = [(first, work, own)]
                asked += [(second, work + form, reference) for form in forms]
                # nobody is always the one who finds the other's data in the cache
                for worker, name, found in asked if round_ % 2 else reversed(asked):
                    seconds = worker.measure(name)
                    if round_:
                        found.setdefault(name, []).append(seconds)
    check_parameters(pairs, first, second)
    rows = []
    for work, forms in pairs:
        for form in forms:
            times = reference[work + form]
            ratios = [a / b for a, b in zip(own[work], times)]
            rows.append(
                {
                    "threads": threads,
                    "work": work,
                    "parameters": first.parameters[work],
                    "reference": form.lstrip("/"),
                    "oursMilliseconds": [1e3 * t for t in own[work]],
                    "pytorchMilliseconds": [1e3 * t for t in times],
                    "ratios": ratios,
                }
            )
    print(f"\n{threads} thread(s)".ljust(49) + f"{'PyTorch form':12}{'ours ms':>10}", end="")
    print(f"{'PyTorch ms':>12}   ours / PyTorch")
    for row in rows:
        mine = statistics.median(row["oursMilliseconds"])
        theirs = statistics.median(row["pytorchMilliseconds"])
        print(f"{row['work']:48}{row['reference']:12}{mine:10.2f}{theirs:12.2f}", end="   ")
        print(spread(row["ratios"]), flush=True)
    return rows


def check_parameters(pairs, own, reference):
    """Whether both sides measured networks of the same size."""
    different = [
        f"{work + form}: {own.parameters[work]:,} and {reference.parameters[work + form]:,}"
        for work, forms in pairs
        for form in forms
        if own.parameters[work] != reference.parameters[work + form]
    ]
    if different:
        print("\nnot the same network, numbers in parameters of ours and of PyTorch's:")
        print("\n".join(different))
    else:
        print("\nboth sides have as many parameters in every work")


GROWTH = {
    "K": ([100, 250, 500, 1000, 2000], "step/binary/vampprior-{}", []),
    "M": ([10, 20, 40, 80, 160], "step/binary/vampprior-500", ["--latent-size", "{}"]),
    "batch": ([50, 100, 200, 400, 800], "step/binary/vampprior-500", ["--batch-size", "{}"]),
    "S": (
        [500, 1000, 2500, 5000, 10000],
        "log-likelihood/binary/vampprior-500",
        ["--samples", "{}"],
    ),
}


def growth(options):
    """How our time grows with the size of the work, one thread."""
    found = {}
    for name, (sizes, work, arguments) in GROWTH.items():
        note(f"growth with {name}")
        for size in sizes:
            extra = [argument.format(size) for argument in arguments]
            command = [str(VAE), "bench", work.format(size), "--threads", "1", "--json", *extra]
            command += ["--seconds", str(2 * options.seconds)]
            environment = {**os.environ, **AS_OURS}
            answer = subprocess.run(command, stdout=subprocess.PIPE, env=environment, check=True)
            seconds = json.loads(answer.stdout)[0]["medianSeconds"]
            found.setdefault(name, {})[size] = 1e3 * seconds
    print("\ngrowth, 1 thread, ms")
    for name, times in found.items():
        print(f"{name:8}" + "".join(f"{size:>10}" for size in times))
        print(" " * 8 + "".join(f"{value:>10.1f}" for value in times.values()), flush=True)
    return found


def environments(options):
    """How waiting and memory are set, and what that changes."""
    kinds = [
        ("ours", ours, AS_OURS),
        ("ours, spinning", ours, SPINNING),
        ("ours, asleep", ours, ASLEEP),
        ("PyTorch, as ours", pytorch, AS_OURS),
        ("PyTorch, its defaults", pytorch, {}),
        ("PyTorch, asleep", pytorch, ASLEEP),
        ("PyTorch, as ours, memory kept", pytorch, MEMORY_KEPT),
    ]
    found = {}
    note("waiting and memory")
    for name in ["step/binary/standard", "step/binary/vampprior-500"]:
        forms = ["/products", "/broadcast"] if "vampprior" in name else [""]
        workers = [make(2, options, environment) for _, make, environment in kinds]
        for worker in workers[:3]:
            for _ in range(4):
                worker.measure(name)
        for round_ in range(options.rounds + 1):
            for (label, make, _), worker in zip(kinds, workers):
                for form in forms if make is pytorch else [""]:
                    seconds = worker.measure(name + form)
                    if round_:
                        found.setdefault((name + form, label), []).append(1e3 * seconds)
        for worker in workers:
            worker.__exit__()
    print("\n2 threads, environment".ljust(73) + "ms")
    for (name, label), times in found.items():
        print(f"{name:40}{label:32}{spread(times)}", flush=True)
    return [{"work": w, "environment": e, "milliseconds": t} for (w, e), t in found.items()]


def floor(options):
    """What a step could not be faster than: its matrix products alone, against whole steps."""
    note("matrix products alone")
    found = []
    with pytorch(1, options) as worker:
        for data in ["binary", "grey"]:
            for prior in ["standard", "vampprior-500"]:
                form = "" if prior == "standard" else "/broadcast"
                names = [f"matmul/{data}/{prior}", f"step/{data}/{prior}{form}"]
                rounds = [[worker.measure(name) for name in names] for _ in range(options.rounds)]
                milliseconds = [1e3 * products for products, _ in rounds]
                shares = [products / step for products, step in rounds]
                found.append({"step": names[1], "milliseconds": milliseconds, "shares": shares})
    print("\n1 thread, matrix products of a step alone".ljust(45) + "ms   of PyTorch's step")
    for row in found:
        milliseconds = statistics.median(row["milliseconds"])
        print(f"{row['step']:36}{milliseconds:10.2f}   {spread(row['shares'])}", flush=True)
    return found


def two_at_once(options):
    """The throughput of two processes of one thread each, against one alone, on both sides."""
    note("two experiments at once")
    gains = {}
    work = "step/binary/vampprior-500"
    for side, make in [("ours", ours), ("PyTorch", pytorch)]:
        with make(1, options) as first, make(1, options) as second:
            for worker in [first, second] * 3:
                worker.measure(work)
            for _ in range(options.rounds):
                alone = first.measure(work)
                first.ask(work)
                second.ask(work)
                both = [statistics.median(worker.answer(work)) for worker in (first, second)]
                gains.setdefault(side, []).append(alone * sum(1 / seconds for seconds in both))
    print(f"\ntwo experiments at once, one thread each, {work}: throughput", end=" ")
    print(", ".join(f"{side} x {spread(gain)}" for side, gain in gains.items()), flush=True)
    return gains


def start_up(options):
    """From the start of bin/vae to the first training step on the embedded digits."""
    note("start-up")
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(options.rounds + 1):
            begin = time.perf_counter()
            command = [str(VAE), "bench", "--first-step"]
            with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE) as process:
                process.stdout.readline()
                found.append(time.perf_counter() - begin)
    print(f"\nstart-up to the first step on the embedded digits: {spread(found[1:])} s")
    return found[1:]


def memory(options):
    note("memory")
    steps = 2000 if options.quick else 5000
    command = [str(VAE), "bench", "step/binary/standard", "--memory-steps", str(steps)]
    command += ["--threads", "1", "--json"]
    use = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    first, last = use["samples"][0], use["samples"][-1]
    print(f"\nresident memory, {use['work']}: ", end="")
    print(", ".join(f"{s['bytes'] / 2**20:.0f} MiB after {s['step']} steps" for s in (first, last)))
    return use


def note(text):
    print(f"... {text}", file=sys.stderr, flush=True)


def check():
    probe = [PYTHON, "-c", "import torch; print(torch.__version__)"]
    try:
        answer = subprocess.run(probe, capture_output=True, text=True)
    except OSError as failure:
        sys.exit(f"PYTHON={PYTHON} cannot be started: {failure.strerror}")
    if answer.returncode:
        sys.exit(
            f"{PYTHON} has no torch. Set PYTHON to a Python that has it, for example one made by\n"
            "  python3 -m venv torch-env && torch-env/bin/pip install torch==2.7.1"
            " --index-url https://download.pytorch.org/whl/cpu\n"
            "  PYTHON=torch-env/bin/python python3 vae-examples/benchmark/run.py"
        )
    subprocess.run([str(VAE), "--version"], check=True, stdout=subprocess.DEVNULL)
    print(f"PyTorch {answer.stdout.strip()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer works, one round, 3 minutes")
    parser.add_argument(
        "--levels", action="store_true", help="models of several levels and of convolutions alone"
    )
    parser.add_argument("--rounds", type=int, help="4 if unset")
    parser.add_argument("--seconds", type=float, help="for each work in a round; 1 if unset")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--json", type=Path, help="where all numbers are written")
    options = parser.parse_args()
    options.rounds = options.rounds or (1 if options.quick else 4)
    options.seconds = options.seconds or (0.5 if options.quick else 1)
    check()
    result = {"steps": [row for threads in options.threads for row in compare(threads, options)]}
    if not options.levels:
        measure_the_rest(options, result)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n")


def measure_the_rest(options, result):
    """What is measured of models of one level alone."""
    if not options.quick:
        result["environments"] = environments(options)
        result["growth"] = growth(options)
    result["matrixProducts"] = floor(options)
    result["twoAtOnce"] = two_at_once(options)
    result["startUpSeconds"] = start_up(options)
    result["memory"] = memory(options)


if __name__ == "__main__":
    main()
