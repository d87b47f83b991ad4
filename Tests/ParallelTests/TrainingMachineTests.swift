import Parallel
import Spec
import Testing

@Suite("The training machine")
struct TrainingMachineTests {
    /// 1,293 training samples in batches of 100: 13 steps an epoch.
    private func machine(
        steps: Int = 30, everySteps: Int? = nil, nonfinite: NonfinitePolicy = .stop,
        start: TrainingSnapshot? = nil
    ) throws -> TrainingMachine {
        let spec = SmallJob.spec(
            steps: steps, batch: 100, checkpoint: CheckpointSpec(everySteps: everySteps), nonfinite: nonfinite
        )
        return TrainingMachine(job: try TrainingJob(spec), start: start)
    }

    private func result(_ steps: Int, finite: Bool = true) -> StepRunResult {
        let tally = Tally(lossSum: 50, terms: 100, correct: 80, samples: 100)
        return StepRunResult(
            steps: Array(repeating: StepResult(tally: tally, isFinite: finite), count: steps))
    }

    /// A snapshot is taken and will be committed.
    private func commit(_ machine: inout TrainingMachine) {
        machine.checkpointed()
        _ = machine.takePendingMetrics()
    }

    @Test("An epoch is trained, scored and committed; the job ends after its last step")
    func wholeJob() throws {
        var machine = try machine()
        var actions: [TrainingMachine.Action] = []
        for _ in 0..<20 {
            let action = machine.next()
            actions.append(action)
            switch action {
            case .train(let steps): machine.trained(result(steps))
            case .validate: machine.validated(nil)
            case .checkpoint: commit(&machine)
            case .scale: machine.scaled()
            case .finish: break
            }
            if case .finish = action { break }
        }
        #expect(
            actions == [
                .train(steps: 13), .validate, .checkpoint(durably: false), .train(steps: 13), .validate,
                .checkpoint(durably: false), .train(steps: 4), .validate, .checkpoint(durably: true),
                .finish(.completed),
            ])
        #expect(machine.cursor.step == 30)
        #expect(machine.cursor.epoch == 2)
    }

    @Test("`every_steps` cuts the runs and leaves no snapshot out")
    func everySteps() throws {
        var machine = try machine(everySteps: 5)
        #expect(machine.next() == .train(steps: 5))
        machine.trained(result(5))
        #expect(machine.next() == .checkpoint(durably: false))
        commit(&machine)
        #expect(machine.next() == .train(steps: 5))
        machine.trained(result(3))
        #expect(machine.next() == .train(steps: 2))
    }

    @Test("A stop commits first and then ends, even before the first step")
    func stopAtOnce() throws {
        var machine = try machine()
        machine.request(.stop)
        #expect(machine.next() == .checkpoint(durably: true))
        commit(&machine)
        #expect(machine.next() == .finish(.stopped))
    }

    @Test("A run that is to end at once ends without a commit, whatever else it is asked")
    func abandoned() throws {
        for hasTrained in [false, true] {
            var machine = try machine(everySteps: 5)
            if hasTrained { machine.trained(result(3)) }
            machine.request(.abandon)
            machine.request(.pause)
            machine.requestCheckpoint()
            machine.requestScale(to: 3)
            #expect(machine.next() == .finish(.stopped) && machine.isEnding)
        }
        // All steps are taken, scored and committed.
        var done = try machine(steps: 5)
        done.trained(result(5))
        done.validated(nil)
        commit(&done)
        done.request(.abandon)
        #expect(done.next() == .finish(.completed))
    }

    @Test("A stop where a snapshot has just been committed commits nothing twice")
    func stopAfterCommit() throws {
        var machine = try machine(everySteps: 5)
        machine.trained(result(5))
        commit(&machine)
        machine.request(.pause)
        #expect(machine.next() == .finish(.paused))
    }

    @Test("A stop does not wait for the score of an epoch; whoever goes on from there scores it")
    func stopBeforeScoring() throws {
        var machine = try machine(steps: 13)
        machine.trained(result(13))
        #expect(machine.next() == .validate)
        machine.request(.stop)
        #expect(machine.next() == .checkpoint(durably: true))
        let snapshot = TrainingSnapshot(
            cursor: machine.cursor, epochTotals: machine.epochTotals, layout: [], buffers: [],
            weightsDigest: "", metrics: [])
        commit(&machine)
        #expect(machine.next() == .finish(.stopped))

        var later = try self.machine(steps: 13, start: snapshot)
        #expect(later.next() == .validate)
        later.validated(nil)
        #expect(later.pendingMetrics.first == MetricRow(step: 13, epoch: 1, name: "loss", value: 0.5))
        #expect(later.next() == .checkpoint(durably: true))
        commit(&later)
        #expect(later.next() == .finish(.completed))
    }

    @Test("A checkpoint by the clock is due once, beside the training, and the next one counts from there")
    func byTheClock() throws {
        var machine = try machine(steps: 100, everySteps: 50)
        machine.trained(result(3))
        guard case .train = machine.next() else { Issue.record("no time has passed"); return }
        machine.timePassed()
        #expect(machine.next() == .checkpoint(durably: false))
        commit(&machine)
        guard case .train = machine.next() else { Issue.record("it is taken"); return }
        machine.trained(result(1))
        machine.timePassed()
        #expect(machine.next() == .checkpoint(durably: false))
        machine.skippedCheckpoint()
        guard case .train = machine.next() else { Issue.record("it is left out"); return }
    }

    @Test("A job whose last epoch is scored completes, whatever else is asked")
    func doneWins() throws {
        var machine = try machine(steps: 13)
        machine.trained(result(13))
        machine.validated(nil)
        machine.request(.stop)
        #expect(machine.next() == .checkpoint(durably: true))
        commit(&machine)
        #expect(machine.next() == .finish(.completed))
    }

    @Test("An epoch in which every step was left out fails the job, and so does a score that is not finite")
    func nothingFinite() throws {
        var skipped = try machine(nonfinite: .skip)
        skipped.trained(result(13, finite: false))
        #expect(skipped.next() == .validate)
        skipped.validated(nil)
        var unscored = try machine()
        unscored.trained(result(13))
        unscored.validated(Tally(lossSum: .nan, terms: 1, correct: 0, samples: 1))
        for machine in [skipped, unscored] {
            var machine = machine
            #expect(machine.next() == .checkpoint(durably: true))
            commit(&machine)
            guard case .finish(.failed) = machine.next() else {
                Issue.record("expected a failure, not \(machine.next())")
                continue
            }
        }
    }

    @Test("A step that is not finite ends the job at the step before it")
    func nonfiniteStops() throws {
        var machine = try machine()
        machine.trained(StepRunResult(steps: result(3).steps + result(1, finite: false).steps))
        #expect(machine.cursor.step == 3)
        #expect(machine.next() == .checkpoint(durably: true))
        commit(&machine)
        guard case .finish(.failed(let reason)) = machine.next() else {
            Issue.record("expected a failure")
            return
        }
        #expect(reason.contains("step 4"))
    }

    @Test("With `skip`, a step that is not finite passes without an update and without a trace in the curves")
    func nonfiniteSkips() throws {
        var machine = try machine(nonfinite: .skip)
        machine.trained(StepRunResult(steps: result(3).steps + result(1, finite: false).steps))
        #expect(machine.cursor.step == 4)
        #expect(machine.cursor.updates == 3)
        #expect(machine.epochTotals.samples == 300)
        #expect(machine.next() == .train(steps: 9))
    }

    @Test("The curves of an epoch are the means over its samples")
    func curves() throws {
        var machine = try machine()
        machine.trained(result(13))
        machine.validated(Tally(lossSum: 30, terms: 100, correct: 90, samples: 100))
        #expect(
            machine.pendingMetrics == [
                MetricRow(step: 13, epoch: 1, name: "loss", value: 0.5),
                MetricRow(step: 13, epoch: 1, name: "accuracy", value: 0.8),
                MetricRow(step: 13, epoch: 1, name: "val_loss", value: 0.3),
                MetricRow(step: 13, epoch: 1, name: "val_accuracy", value: 0.9),
            ])
    }
}
