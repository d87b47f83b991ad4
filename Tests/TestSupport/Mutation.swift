package import Foundation

/// A change that a disk, a crash or a bad copy may make to a file, as a function of a seed.
package struct Mutation: CustomStringConvertible {
    enum Kind: CaseIterable {
        case bitFlip, bytes, truncation, zeroedBlock, swappedBlocks, splice, tornTail
    }

    let kind: Kind
    package let seed: UInt64

    package init(seed: UInt64) {
        var random = SplitMix(seed: seed)
        kind = Kind.allCases[random.below(Kind.allCases.count)]
        self.seed = seed
    }

    package var description: String { "seed \(seed), \(kind)" }

    /// Damages a copy.
    ///
    /// - Parameters:
    ///   - data: What is damaged.
    ///   - block: What is zeroed and swapped: the size of a page, for example.
    /// - Returns: The damaged bytes.
    package func apply(to data: Data, block: Int) -> Data {
        guard !data.isEmpty else { return data }
        // Its first number was the kind.
        var random = SplitMix(seed: seed)
        _ = random.next()
        var bytes = [UInt8](data)
        func someBlock() -> Range<Int> {
            let start = random.below((bytes.count + block - 1) / block) * block
            return start..<min(start + block, bytes.count)
        }
        switch kind {
        case .bitFlip:
            for _ in 0...random.below(3) { bytes[random.place(in: bytes.count)] ^= 1 << random.below(8) }
        case .bytes:
            for _ in 0...random.below(16) {
                bytes[random.place(in: bytes.count)] = UInt8(truncatingIfNeeded: random.next())
            }
        case .truncation:
            bytes.removeLast(random.below(bytes.count + 1))
        case .zeroedBlock:
            for index in someBlock() { bytes[index] = 0 }
        case .swappedBlocks:
            let (first, second) = (someBlock(), someBlock())
            let (one, other) = (Array(bytes[first]), Array(bytes[second]))
            if one.count == other.count {
                bytes.replaceSubrange(first, with: other)
                bytes.replaceSubrange(second, with: one)
            }
        case .splice:
            let from = random.below(bytes.count)
            let piece = Array(bytes[from..<min(from + 1 + random.below(2 * block), bytes.count)])
            let to = random.place(in: bytes.count)
            let replaced = random.below(2) == 0 ? min(piece.count, bytes.count - to) : 0
            bytes.replaceSubrange(to..<to + replaced, with: piece)
        case .tornTail:
            let start = bytes.count - 1 - random.below(min(4 * block, bytes.count))
            for index in max(0, start)..<bytes.count {
                bytes[index] = UInt8(truncatingIfNeeded: random.next())
            }
        }
        return Data(bytes)
    }
}
