import Parallel

/// Scores each checkpoint of a run in the place of keeping it.
actor ScoreKeeper: SnapshotSink {
    private let evaluator: Evaluator
    private(set) var scores: [Score] = []

    init(_ evaluator: Evaluator) {
        self.evaluator = evaluator
    }

    func commit(_ snapshot: TrainingSnapshot) async throws {
        // The last step may be committed twice: as a checkpoint that was due, and as the end.
        if scores.last?.step == snapshot.cursor.step { return }
        let train = Measure(try await evaluator.evaluate(snapshot, on: .train))
        let test = Measure(try await evaluator.evaluate(snapshot, on: .test))
        let count = snapshot.layout.reduce(0) { $0 + $1.shape.reduce(1, *) }
        let weights = snapshot.buffers.first?.values.prefix(count) ?? []
        let norm = weights.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        scores.append(Score(step: snapshot.cursor.step, train: train, test: test, weightNorm: norm))
    }
}

extension Measure {
    fileprivate init(_ evaluation: Evaluation) {
        // Outputs that are no numbers are not right or wrong.
        let accuracy = evaluation.loss.isFinite ? evaluation.metrics["accuracy"] : nil
        self.init(samples: evaluation.samples, loss: evaluation.loss, accuracy: accuracy ?? .nan)
    }
}
