import Spec
import Testing

@Suite("Losses of a job file")
struct LossTests {
    @Test(
        "a bare word or a mapping; the canonical form is a word where nothing differs from the defaults",
        arguments: [
            ("softmax_cross_entropy", LossSpec.softmaxCrossEntropy, #""softmax_cross_entropy""#),
            (
                "{softmax_cross_entropy: {label_smoothing: 0}}", .softmaxCrossEntropy,
                #""softmax_cross_entropy""#
            ),
            (
                "{softmax_cross_entropy: {label_smoothing: 0.1}}",
                .softmaxCrossEntropy(labelSmoothing: 0.1, classWeights: nil),
                #"{"softmax_cross_entropy":{"label_smoothing":0.1}}"#
            ),
            (
                "{softmax_cross_entropy: {class_weights: [1, 0, 2.5]}}",
                .softmaxCrossEntropy(labelSmoothing: 0, classWeights: [1, 0, 2.5]),
                #"{"softmax_cross_entropy":{"class_weights":[1,0,2.5],"label_smoothing":0}}"#
            ),
            ("binary_cross_entropy", .binaryCrossEntropy, #""binary_cross_entropy""#),
            (
                "{binary_cross_entropy: {positive_weight: 3}}", .binaryCrossEntropy(positiveWeight: 3),
                #"{"binary_cross_entropy":{"positive_weight":3}}"#
            ),
            ("mean_squared_error", .meanSquaredError, #""mean_squared_error""#),
            ("{mean_absolute_error: {}}", .meanAbsoluteError, #""mean_absolute_error""#),
            ("huber", .huber(delta: 1), #"{"huber":{"delta":1}}"#),
            ("{huber: {delta: .5}}", .huber(delta: 0.5), #"{"huber":{"delta":0.5}}"#),
            ("negative_log_likelihood", .negativeLogLikelihood, #""negative_log_likelihood""#),
        ])
    func forms(text loss: String, spec: LossSpec, canonical: String) throws {
        var lines = Text()
        lines.loss = "loss: \(loss)"
        if !["softmax_cross_entropy", "negative_log_likelihood"].contains(spec.name) {
            lines.model = "model: {input: [4], layers: [{dense: {units: 1}}]}"
        }
        let job = try JobSpec(yaml: lines.text)
        #expect(job.loss == spec)
        #expect(job.canonicalJSON.contains("\"loss\":\(canonical),"))
        #expect(try JobSpec(yaml: job.canonicalJSON) == job)
    }

    @Test("KL divergence and soft targets take a column an output")
    func columns() throws {
        var lines = Text()
        lines.data = "data: {train: {csv: {path: a.csv, label: [a, 7, c]}}}"
        #expect(
            try JobSpec(yaml: lines.text).data.train == .csv(.init(path: "a.csv", labels: ["a", "7", "c"])))
        #expect(try JobSpec(yaml: lines.text).canonicalJSON.contains(#""label":["a","7","c"]"#))
        lines.loss = "loss: kl_divergence"
        #expect(try JobSpec(yaml: lines.text).loss == .klDivergence)
        #expect(try JobSpec(yaml: try JobSpec(yaml: lines.text).canonicalJSON) == JobSpec(yaml: lines.text))
        let one = try JobSpec(yaml: text(\.data, "data: {train: {csv: {path: a.csv, label: [y]}}}"))
        #expect(one == (try JobSpec(yaml: Text().text)))
    }

    @Test(
        "what does not fit has a sentence",
        arguments: [
            (
                "{softmax_cross_entropy: {class_weights: [1, 2]}}", "y",
                "line 5: loss.softmax_cross_entropy.class_weights: expected one weight a class, 3 by the model, "
                    + "found 2"
            ),
            (
                "{softmax_cross_entropy: {class_weights: [0, 0, 0]}}", "y",
                "line 5: loss.softmax_cross_entropy.class_weights: expected at least one weight above 0, "
                    + "found only zeros"
            ),
            (
                "{softmax_cross_entropy: {class_weights: [1, -2, 1]}}", "y",
                "line 5: loss.softmax_cross_entropy.class_weights[1]: expected a finite number of at least 0, "
                    + "found -2"
            ),
            (
                "{softmax_cross_entropy: {label_smoothing: 1}}", "y",
                "line 5: loss.softmax_cross_entropy.label_smoothing: expected a number of at least 0 and below 1, "
                    + "found 1"
            ),
            (
                "{huber: {delta: 0}}", "y",
                "line 5: loss.huber.delta: expected a finite number above 0, found 0"
            ),
            (
                "{binary_cross_entropy: {weight: 2}}", "y",
                "line 5: loss.binary_cross_entropy.weight: unknown key `weight`; allowed here: positive_weight"
            ),
            (
                "softmax_cross_entropy", "[a, b]",
                "line 3: data.train.csv.label: `softmax_cross_entropy` with an output of the shape [3] takes one "
                    + "column of class indices or 3 columns of soft targets; found 2"
            ),
            (
                "negative_log_likelihood", "[a, b, c]",
                "line 3: data.train.csv.label: `negative_log_likelihood` with an output of the shape [3] takes one "
                    + "column of class indices; found 3"
            ),
            (
                "kl_divergence", "y",
                "line 3: data.train.csv.label: `kl_divergence` with an output of the shape [3] takes 3 columns of "
                    + "probabilities; found 1"
            ),
            (
                "mean_squared_error", "y",
                "line 3: data.train.csv.label: `mean_squared_error` with an output of the shape [3] takes 3 columns "
                    + "of numbers; found 1"
            ),
            (
                "binary_cross_entropy", "[a, b]",
                "line 3: data.train.csv.label: `binary_cross_entropy` with an output of the shape [3] takes 3 "
                    + "columns of numbers; found 2"
            ),
            (
                "mean_squared_error", "[a, b, a]",
                "line 3: data.train.csv.label: the column \"a\" is there twice"
            ),
            (
                "mean_squared_error", "[]",
                "line 3: data.train.csv.label: expected from 1 to 1000000 columns, found 0"
            ),
            (
                "mean_squared_error", "{a: b}",
                "line 3: data.train.csv.label: expected the name of a column or its index, counted from 0, "
                    + "found a mapping"
            ),
        ])
    func misfits(loss: String, label: String, sentence: String) {
        var lines = Text()
        lines.loss = "loss: \(loss)"
        lines.data = "data: {train: {csv: {path: a.csv, label: \(label)}}}"
        #expect(problem(lines.text) == sentence)
    }

    @Test("all sources have as many columns of labels as the training data")
    func sources() {
        var lines = Text()
        lines.loss = "loss: mean_squared_error"
        lines.data =
            "data: {train: {csv: {path: a.csv, label: [a, b, c]}}, test: {csv: {path: b.csv, label: a}}}"
        #expect(
            problem(lines.text)
                == "line 3: data.test.csv.label: expected as many columns as `data.train` has, 3, found 1")
    }

    @Test("a pair of IDX files has one label a sample")
    func idx() {
        var lines = Text()
        lines.data = "data: {train: {idx: {images: i, labels: l}}}"
        #expect(problem(lines.text) == nil)
        lines.loss = "loss: kl_divergence"
        #expect(
            problem(lines.text)
                == "line 3: data.train.idx.labels: `kl_divergence` with an output of the shape [3] takes 3 columns of "
                + "probabilities; found 1")
    }
}
