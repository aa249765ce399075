"""One network trained by PyTorch, told what to do by lines of JSON on standard input and answering on standard output.

Every answer holds the processor time used so far and the largest resident memory. An `error` is an answer, too.
"""

import json
import resource
import sys
import time

try:
    import numpy
    import torch

    from subject import Subject
except ImportError as missing:
    print(json.dumps({"error": str(missing)}), flush=True)
    sys.exit(1)


def usage():
    # Linux counts kibibytes, macOS bytes.
    unit = 2**20 if sys.platform == "darwin" else 2**10
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return {"cpu": 1000 * time.process_time(), "peakMemoryMiB": memory}


def hello():
    return {
        "torch": torch.__version__,
        "python": sys.version.split()[0],
        "numpy": numpy.__version__,
        "capability": capability(),
        **usage(),
    }


def capability():
    """The vector instructions that PyTorch's own kernels use; its oneDNN chooses by itself."""
    for line in torch.__config__.show().splitlines():
        if "CPU capability usage" in line:
            return line.split(":")[1].strip()
    return "unknown"


def main():
    print(json.dumps(hello()), flush=True)
    subject = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["do"] == "open":
                subject = Subject(request)
                answer = {}
            elif request["do"] == "step":
                answer = {"steps": [subject.step() for _ in range(request["steps"])]}
            elif request["do"] == "tell":
                answer = {**subject.step(), "counters": subject.latest_counters()}
            elif request["do"] == "evaluate":
                answer = {"batches": subject.evaluate(request["imagesFile"], request["sites"])}
            elif request["do"] == "write":
                subject.write(request["file"], request["arrays"])
                answer = {}
            else:
                return
        except Exception as error:  # Whatever it is, who asked must hear of it.
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps({**answer, **usage()}), flush=True)


main()
