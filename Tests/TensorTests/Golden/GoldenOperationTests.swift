import Tensor
import TestSupport
import Testing

@Suite("Operations against float64 references")
struct GoldenOperationTests {
    @Test("no case is silently left out")
    func count() throws {
        let (covered, networks) = (try GoldenOperation.covered(), try GoldenOperation.networks())
        let ids = Set((covered + networks).map(\.id))
        print(
            "golden operations: \(ids.count) of \(try GoldenOperation.all().count) tested at 1e-5, forward and backward"
        )
        #expect(try GoldenOperation.all().count == 83 && ids == Set(GoldenOperation.all().map(\.id)))
    }

    @Test("forward and backward", arguments: try GoldenOperation.covered())
    func agrees(_ operation: GoldenOperation) throws {
        // What has no gradient in the file is data: targets, masks, labels and running statistics.
        var tensors: [String: Tensor] = [:]
        for (name, array) in operation.inputs {
            tensors[name] = operation.grads[name] == nil ? array.tensor : array.tensor.tracked
        }
        let evaluate = try #require(GoldenOperation.evaluators[operation.op])
        let (name, upstream) = try #require(operation.upstream.first)
        let y = evaluate(GoldenInputs(tensors: tensors, operation: operation))
        #expect(y.deviation(from: try #require(operation.outputs[name])) <= 1e-5)

        let found = try gradients(
            of: y, withRespectTo: tensors.filter { $0.value.isTracked }, seed: upstream.tensor)
        #expect(found.count == operation.grads.count && !found.isEmpty)
        for (input, reference) in operation.grads {
            let gradient = try #require(found[input])
            #expect(gradient.deviation(from: reference) <= 1e-5, "gradient of \(input)")
        }
    }
}
