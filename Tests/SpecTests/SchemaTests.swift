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
            npy npz features directory channels
            none divide standardize input initial_weights layout layers dense units activation init bias flatten
            sequential constant step exponential polynomial cosine one_cycle reduce_on_plateau warmup_steps
            every_epochs factor power end_factor peak start_factor final_factor min_delta patience cooldown
            min_factor frozen relu tanh sigmoid sgd momentum nesterov rmsprop adagrad adadelta adam amsgrad adamw lion
            learning_rate decay beta1 beta2 epsilon epsilon_in_root weight_decay decay_all clip_norm clip_value ema
            early_stopping
            embedding vocabulary size padding rnn lstm gru layers bidirectional return_sequences dropout reset
            attention causal multi_head_attention heads transformer_encoder feed_forward norm
            positional_encoding kind last_step average_steps
            conv1d conv2d conv_transpose2d filters kernel stride padding dilation groups output_padding
            max_pool1d max_pool2d avg_pool1d avg_pool2d size count_padding
            global_max_pool1d global_max_pool2d global_avg_pool1d global_avg_pool2d
            batch_norm layer_norm group_norm rms_norm affine dropout rate reshape shape permute axes residual
            leaky_relu slope elu alpha gelu gelu_tanh silu softplus hard_sigmoid hard_tanh hard_swish softmax
            log_softmax zeros ones value normal deviation truncated_normal uniform bound orthogonal gain
            he_normal he_uniform xavier_normal xavier_uniform lecun_normal lecun_uniform
            epochs steps batch_size shards workers on_nonfinite every_steps every_seconds keep_last keep_every
            keep_best metric mode restart max after_seconds
            cluster launcher hosts hostfile ranks on_failure portable
            softmax_cross_entropy label_smoothing class_weights binary_cross_entropy positive_weight
            mean_squared_error mean_absolute_error huber delta negative_log_likelihood kl_divergence
            metrics accuracy top_5_accuracy top_k_accuracy k precision recall f1 auc confusion_matrix mae rmse r2
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

    @Test("a kind may be a bare word where nothing of it must be written")
    func bareForms() throws {
        let schema = try #require(
            try JSONSerialization.jsonObject(with: Data(JobSpec.jsonSchema.utf8)) as? [String: Any])
        let properties = try #require(schema["properties"] as? [String: [String: Any]])
        let kinds = try #require(properties["schedule"]?["anyOf"] as? [[String: Any]])
        #expect(
            kinds.first?["enum"] as? [String]
                == ["constant", "polynomial", "cosine", "one_cycle", "reduce_on_plateau"])
        for word in ["constant", "polynomial", "cosine", "one_cycle"] {
            #expect(problem(Text().text + "\nschedule: \(word)") == nil)
        }
        for word in ["step", "exponential"] { #expect(problem(Text().text + "\nschedule: \(word)") != nil) }
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
