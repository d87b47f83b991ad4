import Tensor

/// The CPU instruction set that the kernels use, for example `avx512_core`. With the spec, the data and the
/// program it is all that the bits of a result depend on.
public func instructionSet() -> String { Compute.instructionSet }
