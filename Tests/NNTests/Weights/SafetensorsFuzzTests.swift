import Foundation
import NN
import TestSupport
import Testing

/// Damaged files of weights: each either loads what its bytes say or gets a sentence. `make fuzz` tries many.
@Suite("Fuzzing safetensors", .timeLimit(.minutes(30)))
struct SafetensorsFuzzTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let count = environment["NND_FUZZ_COUNT"].flatMap(Int.init) ?? 500
    private static let firstSeed = environment["NND_FUZZ_SEED"].flatMap(UInt64.init) ?? 1

    private let model = Model(
        inputShape: [2], outputShape: [2],
        Sequential([
            Dense(name: "0", inputs: 2, outputs: 3), BatchNorm(name: "1", channels: 3),
            Dense(name: "2", inputs: 3, outputs: 2, hasBias: false),
        ]))

    @Test("whatever happens to the file")
    func mutations() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let path = directory.file("weights.safetensors")
        let weights = Weights(model, seed: 3)
        try weights.save(to: path)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        // A trap ends the process, and here is which seed it was.
        let note = URL(fileURLWithPath: NSTemporaryDirectory() + "nnd-fuzz-seed-safetensors")
        var loaded = 0
        for number in 0..<Self.count {
            let mutation = Mutation(seed: Self.firstSeed + UInt64(number))
            try Data("safetensors: \(mutation)\n".utf8).write(to: note)
            let file = mutation.apply(to: whole, block: 64)
            try file.write(to: URL(fileURLWithPath: path))
            do {
                let read = try Weights(model.layout, safetensors: path)
                loaded += 1
                let expected = try independentlyRead(file)
                #expect(
                    read.values.map(\.bitPattern) == expected.map(\.bitPattern), "\(mutation): a wrong load")
            } catch let error as WeightsError {
                let text = error.description
                #expect(text.hasPrefix(path + ": ") && !error.problem.isEmpty, "\(mutation): \(text)")
            }
        }
        try? FileManager.default.removeItem(at: note)
        if Self.count > 1000 { print("safetensors: \(Self.count) mutations, \(loaded) loaded") }
    }

    /// The values by another reader of JSON, without any check.
    private func independentlyRead(_ file: Data) throws -> [Float] {
        let length = file.prefix(8).enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
        let header = try #require(
            try JSONSerialization.jsonObject(with: file.dropFirst(8).prefix(length)) as? [String: Any])
        let body = [UInt8](file.dropFirst(8 + length))
        var values: [Float] = []
        for name in Weights(model).names {
            guard let entry = header[name] as? [String: Any] else {
                values += name.hasSuffix("running_var") ? [1, 1, 1] : [0, 0, 0]
                continue
            }
            let offsets = try #require(entry["data_offsets"] as? [Int])
            for start in stride(from: offsets[0], to: offsets[1], by: 4) {
                let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(body[start + $1]) << (8 * UInt32($1)) }
                values.append(Float(bitPattern: bits))
            }
        }
        return values
    }
}
