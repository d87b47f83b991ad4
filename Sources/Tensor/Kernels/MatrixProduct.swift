import CKernels
import COneDNN

/// How one operand of a product is read.
enum Transposed {
    case no
    case yes
}

/// Row-major c = op(a) op(b) (+ c when `accumulate`), with op(a) m x k, op(b) k x n.
///
/// One thread gives the same bits wherever the operands lie; a row's bits do depend on m, so the
/// callers' shapes must not depend on the number of workers. `strideA` is how far apart a's rows lie, where they are
/// longer than what is read of them.
func matrixProduct(
    _ a: UnsafePointer<Float>, _ transposeA: Transposed, strideA: Int? = nil, _ b: UnsafePointer<Float>,
    _ transposeB: Transposed, into c: UnsafeMutablePointer<Float>, m: Int, n: Int, k: Int,
    accumulate: Bool = false
) {
    if m == 0 || n == 0 { return }
    if k == 0 {
        if !accumulate { c.update(repeating: 0, count: m * n) }
        return
    }
    let status = nnd_sgemm(
        transposeA == .yes ? 1 : 0, transposeB == .yes ? 1 : 0, Int64(m), Int64(n), Int64(k),
        1, a, Int64(strideA ?? (transposeA == .yes ? m : k)), b, Int64(transposeB == .yes ? k : n),
        accumulate ? 1 : 0, c, Int64(n))
    require(status == 0, "oneDNN refused a product of \(m) x \(k) and \(k) x \(n) with status \(status)")
}

/// What the computing threads and the CPU have to do with each other.
public enum Compute {
    /// Makes products on the calling thread run on this thread alone. Every thread that computes calls it
    /// first.
    public static func prepareThread() { nnd_use_one_thread() }

    /// Tells the processor that this thread waits for another one in a loop.
    public static func relax() { nnd_relax() }

    /// The instruction set that oneDNN's kernels use here and oneDNN's version, for example
    /// `avx512_core_bf16 (oneDNN 2.6.3)`. The bits of a result depend on both.
    public static var instructionSet: String { name(of: nnd_instruction_set()) }

    /// The same after `usePortableInstructionSet()`.
    package static var portableInstructionSet: String { name(of: avx2) }

    /// Has this process compute with AVX2, whatever newer its processor has. Before it computes anything.
    /// - Returns: Whether it does; false after a product, and where there is no AVX2.
    package static func usePortableInstructionSet() -> Bool {
        _ = nnd_use_avx2()
        return nnd_instruction_set() == avx2
    }

    private static let avx2: UInt32 = 0x7

    private static func name(of code: UInt32) -> String {
        var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
        nnd_onednn_version(&major, &minor, &patch)
        return "\(names[code] ?? "isa-0x" + String(code, radix: 16)) (oneDNN \(major).\(minor).\(patch))"
    }

    /// The names that oneDNN 2 has for values of `dnnl_cpu_isa_t`; others are shown as a number.
    private static let names: [UInt32: String] = [
        0x1: "sse41", 0x3: "avx", avx2: "avx2", 0x407: "avx2_vnni", 0x27: "avx512_core",
        0x67: "avx512_core_vnni", 0xe7: "avx512_core_bf16", 0x3e7: "avx512_core_amx",
    ]
}
