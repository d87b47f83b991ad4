import Foundation
import NN
import TestSupport
import Testing

@Suite("Reading safetensors files")
struct SafetensorsTests {
    private static let bias = #""0.bias":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#
    private static let weight = #""0.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]}"#

    /// What loading says of a file with these tensors.
    private func complaint(
        _ bias: String = bias, _ weight: String = weight, extra: String = "", length: UInt64? = nil,
        body: [Float] = [1, 2, 3, 4]
    ) throws -> String? {
        let header = "{" + [bias, weight, extra].filter { !$0.isEmpty }.joined(separator: ",") + "}"
        return try WeightsFile(header: header, length: length, body: body).complaint(smallLayout)
    }

    @Test("a file made by hand, its tensors in another order than the layout's")
    func byHand() throws {
        let header = """
            {"__metadata__":{"any":"text"},"0.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},\
            "0.bias":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}\u{20}
            """
        let file = try WeightsFile(header: header, body: [1.5, -2, 3e38, .leastNonzeroMagnitude])
        #expect(
            try smallLayout.values(fromSafetensors: file.path) == [3e38, .leastNonzeroMagnitude, 1.5, -2])
    }

    @Test("a file by the format's own library")
    func byLibrary() throws {
        let layout = ParameterLayout(
            [Dense(name: "2", inputs: 2, outputs: 3), Dense(name: "10", inputs: 3, outputs: 1)].flatMap(
                \.parameters))
        let values = try layout.values(fromSafetensors: Fixture.url("weights/two-layers.safetensors").path)
        #expect(
            values == [
                1.0 / 3, 3.25, -7, .greatestFiniteMagnitude, 0.5, -0.0, Float(1e-40 as Double), -1, -0.6,
                -0.2, 0.2, 0.6, 1,
            ])
    }

    @Test("a parameter that is missing, and one too many")
    func names() throws {
        #expect(
            try complaint(SafetensorsTests.bias, "", body: [1, 2])
                == "FILE: `0.weight`: is missing; the model needs it with shape [1, 2]")
        #expect(
            try complaint(
                extra: #""9.weight":{"dtype":"F32","shape":[1],"data_offsets":[16,20]}"#,
                body: [1, 2, 3, 4, 5])
                == "FILE: `9.weight`: is not a parameter of the model, which has 0.bias, 0.weight")
    }

    @Test("another shape, another type")
    func kinds() throws {
        #expect(
            try complaint(SafetensorsTests.bias, SafetensorsTests.weight.replacing("[1,2]", with: "[2,1]"))
                == "FILE: `0.weight`: has shape [2, 1]; the model needs [1, 2]")
        #expect(
            try complaint(SafetensorsTests.bias.replacing("F32", with: "F16"))
                == "FILE: `0.bias`: has type F16; weights are read as F32 only")
    }

    @Test("a file that ends too early or goes on too long")
    func truncated() throws {
        #expect(
            try complaint(body: [1, 2, 3])
                == "FILE: `0.weight`: should take 8 bytes, but the file gives it [8, 16] of 12")
        #expect(
            try complaint(body: [1, 2, 3, 4, 5])
                == "FILE: is not a safetensors file: 4 bytes follow its last tensor")
        #expect(
            try WeightsFile(Data([1, 2, 3])).complaint(smallLayout)
                == "FILE: is not a safetensors file: it has 3 bytes, fewer than the 8 of its length")
    }

    @Test("a header longer than the file", arguments: [1_000, 100_000_001, UInt64(Int.max), .max])
    func headerLength(_ length: UInt64) throws {
        let file = try WeightsFile(header: "{}", length: length, body: [])
        #expect(
            file.complaint(smallLayout)
                == "FILE: is not a safetensors file: its header would have \(length) bytes of 2")
    }

    @Test(
        "a header that is not the JSON it should be",
        arguments: [
            "", "[]", "{", #"{"0.bias":1}"#, #"{"0.bias":{"dtype":"F32","shape":[2]}}"#,
            #"{"0.bias":{"dtype":"F32","shape":[2],"data_offsets":[0,1e99]}}"#,
            #"{"0.bias":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}"#,
            #"{"__metadata__":[1]}"#,
            String(repeating: "[", count: 100_000),
        ])
    func header(_ text: String) throws {
        #expect(
            try WeightsFile(header: text, body: []).complaint(smallLayout)
                == "FILE: is not a safetensors file: its header is not the JSON it should be")
    }

    @Test(
        "offsets that are negative, reversed, of another length, too many or beyond the file",
        arguments: [
            "-8, 0", "8, 0", "0, 4", "0, 8, 8", "0", "", "8, 9223372036854775807", "-9223372036854775808, 8",
        ])
    func offsets(_ offsets: String) throws {
        let bias = SafetensorsTests.bias.replacing("0,8", with: offsets)
        #expect(
            try complaint(bias)
                == "FILE: `0.bias`: should take 8 bytes, but the file gives it [\(offsets)] of 16")
    }

    @Test("tensors that share bytes or leave some out")
    func overlap() throws {
        let again = SafetensorsTests.weight.replacing("8,16", with: "4,12")
        #expect(
            try complaint(SafetensorsTests.bias, again, body: [1, 2, 3])
                == "FILE: `0.weight`: begins at byte 4, but the tensor before it ends at byte 8")
        let later = SafetensorsTests.weight.replacing("8,16", with: "12,20")
        #expect(
            try complaint(SafetensorsTests.bias, later, body: [1, 2, 3, 4, 5])
                == "FILE: `0.weight`: begins at byte 12, but the tensor before it ends at byte 8")
    }

    @Test("a value that is not a finite number", arguments: [Float.nan, .infinity, -.infinity])
    func notFinite(_ value: Float) throws {
        #expect(
            try complaint(body: [1, 2, value, 4])
                == "FILE: `0.weight`: has a value that is not a finite number")
    }

    @Test("a file that is not there, and a directory")
    func unreadable() {
        for (path, reason) in [
            ("/nowhere/weights.safetensors", ""), ("/tmp", " (this is a directory, not a file)"),
            ("/dev/zero", " (this is a pipe or a device, not a file)"),
        ] {
            let thrown = #expect(throws: WeightsError.self) { try smallLayout.values(fromSafetensors: path) }
            #expect(
                thrown?.description
                    == "\(path): cannot be read\(reason); `initial_weights` must name a safetensors or NPZ file"
            )
            #expect(thrown?.file == path && thrown?.parameter == nil)
        }
    }

    @Test("2,000 files with random damage either load or are refused with a sentence")
    func mutations() throws {
        let header = "{\(SafetensorsTests.bias),\(SafetensorsTests.weight)}"
        let good = WeightsFile.bytes(header: header, body: [1, 2, 3, 4])
        var random = LinearCongruential(state: 1)
        var refused = 0
        for _ in 0..<2_000 {
            var bytes = good
            for _ in 0...random.next(below: 3) {
                let at = random.next(below: bytes.count)
                switch random.next(below: 4) {
                case 0: bytes[at] = UInt8(random.next(below: 256))
                case 1: bytes[at] ^= 1 << UInt8(random.next(below: 8))
                case 2: bytes.removeSubrange(at..<min(bytes.count, at + 1 + random.next(below: 9)))
                default: bytes.insert(contentsOf: bytes.prefix(at).suffix(9), at: at)
                }
                if bytes.isEmpty { break }
            }
            let complaint = try WeightsFile(bytes).complaint(smallLayout)
            if let complaint {
                refused += 1
                #expect(complaint.hasPrefix("FILE: "))
            }
        }
        #expect(refused > 1_000)
    }
}

/// Knuth's generator (MMIX): the same damage on every machine.
private struct LinearCongruential {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
}
