"""Training steps of one network."""

import math
import time

import numpy
import torch
import torch.nn.functional as F

from counters import Counters
from layout import from_torch, read_arrays, to_torch
from network import Network


class Subject:
    def __init__(self, request):
        torch.set_num_threads(request["threads"])
        self.format = torch.channels_last if request["channelsLast"] else torch.contiguous_format
        self.graph = request["graph"]
        # Of a batch: [images, height, width, channels].
        self.shape = (request["batchSize"], *request["inputShape"])
        self.network = Network(self.graph)
        self.initial = read_arrays(request["stateFile"], self.graph["parameters"])
        with torch.no_grad():
            for name, (module, attribute) in self.network.places.items():
                getattr(module, attribute).copy_(to_torch(self.initial[name]))
        self.network = self.network.to(memory_format=self.format)
        self.network.train()
        self.optimizer = torch.optim.SGD(
            self.parameter_groups(request["weightDecay"]), lr=request["learningRate"], momentum=request["momentum"]
        )
        self.batches = self.read_batches(request)
        self.counters = Counters(self.network, request["taps"])
        self.latest = {}
        self.taken = 0

    def parameter_groups(self, weight_decay):
        """Kernels decay, nothing else does."""
        groups = {True: [], False: []}
        for parameter in self.graph["parameters"]:
            if parameter["trainable"]:
                module, attribute = self.network.places[parameter["name"]]
                groups[parameter["role"] == "kernel"].append(getattr(module, attribute))
        return [
            {"params": groups[decays], "weight_decay": weight_decay if decays else 0.0}
            for decays in (True, False)
            if groups[decays]
        ]

    def read_batches(self, request):
        """In PyTorch's layout before any step is timed."""
        labels = numpy.fromfile(request["labelsFile"], dtype="<i4").reshape(-1, self.shape[0])
        return [(x, torch.from_numpy(y).long()) for x, y in zip(self.read_images(request["imagesFile"]), labels)]

    def read_images(self, file):
        images = numpy.fromfile(file, dtype="<f4").reshape(-1, *self.shape)
        return [torch.from_numpy(x).permute(0, 3, 1, 2).contiguous(memory_format=self.format) for x in images]

    def step(self):
        """One step with its wall and processor time in milliseconds; what it yields is on the host by then."""
        x, y = self.batches[self.taken % len(self.batches)]
        self.taken += 1
        wall, cpu = time.perf_counter(), time.process_time()
        self.optimizer.zero_grad(set_to_none=True)
        logits = self.network(x)
        loss = F.cross_entropy(logits, y)
        loss.backward()
        self.optimizer.step()
        self.latest = self.counters.take()
        correct = int((logits.detach().argmax(1) == y).sum())
        loss = float(loss.detach())
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        if not math.isfinite(loss):
            raise FloatingPointError(f"the loss became {loss}")
        return {
            "wall": 1000 * wall,
            "cpu": 1000 * cpu,
            "loss": loss,
            "correct": correct,
        }

    def latest_counters(self):
        return {
            site: {at: {name: value.tolist() for name, value in values.items()} for at, values in points.items()}
            for site, points in self.latest.items()
        }

    def evaluate(self, file, sites):
        """Elements above zero of every unit, batch by batch of the images in the file, in evaluation mode."""
        taps = [{"site": site, "at": "activation", "statistics": ["fired"]} for site in sites]
        counters = Counters(self.network, taps)
        self.network.eval()
        batches = []
        with torch.no_grad():
            for x in self.read_images(file):
                self.network(x)
                batches.append({site: of["activation"]["fired"].tolist() for site, of in counters.take().items()})
        self.network.train()
        counters.remove()
        return batches

    def write(self, file, arrays):
        """Parameters, moving statistics and velocities by our names, in our layouts."""
        with open(file, "wb") as out:
            for name in arrays:
                self.array(name).tofile(out)

    def array(self, name):
        slot = "optimizer/velocity/"
        if name.startswith(slot):
            module, attribute = self.network.places[name[len(slot) :]]
            return from_torch(self.optimizer.state[getattr(module, attribute)]["momentum_buffer"])
        module, attribute = self.network.places[name]
        array = from_torch(getattr(module, attribute))
        return self.biased(array, name, module) if attribute == "running_var" else array

    def biased(self, moving, name, module):
        """PyTorch moves towards the unbiased variance of each batch, ours towards the biased one, which is (n − 1)/n of it. The
        moving value is linear in what it has moved towards, so that ours follows from it."""
        elements = self.elements(name)
        start = self.initial[name] * (1 - module.momentum) ** self.taken
        return (start + (moving - start) * (elements - 1) / elements).astype("<f4")

    def elements(self, name):
        """Elements of each channel in a batch."""
        node = next(node for node in self.graph["nodes"] if node["operation"].get("movingVariance") == name)
        height, width, _ = node["shape"]
        return len(self.batches[0][1]) * height * width
