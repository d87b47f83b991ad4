import Spec

/// The job file of the manual, with the keys that this version has.
let exampleText = """
    name: fashion-mlp
    seed: 42
    data:
      train: {idx: {images: train-images-idx3-ubyte.gz, labels: train-labels-idx1-ubyte.gz}}   # relative
      validation: {fraction: 0.1}            # or a source of its own
      test: {idx: {images: t10k-images-idx3-ubyte.gz, labels: t10k-labels-idx1-ubyte.gz}}
      scale: {divide: 255}
      shuffle: true
    model:
      input: [784]
      initial_weights: weights.safetensors
      layers:
        - dense: {units: 500, activation: relu, init: he_normal}
        - dense: {units: 200, activation: relu}
        - dense: {units: 10}
    loss: softmax_cross_entropy
    optimizer: {adam: {learning_rate: 1e-3}}
    training: {epochs: 10, batch_size: 100, shards: 4, workers: auto, on_nonfinite: stop}
    checkpoint: {every_steps: 500, keep_last: 3, keep_best: {metric: val_accuracy, mode: max}}
    schedule: {cosine: {warmup_steps: 200}}
    """

let example = JobSpec(
    name: "fashion-mlp", seed: 42,
    data: DataSpec(
        train: .idx(.init(images: "train-images-idx3-ubyte.gz", labels: "train-labels-idx1-ubyte.gz")),
        validation: .fraction(0.1),
        test: .idx(.init(images: "t10k-images-idx3-ubyte.gz", labels: "t10k-labels-idx1-ubyte.gz")),
        scale: .divide(255), shuffle: true),
    model: ModelSpec(
        input: [784], initialWeights: "weights.safetensors",
        layers: [
            LayerSpec(.dense(.init(units: 500, activation: .relu, initializer: .heNormal))),
            LayerSpec(.dense(.init(units: 200, activation: .relu, initializer: .heNormal))),
            LayerSpec(.dense(.init(units: 10, initializer: .xavierNormal))),
        ]),
    loss: .softmaxCrossEntropy,
    optimizer: .adam(.init(learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0)),
    schedule: ScheduleSpec(.cosine(CosineSpec()), warmupSteps: 200),
    training: TrainingSpec(
        length: .epochs(10), batchSize: 100, shards: 4, workers: .auto, onNonfinite: .stop),
    checkpoint: CheckpointSpec(
        everySteps: 500, keepLast: 3, keepBest: .init(metric: "val_accuracy", mode: .max)))

/// A small job whose parts a test replaces; a line each, so that line numbers are easy to tell.
struct Text {
    var name = "name: job"  // line 1
    var seed = "seed: 0"  // line 2
    var data = "data: {train: {csv: {path: a.csv, label: y}}}"  // line 3
    var model = "model: {input: [4], layers: [{dense: {units: 3}}]}"  // line 4
    var loss = "loss: softmax_cross_entropy"  // line 5
    var optimizer = "optimizer: sgd"  // line 6
    var training = "training: {steps: 5}"  // line 7
    var checkpoint = "checkpoint: {}"  // line 8

    var text: String {
        [name, seed, data, model, loss, optimizer, training, checkpoint].joined(separator: "\n")
    }
}

/// The example with one part replaced.
func text(_ part: WritableKeyPath<Text, String>, _ replacement: String) -> String {
    var text = Text()
    text[keyPath: part] = replacement
    return text.text
}

/// The sentence about a text's problem; nil when there is none.
func problem(_ text: String, file: String? = nil, overrides: [String] = []) -> String? {
    do throws(SpecError) {
        _ = try JobSpec(yaml: text, file: file, overrides: overrides)
        return nil
    } catch {
        return error.description
    }
}
