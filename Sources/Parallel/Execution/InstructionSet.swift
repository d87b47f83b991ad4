package import Spec
import Tensor

/// The CPU instruction set that the kernels use, for example `avx512_core`. With the spec, the data and the
/// program it is all that the bits of a result depend on.
public func instructionSet() -> String { Compute.instructionSet }

/// The one with which a job's processes compute.
package func instructionSet(of spec: JobSpec) -> String {
    spec.cluster?.isPortable == true ? Compute.portableInstructionSet : instructionSet()
}

/// Has this process compute as one of a job's does, before it has computed anything.
///
/// - Throws: `TrainingFailure` on a machine that cannot.
package func useInstructionSet(of spec: JobSpec) throws(TrainingFailure) {
    guard spec.cluster?.isPortable == true, !Compute.usePortableInstructionSet() else { return }
    throw TrainingFailure(
        "`cluster.portable` has all hosts compute with AVX2, and this one cannot: it computes with \(instructionSet())"
    )
}
