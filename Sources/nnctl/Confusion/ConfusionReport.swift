package import Charts
package import Control

/// What `nnctl confusion --json` prints.
package struct ConfusionReport: Encodable, Sendable {
    package struct Class: Encodable, Sendable {
        /// What it is called: its index where there is no name.
        package var name: String
        /// null where it is 0 / 0, as a precision of what was never predicted is.
        @ExplicitNull package var precision: Double?
        @ExplicitNull package var recall: Double?
        @ExplicitNull package var f1: Double?
        /// How many samples of it there are.
        package var support: Int
    }

    /// The id of the job.
    package var job: Int
    package var data: EvaluationData
    package var checkpoint: JobStatus.CheckpointReference
    package var samples: Int
    @ExplicitNull package var accuracy: Double?
    package var classes: [Class]
    /// How often each class (row) was predicted as each class (column).
    package var confusionMatrix: [[Int]]

    package init(_ evaluation: Evaluation, _ matrix: ConfusionMatrix) {
        (job, data, checkpoint) = (evaluation.job, evaluation.data, evaluation.checkpoint)
        samples = evaluation.samples
        accuracy = matrix.accuracy
        confusionMatrix = matrix.counts
        classes = matrix.counts.indices.map { index in
            Class(
                name: matrix.names[index], precision: matrix.precision(index), recall: matrix.recall(index),
                f1: matrix.f1(index), support: matrix.support(index))
        }
    }
}
