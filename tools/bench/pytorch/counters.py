"""The statistics of our taps, by forward hooks."""

import torch


class Counters:
    """Statistics per unit of every tapped ReLU, of the latest forward pass. Sums over positions are formed first: what they
    then hold per image is small, and exact for counts."""

    def __init__(self, network, taps):
        self.values = {}
        for tap in taps:
            if tap["at"] != "activation":
                raise ValueError(f"the comparison with PyTorch measures activations only, not the {tap['at']}")
            network.by_node[tap["site"]].register_forward_hook(self.hook(tap["site"], set(tap["statistics"])))

    def hook(self, site, statistics):
        unknown = statistics - {"fired", "imagesFired", "sum", "sumAbs", "sumSquares", "max"}
        if unknown:
            raise ValueError(f"the comparison with PyTorch does not know {sorted(unknown)}")

        def measure(_module, _inputs, output):
            with torch.no_grad():
                self.values[site] = measure_statistics(output.detach(), statistics)

        return measure

    def take(self):
        """On the host, as ours are: {site: {statistic: array}}."""
        return {
            site: {name: value.numpy() for name, value in values.items()} for site, values in self.values.items()
        }


def measure_statistics(y, statistics):
    positions = (2, 3) if y.dim() == 4 else ()
    over_positions = lambda values: values.sum(positions) if positions else values
    result = {}
    if statistics & {"fired", "imagesFired"}:
        # After a ReLU the sign is y > 0 as float32. Summing booleans takes PyTorch many times longer, and float32 is exact
        # here, as a map has fewer than 2^24 positions.
        per_image = over_positions(torch.sign(y))
        if "fired" in statistics:
            result["fired"] = per_image.sum(0, dtype=torch.float64)
        if "imagesFired" in statistics:
            result["imagesFired"] = (per_image > 0).sum(0)
    if statistics & {"sum", "sumAbs"}:
        # One and the same after a ReLU.
        total = over_positions(y).sum(0, dtype=torch.float64)
        result.update({name: total for name in ("sum", "sumAbs") if name in statistics})
    if "sumSquares" in statistics:
        result["sumSquares"] = over_positions(y * y).sum(0, dtype=torch.float64)
    if "max" in statistics:
        result["max"] = y.amax((0, *positions))
    return result
