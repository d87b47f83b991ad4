import Spec

extension TrainingMonitors {
    /// The monitors that a job has, as they stood at `start`.
    init(_ spec: JobSpec, from start: TrainingMonitors?) {
        if case .reduceOnPlateau = spec.schedule.curve { plateau = start?.plateau ?? PlateauState() }
        if spec.training.earlyStopping != nil {
            earlyStopping = start?.earlyStopping ?? EarlyStoppingState()
        }
    }

    /// Takes note of what an epoch came to. A metric that it did not measure changes nothing.
    mutating func epochEnded(_ metrics: [MetricRow], of spec: JobSpec) {
        func value(_ watched: WatchedMetric) -> Double? {
            metrics.last { $0.name == watched.metric }?.value
        }
        if case .reduceOnPlateau(let rule) = spec.schedule.curve, let value = value(rule.watched) {
            plateau?.observe(value, rule)
        }
        if let rule = spec.training.earlyStopping, let value = value(rule.watched) {
            earlyStopping?.observe(value, rule)
        }
    }

    /// Why training ends now; nil when it does not.
    func reasonToStop(_ rule: EarlyStoppingSpec?) -> String? {
        guard let rule, let state = earlyStopping, state.badEpochs >= rule.patience else { return nil }
        let epochs = rule.patience == 1 ? "for an epoch" : "for \(rule.patience) epochs"
        let best = state.best.map { "; the best value was \($0)" } ?? ""
        return "stopped early: `\(rule.watched.metric)` has not become better \(epochs)\(best)"
    }
}

extension PlateauState {
    /// PyTorch's ReduceLROnPlateau.step.
    mutating func observe(_ value: Double, _ rule: PlateauSpec) {
        rule.watched.compare(value, best: &best, badEpochs: &badEpochs)
        if cooldown > 0 {
            cooldown -= 1
            badEpochs = 0
        }
        if badEpochs > rule.patience {
            factor = max(factor * rule.factor, rule.minFactor)
            cooldown = rule.cooldown
            badEpochs = 0
        }
    }
}

extension EarlyStoppingState {
    mutating func observe(_ value: Double, _ rule: EarlyStoppingSpec) {
        rule.watched.compare(value, best: &best, badEpochs: &badEpochs)
    }
}

extension WatchedMetric {
    /// Takes an epoch's value for the best one if it is better; else the epoch is one more bad one in a row.
    fileprivate func compare(_ value: Double, best: inout Double?, badEpochs: inout Int) {
        if best.map({ isBetter(value, than: $0) }) ?? true {
            best = value
            badEpochs = 0
        } else {
            badEpochs += 1
        }
    }
}
