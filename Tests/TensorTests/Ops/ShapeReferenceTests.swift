import Tensor
import TestSupport
import Testing

/// One case of Tests/Fixtures/shape_reference.py.
struct ShapeReference: ReferenceCase, CustomTestStringConvertible {
    let name: String
    let inputs: [[Int]]
    let output: NumberArray
    let gradients: [NumberArray]
    var testDescription: String { "\(name) \(inputs)" }

    static func all() throws -> [ShapeReference] {
        struct File: Decodable { let cases: [ShapeReference] }
        return try Fixture.decode("shape/reference.json", as: File.self).cases
    }

    /// The operation that the name stands for.
    func evaluate(_ x: [Tensor]) throws -> Tensor {
        let words = name.split(separator: " ")
        let last = try #require(words.last)
        switch words.first {
        case "permute": return x[0].permuted(last.compactMap(\.wholeNumberValue))
        case "pad": return Self.padded(x[0], Float(last) ?? .nan)
        case "matmul":
            return x[0].matmul(x[1], transposingA: last.first == "t", transposingB: last.last == "t")
        default: break
        }
        let axis = try #require(Int(last))
        return switch words.first {
        case "concatenate": Tensor.concatenated(x, axis: axis)
        case "stack": Tensor.stacked(x, axis: axis)
        case "slice": x[0].sliced(axis: axis, range: 1..<3)
        case "select": x[0].selected(axis: axis, index: 2)
        case "gather": x[0].gathered(indices: [2, 0, 2, 1, 2], axis: axis)
        case "scatter": x[0].scatterAdded(indices: [4, 1, 4], axis: axis, count: 6)
        default: try #require(nil as Tensor?, "an operation without a case here")
        }
    }

    private static func padded(_ x: Tensor, _ value: Float) -> Tensor {
        x.shape.rank == 3
            ? x.padded(before: [1, 0, 3], after: [0, 2, 1], value: value)
            : x.padded(before: [0, 2], after: [1, 1], value: value)
    }
}

@Suite("Operations on shapes against JAX in float64")
struct ShapeReferenceTests {
    @Test("no case is silently left out")
    func count() throws { #expect(try ShapeReference.all().count == 47) }

    @Test("forward and backward", arguments: try ShapeReference.all())
    func agrees(_ reference: ShapeReference) throws {
        try reference.check(reference.evaluate)
    }
}
