"""Arrays in files, and between tfjs's layouts and PyTorch's."""

import numpy
import torch


def read_arrays(file, arrays):
    """`arrays`: [{name, shape}] in the order of the file, which holds little-endian float32 back to back."""
    values = numpy.fromfile(file, dtype="<f4")
    result, start = {}, 0
    for array in arrays:
        size = int(numpy.prod(array["shape"], dtype=numpy.int64))
        result[array["name"]] = values[start : start + size].reshape(array["shape"])
        start += size
    if start != values.size:
        raise ValueError(f"{file} holds {values.size} numbers where {start} were announced")
    return result


def to_torch(array):
    """Kernels HWIO → OIHW, matrices [in, out] → [out, in], vectors as they are."""
    tensor = torch.from_numpy(array)
    return tensor.permute(3, 2, 0, 1) if tensor.dim() == 4 else tensor.t() if tensor.dim() == 2 else tensor


def from_torch(tensor):
    tensor = tensor.detach()
    tensor = tensor.permute(2, 3, 1, 0) if tensor.dim() == 4 else tensor.t() if tensor.dim() == 2 else tensor
    return tensor.contiguous().numpy().astype("<f4")
