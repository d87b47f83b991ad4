import Foundation
import Spec
import Testing

@Suite("JSON Schema")
struct SchemaTests {
    @Test("names every key of the format, and nothing else")
    func keys() throws {
        var found: Set<String> = []
        collectKeys(in: try JSONSerialization.jsonObject(with: Data(JobSpec.jsonSchema.utf8)), into: &found)
        let expected = """
            name seed data model loss optimizer schedule training checkpoint
            train validation test scale shuffle idx images labels csv path label header fraction
            none divide standardize input initial_weights layers dense units activation init bias flatten
            embedding vocabulary size padding rnn lstm gru layers bidirectional return_sequences dropout reset
            attention causal multi_head_attention heads transformer_encoder feed_forward norm
            positional_encoding kind last_step average_steps
            sequential constant cosine warmup_steps
            conv1d conv2d conv_transpose2d filters kernel stride padding dilation groups output_padding
            max_pool1d max_pool2d avg_pool1d avg_pool2d size count_padding
            global_max_pool1d global_max_pool2d global_avg_pool1d global_avg_pool2d
            batch_norm layer_norm group_norm rms_norm affine dropout rate reshape shape permute axes residual
            leaky_relu slope elu alpha gelu gelu_tanh silu softplus hard_sigmoid hard_tanh hard_swish softmax
            log_softmax zeros ones constant value normal deviation truncated_normal uniform bound orthogonal gain
            he_normal he_uniform xavier_normal xavier_uniform lecun_normal lecun_uniform
            frozen relu tanh sigmoid sgd momentum adam learning_rate beta1 beta2 epsilon weight_decay
            epochs steps batch_size shards workers on_nonfinite every_steps keep_last keep_best metric mode
            """
        #expect(found == Set(expected.split(whereSeparator: \.isWhitespace).map(String.init)))
    }

    @Test("every key of the example is known to it, so that schema and reader speak of one format")
    func exampleKeys() throws {
        var known: Set<String> = []
        collectKeys(in: try JSONSerialization.jsonObject(with: Data(JobSpec.jsonSchema.utf8)), into: &known)
        for job in CanonicalTests.jobs {
            let object = try JSONSerialization.jsonObject(with: Data(job.canonicalJSON.utf8))
            #expect(keys(of: object).isSubset(of: known))
        }
    }

    @Test("says what is required, what excludes what, and the bounds of numbers")
    func rules() throws {
        let schema = try #require(
            try JSONSerialization.jsonObject(with: Data(JobSpec.jsonSchema.utf8)) as? [String: Any])
        #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        #expect(schema["required"] as? [String] == ["data", "model", "loss", "optimizer", "training"])
        #expect(schema["additionalProperties"] as? Bool == false)
        let properties = try #require(schema["properties"] as? [String: [String: Any]])
        let training = try #require(properties["training"])
        #expect(
            training["oneOf"] as? [[String: [String]]] == [["required": ["epochs"]], ["required": ["steps"]]])
        let seed = try #require(properties["seed"])
        #expect(seed["maximum"] as? UInt64 == .max)
    }

    /// The keys of every `properties` in a schema.
    private func collectKeys(in value: Any, into keys: inout Set<String>) {
        if let object = value as? [String: Any] {
            if let properties = object["properties"] as? [String: Any] { keys.formUnion(properties.keys) }
            for value in object.values { collectKeys(in: value, into: &keys) }
        } else if let list = value as? [Any] {
            for value in list { collectKeys(in: value, into: &keys) }
        }
    }

    /// All keys of a JSON value.
    private func keys(of value: Any) -> Set<String> {
        if let object = value as? [String: Any] {
            return object.values.reduce(into: Set(object.keys)) { $0.formUnion(keys(of: $1)) }
        }
        return (value as? [Any] ?? []).reduce(into: []) { $0.formUnion(keys(of: $1)) }
    }
}
