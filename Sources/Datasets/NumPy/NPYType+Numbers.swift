import NumPy

extension NPYType {
    /// Appends the elements as 32-bit numbers, correctly rounded; one that they do not hold becomes infinite.
    ///
    /// - Parameters:
    ///   - bytes: Whole elements.
    ///   - numbers: What is appended to.
    func append(_ bytes: [UInt8], to numbers: inout [Float]) {
        let count = bytes.count / size
        switch self {
        case .float32:
            numbers += unsafe bytes.withUnsafeBytes { raw in
                (0..<count).map { unsafe raw.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
            }
        case NPYType(.float, size: 8):
            numbers += unsafe bytes.withUnsafeBytes { raw in
                (0..<count).map {
                    Float(unsafe raw.loadUnaligned(fromByteOffset: 8 * $0, as: Double.self))
                }
            }
        case .uint8: numbers += bytes.map { Float($0) }
        default: numbers += (0..<count).map { Float(number(in: bytes, at: $0 * size)) }
        }
    }
}
