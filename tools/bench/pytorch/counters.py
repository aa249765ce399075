"""The statistics of our taps, by hooks."""

import torch

# y > 0 as float32: of a ReLU's output that is the sign, its input may be negative. Gradients count where they are not 0.
COUNTED = {
    "activation": torch.sign,
    "preactivation": lambda x: torch.sign(x).clamp_(min=0),
    "gradient": lambda g: torch.sign(g).abs_(),
    "preactivation-gradient": lambda g: torch.sign(g).abs_(),
}
KNOWN = {"fired", "imagesFired", "sum", "sumAbs", "sumSquares", "max"}


class Counters:
    """Statistics per unit of every tapped ReLU, of the latest step. Sums over positions are formed first: what they
    then hold per image is small, and exact for counts."""

    def __init__(self, network, taps):
        self.values = {}
        self.handles = []
        sites = {}
        for tap in taps:
            unknown = set(tap["statistics"]) - KNOWN
            if tap["at"] not in COUNTED or unknown:
                raise ValueError(f"the comparison with PyTorch does not know {sorted(unknown)} of the {tap['at']}")
            sites.setdefault(tap["site"], {})[tap["at"]] = set(tap["statistics"])
        for site, points in sites.items():
            self.hook(network.by_node[site], site, points)

    def hook(self, relu, site, points):
        def keep(at, tensor):
            with torch.no_grad():
                values = measure_statistics(tensor.detach(), points[at], at)
            self.values.setdefault(site, {})[at] = values

        def before(_module, inputs):
            keep("preactivation", inputs[0])

        def after(_module, _inputs, output):
            if "activation" in points:
                keep("activation", output)
            if not output.requires_grad or not points.keys() & {"gradient", "preactivation-gradient"}:
                return
            y = output.detach()

            def arrived(gradient):
                if "gradient" in points:
                    keep("gradient", gradient)
                if "preactivation-gradient" in points:
                    # What the ReLU passes on; its input may be overwritten, so that it can't be asked itself.
                    keep("preactivation-gradient", gradient * torch.sign(y))

            output.register_hook(arrived)

        if "preactivation" in points:
            self.handles.append(relu.register_forward_pre_hook(before))
        self.handles.append(relu.register_forward_hook(after))

    def take(self):
        """On the host, as ours are: {site: {point: {statistic: array}}}."""
        return {
            site: {at: {name: value.numpy() for name, value in values.items()} for at, values in points.items()}
            for site, points in self.values.items()
        }

    def remove(self):
        for handle in self.handles:
            handle.remove()


def measure_statistics(values, statistics, at):
    positions = (2, 3) if values.dim() == 4 else ()
    over_positions = lambda each: each.sum(positions) if positions else each
    result = {}
    if statistics & {"fired", "imagesFired"}:
        # Summing booleans takes PyTorch many times longer, and float32 is exact here, as a map has fewer than 2^24 positions.
        per_image = over_positions(COUNTED[at](values))
        if "fired" in statistics:
            result["fired"] = per_image.sum(0, dtype=torch.float64)
        if "imagesFired" in statistics:
            result["imagesFired"] = (per_image > 0).sum(0)
    # One and the same after a ReLU.
    positive = at == "activation"
    if statistics & ({"sum", "sumAbs"} if positive else {"sum"}):
        total = over_positions(values).sum(0, dtype=torch.float64)
        result.update({name: total for name in ("sum", "sumAbs") if name in statistics and (positive or name == "sum")})
    if "sumAbs" in statistics and not positive:
        result["sumAbs"] = over_positions(values.abs()).sum(0, dtype=torch.float64)
    if "sumSquares" in statistics:
        result["sumSquares"] = over_positions(values * values).sum(0, dtype=torch.float64)
    if "max" in statistics:
        result["max"] = values.amax((0, *positions))
    return result
