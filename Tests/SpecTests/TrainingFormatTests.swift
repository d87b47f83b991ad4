import Spec
import Testing

@Suite("Optimizers, schedules and what else is said about training")
struct TrainingFormatTests {
    private func schedule(_ text: String) throws -> ScheduleSpec {
        try job(schedule: text).schedule
    }

    /// A job with validation data.
    private func job(schedule: String = "constant", training: String = "{steps: 5}") throws -> JobSpec {
        var lines = Text()
        lines.data = "data: {train: {csv: {path: a.csv, label: y}}, validation: {fraction: 0.5}}"
        lines.training = "training: \(training)"
        return try JobSpec(yaml: lines.text + "\nschedule: \(schedule)")
    }

    @Test("an optimizer without numbers has PyTorch's, sgd's rate and lion apart")
    func optimizerDefaults() throws {
        func optimizer(_ name: String) throws -> OptimizerSpec {
            try JobSpec(yaml: text(\.optimizer, "optimizer: \(name)")).optimizer
        }
        #expect(try optimizer("nesterov") == .nesterov(.init(learningRate: 0.01, momentum: 0.9)))
        #expect(
            try optimizer("rmsprop")
                == .rmsprop(.init(learningRate: 0.01, decay: 0.99, momentum: 0, epsilon: 1e-8)))
        #expect(try optimizer("adagrad") == .adagrad(.init(learningRate: 0.01, epsilon: 1e-10)))
        #expect(try optimizer("adadelta") == .adadelta(.init(learningRate: 1, decay: 0.9, epsilon: 1e-6)))
        let adam = AdamSpec(learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0)
        #expect(try optimizer("amsgrad") == .amsgrad(adam))
        #expect(
            try optimizer("adamw")
                == .adamw(
                    .init(learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01)))
        #expect(
            try optimizer("lion") == .lion(.init(learningRate: 1e-4, beta1: 0.9, beta2: 0.99, weightDecay: 0))
        )
        #expect(
            try optimizer("{adamw: {decay_all: true, weight_decay: 0}}")
                == .adamw(.init(weightDecay: 0, decaysAll: true)))
    }

    @Test("every schedule is read, with a warm-up before it")
    func schedules() throws {
        #expect(try schedule("{constant: {warmup_steps: 3}}") == ScheduleSpec(.constant, warmupSteps: 3))
        #expect(
            try schedule("{step: {every_steps: 30, factor: 0.5, warmup_steps: 3}}")
                == ScheduleSpec(.step(.init(every: .steps(30), factor: 0.5)), warmupSteps: 3))
        #expect(
            try schedule("{step: {every_epochs: 2}}")
                == ScheduleSpec(.step(.init(every: .epochs(2), factor: 0.1))))
        #expect(
            try schedule("{exponential: {every_epochs: 1, factor: 0.9}}")
                == ScheduleSpec(.exponential(.init(every: .epochs(1), factor: 0.9))))
        #expect(try schedule("polynomial") == ScheduleSpec(.polynomial(.init(power: 1, endFactor: 0))))
        #expect(
            try schedule("{cosine: {end_factor: 0.1}}") == ScheduleSpec(.cosine(.init(endFactor: 0.1))))
        #expect(
            try schedule("one_cycle")
                == ScheduleSpec(.oneCycle(.init(peak: 0.3, startFactor: 1.0 / 25, finalFactor: 1e-4))))
        #expect(
            try schedule("reduce_on_plateau")
                == ScheduleSpec(
                    .reduceOnPlateau(
                        .init(
                            watched: .init(metric: "val_loss", mode: .min, minDelta: 1e-4), factor: 0.1,
                            patience: 10, cooldown: 0, minFactor: 0))))
    }

    @Test("limits on gradients, the average of the weights and early stopping are read")
    func training() throws {
        let training = try job(
            training: "{steps: 5, clip_norm: 1, ema: {}, early_stopping: {patience: 4}}"
        ).training
        #expect(
            training
                == TrainingSpec(
                    length: .steps(5), clipNorm: 1, ema: EMASpec(decay: 0.999),
                    earlyStopping: .init(
                        watched: .init(metric: "val_loss", mode: .min, minDelta: 0), patience: 4)))
        #expect(try job(training: "{steps: 5, clip_value: 0.5}").training.clipValue == 0.5)
    }

    @Test("a metric that should be low or high is taken so, unless the job says otherwise")
    func modes() throws {
        func mode(_ keys: String) throws -> MetricMode? {
            try job(training: "{steps: 5, early_stopping: {patience: 1, \(keys)}}")
                .training.earlyStopping?.watched.mode
        }
        #expect(try mode("metric: loss") == .min)
        #expect(try mode("metric: val_loss") == .min)
        #expect(try mode("metric: val_accuracy") == .max)
        #expect(try mode("mode: min, metric: val_accuracy") == .min)
        for error in ["mae", "val_mae", "val_rmse"] { #expect(WatchedMetric(metric: error).mode == .min) }
        #expect(WatchedMetric(metric: "val_r2").mode == .max)
        let (low, high) = (WatchedMetric(minDelta: 0.5), WatchedMetric(metric: "accuracy", minDelta: 0.5))
        #expect(low.isBetter(0.4, than: 1) && !low.isBetter(0.5, than: 1))
        #expect(high.isBetter(1.6, than: 1) && !high.isBetter(1.5, than: 1))
    }

    @Test(
        "what cannot be is refused",
        arguments: [
            Refusal(
                "optimizer: {adam: {decay: 0.5}}",
                "optimizer.adam.decay: unknown key `decay`; allowed here: learning_rate, beta1, beta2, "
                    + "epsilon, weight_decay, decay_all"),
            Refusal(
                "optimizer: {rmsprop: {decay: 1}}",
                "optimizer.rmsprop.decay: expected a number of at least 0 and below 1, found 1"),
            Refusal(
                "optimizer: {lion: {decay_all: 1}}",
                "optimizer.lion.decay_all: expected true or false, found 1"),
            Refusal(
                "training: {steps: 5, clip_norm: 0}",
                "training.clip_norm: expected a finite number above 0, found 0"),
            Refusal(
                "training: {steps: 5, clip_value: 1, clip_norm: 1}",
                "training.clip_value: expected at most one of `clip_norm` and `clip_value`, found both"),
            Refusal(
                "training: {steps: 5, ema: {decay: 1}}",
                "training.ema.decay: expected a number between 0 and 1, both excluded, found 1"),
            Refusal(
                "training: {steps: 5, early_stopping: {metric: loss}}",
                "training.early_stopping.patience: the key is missing; expected an integer of at least 1"),
            Refusal(
                "training: {steps: 5, early_stopping: {patience: 3}}",
                "training.early_stopping.metric: `val_loss` needs `data.validation`, which the job does not "
                    + "have"),
        ])
    func refusals(refusal: Refusal) {
        #expect(problem(refusal.text) == refusal.sentence)
    }

    @Test(
        "schedules that cannot be are refused",
        arguments: [
            (
                "{step: {factor: 0.5}}",
                "schedule.step: expected exactly one of `every_steps` and `every_epochs`, found neither"
            ),
            (
                "step",
                "schedule.step: expected exactly one of `every_steps` and `every_epochs`, found neither"
            ),
            (
                "{step: {every_steps: 5, every_epochs: 1}}",
                "schedule.step.every_epochs: expected exactly one of `every_steps` and `every_epochs`, found "
                    + "`every_steps` and `every_epochs`"
            ),
            (
                "{exponential: {every_steps: 5}}",
                "schedule.exponential.factor: the key is missing; expected a number between 0 and 1, both "
                    + "excluded"
            ),
            (
                "{one_cycle: {peak: 1}}",
                "schedule.one_cycle.peak: expected a number between 0 and 1, both excluded, found 1"
            ),
            (
                "{cosine: {end_factor: 1}}",
                "schedule.cosine.end_factor: expected a number of at least 0 and below 1, found 1"
            ),
            (
                "reduce_on_plateau",
                "schedule.reduce_on_plateau.metric: `val_loss` needs `data.validation`, which the job does "
                    + "not have"
            ),
            (
                "{reduce_on_plateau: {metric: f1}}",
                "schedule.reduce_on_plateau.metric: unknown metric `f1`; allowed here: loss, accuracy, "
                    + "val_loss, val_accuracy"
            ),
        ])
    func scheduleRefusals(schedule: String, sentence: String) {
        #expect(problem(Text().text + "\nschedule: \(schedule)") == "line 9: " + sentence)
    }
}
