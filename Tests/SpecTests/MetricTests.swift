import Spec
import Testing

@Suite("Metrics of a job file")
struct MetricTests {
    private func lines(
        _ metrics: String, loss: String = "softmax_cross_entropy", units: Int = 3, label: String = "y",
        best: String? = nil, validation: Bool = true
    ) -> String {
        var lines = Text()
        let fraction = validation ? ", validation: {fraction: 0.5}" : ""
        lines.data = "data: {train: {csv: {path: a.csv, label: \(label)}}\(fraction)}"
        lines.model = "model: {input: [4], layers: [{dense: {units: \(units)}}]}"
        lines.loss = "loss: \(loss)"
        if let best { lines.checkpoint = "checkpoint: {keep_best: {metric: \(best), mode: max}}" }
        return lines.text + (metrics.isEmpty ? "" : "\nmetrics: \(metrics)")
    }

    @Test("words and a mapping are read, and written back")
    func forms() throws {
        let job = try JobSpec(
            yaml: lines(
                "[accuracy, {top_k_accuracy: {k: 2}}, precision, recall, f1, auc, confusion_matrix]", units: 2
            ))
        #expect(
            job.metrics
                == [.accuracy, .topKAccuracy(k: 2), .precision, .recall, .f1, .auc, .confusionMatrix])
        #expect(
            job.canonicalJSON.contains(
                #""metrics":["accuracy",{"top_k_accuracy":{"k":2}},"precision","recall","f1","auc","confusion_matrix"]"#
            ))
        #expect(try JobSpec(yaml: job.canonicalJSON) == job)
        let five = try JobSpec(yaml: lines("[top_5_accuracy]", units: 7))
        #expect(five.metrics == [.topKAccuracy(k: 5)])
        #expect(five.metrics?.first?.name == "top_5_accuracy")
        #expect(try JobSpec(yaml: five.canonicalJSON) == five)
        let numbers = try JobSpec(yaml: lines("[mae, rmse, r2]", loss: "huber", units: 1))
        #expect(numbers.metrics == [.mae, .rmse, .r2])
        #expect(try JobSpec(yaml: lines("[]")).metrics == [])
        #expect(try JobSpec(yaml: lines("")).metrics == nil)
    }

    @Test("accuracy is the default where targets are classes, one logit's included, and nowhere else")
    func defaults() throws {
        #expect(problem(lines("", best: "val_accuracy")) == nil)
        #expect(problem(lines("", loss: "binary_cross_entropy", units: 1, best: "val_accuracy")) == nil)
        #expect(problem(lines("", loss: "negative_log_likelihood", best: "accuracy")) == nil)
        let unknown =
            "checkpoint.keep_best.metric: unknown metric `val_accuracy`; allowed here: loss, val_loss"
        for text in [
            lines("", loss: "mean_squared_error", units: 1, best: "val_accuracy"),
            lines("", loss: "binary_cross_entropy", label: "[a, b, c]", best: "val_accuracy"),
            lines("", label: "[a, b, c]", best: "val_accuracy"), lines("[]", best: "val_accuracy"),
        ] { #expect(problem(text) == "line 8: " + unknown) }
    }

    @Test("the best checkpoint may be of any metric that the job has")
    func best() {
        #expect(problem(lines("[f1]", best: "val_f1")) == nil)
        #expect(problem(lines("[r2]", loss: "mean_squared_error", units: 1, best: "val_r2")) == nil)
        #expect(problem(lines("[{top_k_accuracy: {k: 2}}]", best: "val_top_2_accuracy")) == nil)
        #expect(
            problem(lines("[f1, recall]", best: "val_precision"))
                == "line 8: checkpoint.keep_best.metric: unknown metric `val_precision`; allowed here: loss, "
                + "val_loss, val_f1, val_recall")
        #expect(
            problem(lines("[confusion_matrix]", best: "val_confusion_matrix"))
                == "line 8: checkpoint.keep_best.metric: unknown metric `val_confusion_matrix`; allowed here: loss, "
                + "val_loss")
        #expect(
            problem(lines("[f1]", best: "f1"))
                == "line 8: checkpoint.keep_best.metric: unknown metric `f1`; allowed here: loss, val_loss, val_f1"
        )
        #expect(
            problem(lines("[f1]", best: "val_f1", validation: false))
                == "line 8: checkpoint.keep_best.metric: `val_f1` needs `data.validation`, which the job does not have"
        )
    }

    @Test("metrics that do not fit the targets have a sentence")
    func misfits() {
        #expect(
            problem(lines("[mae]"))
                == "line 9: metrics[0]: `mae` needs targets that are numbers, as `mean_squared_error` takes them; "
                + "this job has the loss `softmax_cross_entropy`")
        #expect(
            problem(lines("[r2, f1]", loss: "huber", label: "[a, b, c]"))
                == "line 9: metrics[1]: `f1` needs targets that are classes, as `softmax_cross_entropy` takes them; "
                + "this job has the loss `huber` with 3 outputs and 3 label columns")
        #expect(
            problem(lines("[accuracy]", label: "[a, b, c]"))
                == "line 9: metrics[0]: `accuracy` needs targets that are classes, as `softmax_cross_entropy` takes "
                + "them; this job has the loss `softmax_cross_entropy` with 3 outputs and 3 label columns")
        #expect(problem(lines("[auc]")) == "line 9: metrics[0]: `auc` needs two classes; the model has 3")
        #expect(problem(lines("[auc]", loss: "binary_cross_entropy", units: 1)) == nil)
        #expect(
            problem(lines("[top_5_accuracy]"))
                == "line 9: metrics[0]: `top_5_accuracy` needs at least 5 classes; the model has 3")
        #expect(
            problem(lines("[{top_k_accuracy: {k: 1}}]", loss: "binary_cross_entropy", units: 1))
                == "line 9: metrics[0]: `top_1_accuracy` needs an output for each class, and `binary_cross_entropy` "
                + "has one for both; take `accuracy`")
        #expect(
            problem(lines("[confusion_matrix]", units: 1001))
                == "line 9: metrics[0]: a confusion matrix has at most 1000 classes; the model has 1001")
        #expect(
            problem(lines("[f1, recall, f1]"))
                == "line 9: metrics[2]: `f1` is there twice; once is enough")
        #expect(
            problem(lines("[f2]"))
                == "line 9: metrics[0]: unknown metric `f2`, did you mean `f1`? allowed here: accuracy, "
                + "top_5_accuracy, top_k_accuracy, precision, recall, f1, auc, confusion_matrix, mae, rmse, r2"
        )
        #expect(
            problem(lines("[{top_k_accuracy: {k: 0}}]"))
                == "line 9: metrics[0].top_k_accuracy.k: expected an integer of at least 1, found 0")
        #expect(problem(lines("f1")) == "line 9: metrics: expected a list of metrics, found \"f1\"")
    }
}
