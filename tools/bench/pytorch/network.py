"""A network of ours as a PyTorch module: the graph that engines compile, node by node."""

import torch
import torch.nn.functional as F
from torch import nn


class Lambda(nn.Module):
    """A node without parameters."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, *inputs):
        return self.function(*inputs)


class Network(nn.Module):
    """Runs the nodes in the graph's order, which is topological, and drops a node's output after its last use.

    Inside, maps are [batch, channels, height, width] as everywhere in PyTorch; parameters keep our names.
    """

    def __init__(self, graph):
        super().__init__()
        self.output = graph["output"]
        last_use = {name: node["name"] for node in graph["nodes"] for name in node["inputs"]}
        uses = {}
        for node in graph["nodes"]:
            for name in node["inputs"]:
                uses[name] = uses.get(name, 0) + 1
        absorbed = absorbed_padding(graph["nodes"], uses)
        shapes = {parameter["name"]: parameter["shape"] for parameter in graph["parameters"]}
        node_shapes = {node["name"]: node["shape"] for node in graph["nodes"]}
        self.nodes = []
        self.parts = nn.ModuleList()
        self.by_node = {}
        # Of each of our arrays: the PyTorch tensor that holds it.
        self.places = {}
        for node in graph["nodes"]:
            name, operation, inputs = node["name"], node["operation"], node["inputs"]
            if operation["op"] == "input":
                self.input = name
                continue
            # Only where nobody else reads the input may it be overwritten, as torchvision's networks do.
            alone = all(uses[each] == 1 for each in inputs)
            if name in absorbed:
                operation = {**operation, "padding": absorbed[name]}
            part = build_part(operation, shapes, [node_shapes[each] for each in inputs], alone)
            self.parts.append(part)
            self.by_node[name] = part
            self.places.update(places_of(operation, part))
            freed = [each for each in dict.fromkeys(inputs) if last_use[each] == name]
            self.nodes.append((name, part, inputs, freed))

    def forward(self, x):
        values = {self.input: x}
        for name, part, inputs, freed in self.nodes:
            values[name] = part(*[values[each] for each in inputs])
            for each in freed:
                del values[each]
        return values[self.output]


def absorbed_padding(nodes, uses):
    """Symmetric zero padding in front of one unpadded convolution is that convolution's own in PyTorch."""
    absorbed = {}
    by_name = {node["name"]: node for node in nodes}
    for node in nodes:
        before = by_name[node["inputs"][0]] if node["operation"]["op"] == "conv2d" else None
        if before is None or before["operation"]["op"] != "zeroPad" or uses[before["name"]] != 1:
            continue
        padding = before["operation"]["padding"]
        if any(node["operation"]["padding"].values()) or not symmetric_padding(padding)[1]:
            continue
        absorbed[node["name"]] = padding
        absorbed[before["name"]] = dict.fromkeys(padding, 0)
    return absorbed


def build_part(operation, shapes, inputs, alone):
    op = operation["op"]
    if op == "conv2d":
        height, width, channels, filters = shapes[operation["kernel"]]
        padding, symmetric = symmetric_padding(operation["padding"])
        convolution = nn.Conv2d(
            channels,
            filters,
            (height, width),
            stride=tuple(operation["strides"]),
            padding=padding,
            dilation=tuple(operation["dilation"]),
            bias="bias" in operation,
        )
        return convolution if symmetric else padded(operation["padding"], convolution)
    if op == "dense":
        rows, columns = shapes[operation["kernel"]]
        return nn.Linear(rows, columns, bias="bias" in operation)
    if op == "batchNorm":
        if "gamma" not in operation or "beta" not in operation:
            raise ValueError("PyTorch's batch normalisation has both gamma and beta or neither")
        size = shapes[operation["gamma"]][0]
        return nn.BatchNorm2d(size, eps=operation["epsilon"], momentum=1 - operation["momentum"])
    if op == "relu" and "max" not in operation:
        return nn.ReLU(inplace=alone)
    if op == "maxPool":
        padding, symmetric = symmetric_padding(operation["padding"])
        if symmetric:
            return nn.MaxPool2d(tuple(operation["size"]), tuple(operation["strides"]), padding)
    if op == "averagePool" and tuple(operation["size"]) == (1, 1):
        down, right = operation["strides"]
        return Lambda(lambda x: x[:, :, ::down, ::right])
    if op == "globalAveragePool":
        return Lambda(lambda x: F.adaptive_avg_pool2d(x, 1).flatten(1))
    if op == "add" and len(inputs) == 2:
        return Lambda(torch.add)
    if op == "padChannels":
        before, after = operation["before"], operation["after"]
        return Lambda(lambda x: F.pad(x, (0, 0, 0, 0, before, after)))
    if op == "zeroPad":
        return padded(operation["padding"]) if any(operation["padding"].values()) else nn.Identity()
    if op == "flatten":
        height, width, _ = inputs[0]
        # Ours flattens [H, W, C]; of a single pixel nothing has to move.
        if height * width == 1:
            return nn.Flatten()
        return Lambda(lambda x: x.permute(0, 2, 3, 1).flatten(1))
    raise ValueError(f"the comparison with PyTorch does not know this operation: {operation}")


def symmetric_padding(padding):
    symmetric = padding["top"] == padding["bottom"] and padding["left"] == padding["right"]
    return ((padding["top"], padding["left"]) if symmetric else 0), symmetric


def padded(padding, *then):
    sides = (padding["left"], padding["right"], padding["top"], padding["bottom"])
    return nn.Sequential(nn.ZeroPad2d(sides), *then)


def places_of(operation, part):
    """Our names of a node's arrays → (module, attribute)."""
    weighted = part[-1] if isinstance(part, nn.Sequential) else part
    attributes = {
        "kernel": "weight",
        "bias": "bias",
        "gamma": "weight",
        "beta": "bias",
        "movingMean": "running_mean",
        "movingVariance": "running_var",
    }
    return {operation[role]: (weighted, attribute) for role, attribute in attributes.items() if role in operation}
