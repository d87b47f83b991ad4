package import Foundation
package import Tensor

/// The files of Tests/Fixtures.
package enum Fixture {
    package static func url(_ path: String) -> URL {
        let folder = URL(fileURLWithPath: #filePath).appending(path: "../../Fixtures").standardized
        return folder.appending(path: path)
    }

    package static func decode<Value: Decodable>(
        _ path: String, as _: Value.Type = Value.self, decoder: JSONDecoder = JSONDecoder()
    ) throws -> Value {
        try decoder.decode(Value.self, from: Data(contentsOf: url(path)))
    }
}

/// An array as the fixtures hold it: float64, row-major.
package struct NumberArray: Decodable, Sendable {
    package let shape: [Int]
    package let data: [Double]

    package var tensor: Tensor { Tensor(data.map { Float($0) }, shape: .init(shape)) }
    package var integers: [Int32] { data.map { Int32($0) } }
}

/// max|a - b| / max|b|; infinite when anything is NaN or the counts differ, so that no comparison passes by
/// accident.
package func deviation(_ values: [Float], from reference: [Double]) -> Double {
    guard values.count == reference.count, values.allSatisfy({ !$0.isNaN }) else { return .infinity }
    let scale = reference.map(abs).max() ?? 0
    let worst = zip(values, reference).map { abs(Double($0) - $1) }.max() ?? 0
    return scale == 0 ? worst : worst / scale
}

extension Tensor {
    package func deviation(from reference: NumberArray) -> Double {
        guard shape.sizes == reference.shape else { return .infinity }
        return TestSupport.deviation(values, from: reference.data)
    }
}
