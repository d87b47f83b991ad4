"""One case in PyTorch: samples a second in the best of three thirds, as one JSON line.

usage: steps_torch.py CASE [--threads N] [--compile] [--processes N] [--seconds S]"""

import argparse
import json
import os
import socket
import time

import torch
import torch.distributed
import torch.multiprocessing
from torch import nn

SAMPLES, WARM_UP = 60_000, 20
DENSE = {"mlp_s": [784, 100, 200, 10], "mlp_m": [784, 500, 200, 10], "mlp_l": [784, 2048, 2048, 10]}
BATCH = {"mlp_s": 32, "mlp_m": 100, "mlp_l": 512, "lenet": 128}


def network(case):
    if case == "lenet":
        return nn.Sequential(
            nn.Unflatten(1, (1, 28, 28)),
            nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10))
    widths = DENSE[case]
    layers = []
    for inputs, outputs in zip(widths[:-1], widths[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


class Training:
    def __init__(self, options, processes):
        torch.manual_seed(0)
        self.batch = BATCH[options.case] // processes
        self.network = model = network(options.case)
        if processes > 1:
            self.network = nn.parallel.DistributedDataParallel(model)
        if options.compile:
            self.network = torch.compile(self.network)
        if options.case == "mlp_s":
            self.optimizer = torch.optim.SGD(model.parameters(), lr=0.1, foreach=True)
        else:
            self.optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
        self.x, self.y = torch.randn(SAMPLES, 784), torch.randint(0, 10, (SAMPLES,))
        self.order, self.done = torch.randperm(SAMPLES), 0

    def train(self, steps):
        for _ in range(steps):
            first = self.done % (SAMPLES // self.batch) * self.batch
            rows = self.order[first:first + self.batch]
            loss = nn.functional.cross_entropy(self.network(self.x[rows]), self.y[rows])
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            self.optimizer.step()
            self.done += 1


def alone(options):
    torch.set_num_threads(options.threads)
    training = Training(options, 1)
    training.train(WARM_UP)
    best = 0
    for _ in range(3):
        start, steps = time.perf_counter(), 0
        while time.perf_counter() - start < options.seconds / 3:
            training.train(1)
            steps += 1
        best = max(best, steps * training.batch / (time.perf_counter() - start))
    report(options, best)


def together(rank, options, port):
    """One of the processes of DistributedDataParallel; each has a part of the batch."""
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
    torch.distributed.init_process_group("gloo", rank=rank, world_size=options.processes)
    torch.set_num_threads(1)
    training = Training(options, options.processes)
    training.train(WARM_UP)
    torch.distributed.barrier()
    start = time.perf_counter()
    training.train(WARM_UP)
    torch.distributed.barrier()
    # All must take as many steps, so the first process says how many.
    third = options.seconds / 3 / (time.perf_counter() - start) * WARM_UP
    count = torch.tensor([max(4, int(third))])
    torch.distributed.broadcast(count, 0)
    best = 0
    for _ in range(3):
        torch.distributed.barrier()
        start = time.perf_counter()
        training.train(int(count))
        torch.distributed.barrier()
        samples = int(count) * training.batch * options.processes
        best = max(best, samples / (time.perf_counter() - start))
    if rank == 0:
        report(options, best)
    torch.distributed.destroy_process_group()


def report(options, best):
    print(json.dumps({
        "version": "PyTorch " + torch.__version__, "case": options.case, "samples_per_s": round(best, 1)}))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("case", choices=BATCH)
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--compile", action="store_true")
    arguments.add_argument("--processes", type=int, default=1, help="more than 1: DistributedDataParallel")
    arguments.add_argument("--seconds", type=float, default=4)
    options = arguments.parse_args()
    if options.processes == 1:
        return alone(options)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    torch.multiprocessing.spawn(together, args=(options, port), nprocs=options.processes)


if __name__ == "__main__":
    main()
