import Tensor
import TestSupport
import Testing

/// One case of Tests/Fixtures/convolution_reference.py.
struct ConvolutionReference: ReferenceCase, CustomTestStringConvertible {
    let op: String
    let stride: [Int]?
    let padding: [Int]?
    let dilation: [Int]?
    let groups: Int?
    let output_padding: [Int]?
    let kernel: [Int]?
    let inputs: [[Int]]
    let output: NumberArray
    let gradients: [NumberArray]

    var testDescription: String {
        "\(op) \(inputs) kernel \(kernel ?? []) stride \(stride ?? []) padding \(padding ?? []) "
            + "dilation \(dilation ?? []) groups \(groups ?? 1)"
    }

    static func all() throws -> [ConvolutionReference] {
        struct File: Decodable { let cases: [ConvolutionReference] }
        return try Fixture.decode("convolution/reference.json", as: File.self).cases
    }

    private func pair(_ numbers: [Int]?) -> (Int, Int) {
        if let numbers, numbers.count == 2 { (numbers[0], numbers[1]) } else { (-1, -1) }
    }

    private func one(_ numbers: [Int]?) -> Int { numbers?.first ?? -1 }

    func evaluate(_ x: [Tensor]) throws -> Tensor {
        switch op {
        case "conv1d":
            return Tensor.conv1d(
                x[0], weight: x[1], bias: x[2], stride: one(stride), padding: one(padding),
                dilation: one(dilation), groups: groups ?? -1)
        case "conv2d":
            return Tensor.conv2d(
                x[0], weight: x[1], bias: x[2], stride: pair(stride), padding: pair(padding),
                dilation: pair(dilation), groups: groups ?? -1)
        case "transposed":
            return Tensor.transposedConv2d(
                x[0], weight: x[1], bias: x[2], stride: pair(stride), padding: pair(padding),
                outputPadding: pair(output_padding), dilation: pair(dilation), groups: groups ?? -1)
        default: return try pooled(x[0])
        }
    }

    private func pooled(_ x: Tensor) throws -> Tensor {
        let inside = op.hasPrefix("average_inside")
        return switch op {
        case "max2d": x.maxPool2d(kernel: pair(kernel), stride: pair(stride), padding: pair(padding))
        case "max1d": x.maxPool1d(kernel: one(kernel), stride: one(stride), padding: one(padding))
        case "average2d", "average_inside2d":
            x.averagePool2d(
                kernel: pair(kernel), stride: pair(stride), padding: pair(padding), countingPadding: !inside)
        case "average1d", "average_inside1d":
            x.averagePool1d(
                kernel: one(kernel), stride: one(stride), padding: one(padding), countingPadding: !inside)
        case "global_max": x.globalMaxPool()
        case "global_average": x.globalAveragePool()
        default: try #require(nil as Tensor?, "an operation without a case here")
        }
    }
}

@Suite("Convolution and pooling against JAX in float64")
struct ConvolutionReferenceTests {
    @Test("no case is silently left out")
    func count() throws { #expect(try ConvolutionReference.all().count == 65) }

    @Test("forward and backward", arguments: try ConvolutionReference.all())
    func agrees(_ reference: ConvolutionReference) throws {
        try reference.check(reference.evaluate)
    }
}
