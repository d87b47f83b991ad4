import Foundation
import ONNXProto

extension Onnx_AttributeProto {
    init(_ name: String, _ value: GraphBuilder.Attribute) {
        self.init()
        self.name = name
        switch value {
        case .int(let value): (type, i) = (.int, Int64(value))
        case .ints(let values): (type, ints) = (.ints, values.map { Int64($0) })
        case .float(let value): (type, f) = (.float, value)
        case .string(let value): (type, s) = (.string, Data(value.utf8))
        case .strings(let values): (type, strings) = (.strings, values.map { Data($0.utf8) })
        }
    }
}

extension Onnx_ValueInfoProto {
    /// Float32 numbers with an open batch axis before the sample's.
    init(_ value: GraphValue) {
        self.init()
        name = value.name
        var batch = Onnx_TensorShapeProto.Dimension()
        batch.dimParam = "batch"
        var tensor = Onnx_TypeProto.Tensor()
        tensor.elemType = Int32(Onnx_TensorProto.DataType.float.rawValue)
        tensor.shape.dim =
            [batch]
            + value.shape.map { size in
                var dimension = Onnx_TensorShapeProto.Dimension()
                dimension.dimValue = Int64(size)
                return dimension
            }
        type.tensorType = tensor
    }
}

extension Data {
    /// The numbers as 64-bit integers, the low byte first.
    init(littleEndian values: [Int]) {
        self.init(capacity: 8 * values.count)
        for value in values {
            for shift in stride(from: 0, to: 64, by: 8) { append(UInt8(truncatingIfNeeded: value >> shift)) }
        }
    }
}
