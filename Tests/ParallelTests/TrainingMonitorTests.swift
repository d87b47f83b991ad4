import Parallel
import Spec
import TestSupport
import Testing

@Suite("Metrics that are watched")
struct TrainingMonitorTests {
    private struct Reference: Decodable {
        let plateaus: [Plateau]

        struct Plateau: Decodable {
            let values: [Double]
            let mode: String
            let factor: Double
            let patience: Int
            let min_delta: Double
            let cooldown: Int
            let min_factor: Double
            let factors: [Double]
        }
    }

    /// 1,293 training samples in batches of 1,293: a step an epoch.
    private func machine(
        steps: Int, plateau: PlateauSpec? = nil, stopping: EarlyStoppingSpec? = nil,
        start: TrainingSnapshot? = nil
    ) throws -> TrainingMachine {
        var spec = SmallJob.spec(steps: steps, batch: 1293)
        spec.schedule = plateau.map { ScheduleSpec(.reduceOnPlateau($0)) } ?? .constant
        spec.training.earlyStopping = stopping
        return TrainingMachine(job: try TrainingJob(spec), start: start)
    }

    /// Passes an epoch with this validation loss.
    private func pass(_ machine: inout TrainingMachine, _ value: Double) {
        #expect(machine.next() == .train(steps: 1))
        let tally = Tally(lossSum: 1, terms: 1, correct: 1, samples: 1293)
        machine.trained(StepRunResult(steps: [StepResult(tally: tally, isFinite: true)]))
        #expect(machine.next() == .validate)
        machine.validated(Tally(lossSum: value, terms: 1, correct: 0, samples: 1))
    }

    private func commit(_ machine: inout TrainingMachine) -> TrainingSnapshot {
        machine.checkpointed()
        return TrainingSnapshot(
            cursor: machine.cursor, epochTotals: machine.epochTotals, monitors: machine.monitors, layout: [],
            buffers: [], weightsDigest: "", metrics: machine.takePendingMetrics())
    }

    @Test("A plateau lowers the rate when PyTorch's does, with an interruption after every epoch too")
    func plateaus() throws {
        for run in try Fixture.decode("schedules/reference.json", as: Reference.self).plateaus {
            let mode = try #require(MetricMode(rawValue: run.mode))
            let plateau = PlateauSpec(
                watched: WatchedMetric(metric: "val_loss", mode: mode, minDelta: run.min_delta),
                factor: run.factor, patience: run.patience, cooldown: run.cooldown,
                minFactor: run.min_factor)
            for isInterrupted in [false, true] {
                var machine = try machine(steps: 100, plateau: plateau)
                var factors: [Double] = []
                #expect(machine.rateFactor == 1)
                for value in run.values {
                    pass(&machine, value)
                    factors.append(machine.rateFactor)
                    let snapshot = commit(&machine)
                    if isInterrupted {
                        machine = try self.machine(steps: 100, plateau: plateau, start: snapshot)
                    }
                }
                #expect(factors == run.factors)
            }
        }
    }

    @Test("Training ends once the metric has not become better for `patience` epochs, and is committed first")
    func stopsEarly() throws {
        let stopping = EarlyStoppingSpec(watched: WatchedMetric(minDelta: 0.1), patience: 2)
        var machine = try machine(steps: 100, stopping: stopping)
        for value in [1, 0.5, 0.45, 0.39, 0.35] {
            pass(&machine, value)
            #expect(machine.next() == .checkpoint(durably: false))
            _ = commit(&machine)
        }
        pass(&machine, 0.31)
        #expect(machine.next() == .checkpoint(durably: true))
        let snapshot = commit(&machine)
        let reason =
            "stopped early: `val_loss` has not become better for 2 epochs; the best value was 0.39"
        #expect(machine.next() == .finish(.stoppedEarly(reason: reason)))
        #expect(machine.cursor.step == 6)

        // Whoever goes on from there has nothing to do.
        let later = try self.machine(steps: 100, stopping: stopping, start: snapshot)
        #expect(later.next() == .finish(.stoppedEarly(reason: reason)))
    }

    @Test("A metric that should be high counts the other way; the best value may be any")
    func highIsGood() throws {
        let watched = WatchedMetric(metric: "val_loss", mode: .max)
        var machine = try machine(
            steps: 100, stopping: EarlyStoppingSpec(watched: watched, patience: 1))
        for value in [-3, -2, -1.5, 0, 7] {
            pass(&machine, value)
            _ = commit(&machine)
        }
        pass(&machine, 7)
        _ = commit(&machine)
        guard case .finish(.stoppedEarly) = machine.next() else {
            Issue.record("7 is not better than 7")
            return
        }
    }

    @Test("An interruption between an epoch's last step and its score is not seen by the monitors")
    func unscored() throws {
        let stopping = EarlyStoppingSpec(patience: 1)
        var machine = try machine(steps: 100, stopping: stopping)
        pass(&machine, 1)
        _ = commit(&machine)
        let tally = Tally(lossSum: 1, terms: 1, correct: 1, samples: 1293)
        machine.trained(StepRunResult(steps: [StepResult(tally: tally, isFinite: true)]))
        machine.request(.pause)
        #expect(machine.next() == .checkpoint(durably: true))
        let snapshot = commit(&machine)
        #expect(snapshot.monitors.earlyStopping == EarlyStoppingState(best: 1, badEpochs: 0))

        var later = try self.machine(steps: 100, stopping: stopping, start: snapshot)
        #expect(later.next() == .validate)
        later.validated(Tally(lossSum: 2, terms: 1, correct: 0, samples: 1))
        #expect(later.next() == .checkpoint(durably: true))
        _ = commit(&later)
        guard case .finish(.stoppedEarly) = later.next() else {
            Issue.record("2 is not better than 1")
            return
        }
    }

    @Test("A job whose last step is done completes, though the metric got no better")
    func lastStep() throws {
        var machine = try machine(steps: 2, stopping: EarlyStoppingSpec(patience: 1))
        pass(&machine, 1)
        _ = commit(&machine)
        pass(&machine, 1)
        _ = commit(&machine)
        #expect(machine.next() == .finish(.completed))
    }

    @Test("Jobs that watch nothing have no monitors")
    func none() throws {
        var machine = try machine(steps: 3)
        pass(&machine, 1)
        #expect(machine.monitors == TrainingMonitors())
        #expect(machine.rateFactor == 1)
    }
}
