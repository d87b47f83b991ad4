import Spec
import Testing

@Suite("The file of initial weights")
struct InitialWeightsTests {
    private func job(_ weights: String) throws(SpecError) -> JobSpec {
        try JobSpec(
            yaml: """
                data: {train: {csv: {path: x.csv, label: y}}}
                model: {input: [2], initial_weights: \(weights), layers: [dense: {units: 2}]}
                loss: softmax_cross_entropy
                optimizer: {sgd: {learning_rate: 0.1}}
                training: {epochs: 1, batch_size: 4}
                """)
    }

    @Test("is a path, or a path with a layout")
    func forms() throws {
        #expect(try job("w.npz").model.initialWeights == InitialWeightsSpec("w.npz"))
        #expect(try job("{path: w.npz}").model.initialWeights == InitialWeightsSpec("w.npz"))
        let pytorch = try job("{path: w.npz, layout: pytorch}")
        #expect(pytorch.model.initialWeights == InitialWeightsSpec("w.npz", layout: .pytorch))
        // A job that says no more than a path is written as it always was.
        #expect(try job("{path: w.npz}").canonicalJSON.contains(#""initial_weights":"w.npz""#))
        let json = pytorch.canonicalJSON
        #expect(json.contains(#""initial_weights":{"layout":"pytorch","path":"w.npz"}"#))
        #expect(try JobSpec(yaml: json) == pytorch)
        let resolved = pytorch.resolvingPaths(relativeTo: "/home/ada")
        #expect(resolved.model.initialWeights == InitialWeightsSpec("/home/ada/w.npz", layout: .pytorch))
    }

    @Test("can be set from the command line")
    func overrides() throws {
        let text = try job("w.npz").canonicalJSON
        let set = try JobSpec(yaml: text, overrides: ["model.initial_weights={path: v.npz, layout: pytorch}"])
        #expect(set.model.initialWeights == InitialWeightsSpec("v.npz", layout: .pytorch))
        #expect(
            try JobSpec(yaml: text, overrides: ["model.initial_weights=v.npz"]).model.initialWeights
                == InitialWeightsSpec("v.npz"))
    }

    @Test(
        "what is wrong is told with the key",
        arguments: [
            ("{path: w.npz, layout: torch}", "model.initial_weights.layout", "native, pytorch"),
            ("{layout: pytorch}", "model.initial_weights.path", "missing"),
            ("{path: w.npz, layuot: pytorch}", "model.initial_weights.layuot", "layout"),
            ("[w.npz]", "model.initial_weights", "a mapping with the keys path, layout"),
        ])
    func complaints(weights: String, key: String, words: String) throws {
        let error = #expect(throws: SpecError.self) { try job(weights) }
        #expect(
            error?.description.contains(key) == true && error?.description.contains(words) == true,
            "\(error?.description ?? "")")
    }
}
