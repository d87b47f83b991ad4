import Tensor
import TestSupport

extension GoldenOperation {
    static let shapeEvaluators: [String: @Sendable (GoldenInputs) -> Tensor] = [
        "matmul_batched": { $0["a"].matmul($0["b"]) },
        "embedding": { inputs in
            let (table, indices) = (inputs["table"], inputs.operation.inputs["idx"])
            return table.gathered(indices: indices?.integers ?? [])
                .reshaped(Tensor.Shape((indices?.shape ?? []) + [table.shape[1]]))
        },
    ]
}
