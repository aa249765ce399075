"""Single ReLU units trained with NumPy, as a user would write it: vectorised over trials, in float64.

Told what to do by lines of JSON on standard input and answering on standard output, like the program in `pytorch/`.
"""

import json
import math
import resource
import sys
import time

try:
    import numpy as np
except ImportError as missing:
    print(json.dumps({"error": str(missing)}), flush=True)
    sys.exit(1)

CHECKED_INPUTS = 100


def usage():
    # Linux counts kibibytes, macOS bytes.
    unit = 2**20 if sys.platform == "darwin" else 2**10
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return {"cpu": 1000 * time.process_time(), "peakMemoryMiB": memory}


def train(trials, inputs, updates, step_size, noise, teacher_bias, has_bias, rng):
    """Units with He's weights that learn from a ReLU unit along the first input; returns weights and biases."""
    w = rng.standard_normal((trials, inputs)) * math.sqrt(2 / inputs)
    b = np.zeros(trials)
    v = np.zeros(inputs)
    v[0] = 1
    for _ in range(updates):
        x = rng.standard_normal((trials, inputs))
        s = np.einsum("ij,ij->i", w, x) + b
        d = np.maximum(x @ v + teacher_bias, 0) + noise * rng.standard_normal(trials)
        f = step_size * (d - np.maximum(s, 0)) * (s > 0)
        w += f[:, None] * x
        if has_bias:
            b += f
    return w, b, v


def mean_and_error(values):
    return [values.mean(), values.std(ddof=1) / math.sqrt(len(values))]


def measure(request):
    rng = np.random.default_rng(request["seed"])
    has_bias = request["bias"]
    teacher_bias = request["teacherBias"]
    wall, cpu = time.perf_counter(), time.process_time()
    w, b, v = train(
        request["trials"],
        request["inputs"],
        request["updates"],
        request["stepSize"],
        request["noise"],
        teacher_bias,
        has_bias,
        rng,
    )
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu

    # Not timed: what has become of the units.
    ratio = b / np.linalg.norm(w, axis=1) / math.sqrt(2)
    activation = np.array([0.5 * math.erfc(-r) for r in ratio])
    errors = np.zeros(len(w))
    for _ in range(CHECKED_INPUTS):
        x = rng.standard_normal(w.shape)
        output = np.maximum(np.einsum("ij,ij->i", w, x) + b, 0)
        errors += (np.maximum(x @ v + teacher_bias, 0) - output) ** 2 / CHECKED_INPUTS
    return {
        "milliseconds": {"wall": 1000 * wall, "cpu": 1000 * cpu},
        "activation": mean_and_error(activation),
        "excessError": mean_and_error(errors),
    }


def main():
    print(json.dumps({"numpy": np.__version__, "python": sys.version.split()[0], **usage()}), flush=True)
    for line in sys.stdin:
        try:
            answer = measure(json.loads(line))
        except Exception as failure:  # The caller tells people.
            answer = {"error": f"{type(failure).__name__}: {failure}"}
        print(json.dumps({**answer, **usage()}), flush=True)


if __name__ == "__main__":
    main()
