import Foundation
import NN

/// A file that is there as long as this is.
final class WeightsFile {
    let path: String

    init(_ bytes: Data) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "nnd-weights-\(UUID().uuidString)")
        try bytes.write(to: url)
        path = url.path
    }

    /// A file of the format from its parts, by hand.
    convenience init(header: String, length: UInt64? = nil, body: [Float]) throws {
        try self.init(WeightsFile.bytes(header: header, length: length, body: body))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    static func bytes(header: String, length: UInt64? = nil, body: [Float]) -> Data {
        var data = Data()
        let length = length ?? UInt64(header.utf8.count)
        for shift in 0..<8 { data.append(UInt8(truncatingIfNeeded: length >> (8 * UInt64(shift)))) }
        data.append(contentsOf: header.utf8)
        for value in body {
            for shift in 0..<4 {
                data.append(UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32(shift))))
            }
        }
        return data
    }

    /// What loading says, with the file's name left out; nil when it loads.
    func complaint(_ layout: ParameterLayout) -> String? {
        do {
            _ = try layout.values(fromSafetensors: path)
            return nil
        } catch {
            return error.description.replacing(path, with: "FILE")
        }
    }
}

/// A parameter `0.bias` of [2] and a parameter `0.weight` of [1, 2].
let smallLayout = ParameterLayout(Dense(name: "0", inputs: 1, outputs: 2).parameters)
