import Datasets
import Parallel
import Spec
import Testing

@Suite("Jobs whose data and model do not fit")
struct JobErrorTests {
    private func problem(_ change: (inout JobSpec) -> Void) -> String {
        var spec = SmallJob.spec()
        change(&spec)
        do {
            _ = try TrainingJob(spec)
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    @Test("A model input of another size than a sample names both")
    func inputSize() {
        #expect(
            problem { $0.model.input = [63] }
                == "data.train: a sample has 64 values ([64]), but `model.input` [63] takes 63")
    }

    @Test("Labels beyond the model's output say how many units are needed")
    func classes() {
        #expect(
            problem { $0.model.layers[2] = LayerSpec(.dense(DenseSpec(units: 9))) }
                == "data.train: the labels go up to 9, but the model's output has 9 classes (0 to 8); "
                + "the last layer needs 10 units")
    }

    @Test("Targets that the loss cannot have name the key and what was found")
    func targets() throws {
        #expect(
            problem {
                $0.loss = .binaryCrossEntropy
                $0.model.layers[2] = LayerSpec(.dense(DenseSpec(units: 1)))
            } == "data.train: `binary_cross_entropy` takes targets from 0 to 1, and there is 9.0")
        #expect(
            problem { $0.loss = .meanAbsoluteError }
                == "data.train: a target has 1 values, but the model's output has 10; the last layer needs 1 units"
        )
        #expect(
            problem { $0.loss = .klDivergence }
                == "data: `kl_divergence` with an output of the shape [10] does not take 1 label column"
        )
    }

    @Test("Initial weights that are not there name the file")
    func initialWeights() {
        #expect(problem { $0.model.initialWeights = "/no/such/file" }.hasPrefix("/no/such/file: "))
    }

    @Test("A model that no machine holds is refused before anything is allocated")
    func memory() {
        let sentence = problem {
            let wide = LayerSpec(.dense(DenseSpec(units: 900_000)))
            $0.model.layers = [wide, wide, LayerSpec(.dense(DenseSpec(units: 10)))]
            $0.training.workers = .count(2)
        }
        // 8.1e11 weights, eleven and a half floats each under Adam with two shards.
        #expect(sentence.hasPrefix("the job needs about 347"))
        #expect(sentence.contains("GiB of memory and there are "))
    }

    @Test("More workers take more memory, and what a job takes is the sum of its parts")
    func workersInMemory() throws {
        let job = try TrainingJob(SmallJob.spec())
        let (one, two) = (try job.memory(workers: 1), try job.memory(workers: 2))
        #expect(one.on(workers: 2).parts == two.parts)
        #expect(one.bytes < two.bytes && one.parts.snapshot == two.parts.snapshot)
        try two.check(available: two.bytes)
        #expect(throws: TrainingError.self) { try two.check(available: two.bytes - 1) }
        #expect(
            try MemoryEstimate.least(job.spec, workers: 2).bytes < two.bytes)
    }

    @Test("Processes on this machine each take their own, and those on others nothing of it")
    func ranksInMemory() throws {
        func estimate(_ cluster: ClusterSpec?) throws -> MemoryEstimate {
            var spec = SmallJob.spec()
            spec.cluster = cluster
            return try TrainingJob(spec).memory(workers: 4)
        }
        let hosts = [ClusterSpec.Host(name: "a"), .init(name: "b", slots: 3)]
        let (alone, four) = (try estimate(nil), try estimate(ClusterSpec(ranks: 4)))
        let apart = try estimate(ClusterSpec(hosts: hosts, ranks: 4))
        #expect(four.parts.weights == 4 * alone.parts.weights)
        // Theirs, and the daemon's.
        #expect(
            four.parts.samples == 5 * alone.parts.samples && apart.parts.samples == 2 * alone.parts.samples)
        #expect(apart.parts.weights == alone.parts.weights)
        #expect(try estimate(ClusterSpec(hostfile: "/hosts", ranks: 4)).bytes == four.bytes)
        #expect(four.on(nil).parts == (try TrainingJob(SmallJob.spec()).memory(workers: 1)).parts)
        #expect(four.parts.optimizer < 2 * alone.parts.optimizer)
    }

    @Test("Small batches of large samples are not refused for the memory that large ones would take")
    func smallBatches() {
        // Trained in shards of one 3 x 256 x 256 image; 256 at once would keep over 200 GiB for their gradients.
        let layers = (0..<100).map { _ in
            LayerSpec(.convolution(ConvolutionSpec(filters: 16, kernel: [3, 3], padding: .same)))
        }
        let sentence = problem {
            $0.model = ModelSpec(
                input: [3, 256, 256],
                layers: layers + [LayerSpec(.flatten), LayerSpec(.dense(DenseSpec(units: 10)))])
            $0.training.batchSize = 2
            $0.training.workers = .count(1)
        }
        // It is the data that does not fit.
        #expect(
            sentence
                == "data.train: a sample has 64 values ([64]), but `model.input` [3, 256, 256] takes 196608"
        )
    }

    @Test("The longest job that a spec can ask for has a plan and a progress")
    func longest() async throws {
        var spec = SmallJob.spec(batch: 1_000_000_000)
        spec.training.length = .epochs(1_000_000_000)
        let coordinator = try Coordinator(
            job: TrainingJob(spec), start: nil, workers: 1, sink: MemorySink())
        let updates = coordinator.updates()
        let run = Task { try await coordinator.run() }
        for await progress in updates {
            guard let eta = progress.etaSeconds, let speed = progress.samplesPerSecond else { continue }
            #expect(progress.totalSteps == 1_000_000_000)
            // One step an epoch, of all 1,293 samples.
            #expect(abs(eta * speed / 1.293e12 - 1) < 1e-3)
            await coordinator.stop()
        }
        #expect(try await run.value == .stopped)
    }

    @Test("A snapshot that was taken with another number of samples or another batch size is refused")
    func otherCursor() async throws {
        let sink = MemorySink()
        try await train(
            TrainingJob(SmallJob.spec(steps: 60, checkpoint: CheckpointSpec(everySteps: 20, keepLast: 9))),
            workers: 1, sink: sink)
        var other = SmallJob.spec(steps: 60)
        other.data.train = SmallJob.source("digits-test.csv.gz")
        let (fewer, larger) = try (TrainingJob(other), TrainingJob(SmallJob.spec(steps: 60, batch: 31)))
        let snapshots = await sink.snapshots
        #expect(snapshots.map(\.cursor.step) == [20, 40, 60])
        for snapshot in snapshots {
            for job in [fewer, larger] {
                let error = #expect(throws: TrainingError.self) {
                    try Coordinator(job: job, start: snapshot, workers: 1, sink: sink)
                }
                #expect(error?.code == .mismatch)
            }
        }
    }

    @Test("A cursor that no job comes to is refused, whatever its numbers")
    func impossibleCursors() throws {
        let job = try TrainingJob(SmallJob.spec(steps: 60))
        let cursors = [
            TrainingCursor(step: -1), TrainingCursor(step: 61, epoch: 1), TrainingCursor(epoch: .max),
            TrainingCursor(step: 1, samplesInEpoch: 30, samples: 60), TrainingCursor(samplesInEpoch: -30),
            TrainingCursor(step: 1, samplesInEpoch: 31, samples: 31), TrainingCursor(updates: 1),
            TrainingCursor(step: .min, epoch: .min, samplesInEpoch: .min, samples: .min, updates: .min),
        ]
        for cursor in cursors { #expect(throws: TrainingError.self) { try job.plan.check(cursor) } }
        try job.plan.check(TrainingCursor(step: 1, samplesInEpoch: 30, samples: 30, updates: 0))
    }

    @Test("A job that goes on needs neither its initial weights nor its test data any more")
    func goingOn() async throws {
        var spec = SmallJob.spec(steps: 40, checkpoint: CheckpointSpec(everySteps: 20))
        let sink = MemorySink()
        let whole = try await train(TrainingJob(spec), workers: 1, sink: sink).snapshot
        spec.model.initialWeights = "/no/such/file"
        spec.data.test = SmallJob.source("no-such-file.csv.gz")
        #expect(throws: DataError.self) { try TrainingJob(spec) }
        let job = try TrainingJob(spec, isGoingOn: true)
        let rest = try await train(job, workers: 1, from: await sink.snapshots[0]).snapshot
        #expect(rest.buffers == whole.buffers)
        await #expect(throws: DataError.self) {
            try await Evaluator(job: job, workers: 1).evaluate(rest, on: .test)
        }
        #expect(throws: TrainingError.self) { try Coordinator(job: job, start: nil, workers: 1, sink: sink) }
    }

    @Test("A job without test data cannot be evaluated on it")
    func noTestData() async throws {
        var spec = SmallJob.spec(steps: 2)
        spec.data.test = nil
        let job = try TrainingJob(spec)
        let snapshot = try await train(job, workers: 1).snapshot
        await #expect(throws: TrainingError.self) {
            try await Evaluator(job: job, workers: 1).evaluate(snapshot, on: .test)
        }
    }

    @Test("The fingerprint tells other data apart")
    func fingerprint() throws {
        var other = SmallJob.spec()
        other.data.train = SmallJob.source("digits-test.csv.gz")
        #expect(
            try TrainingJob(SmallJob.spec()).dataFingerprint == TrainingJob(SmallJob.spec()).dataFingerprint)
        #expect(try TrainingJob(SmallJob.spec()).dataFingerprint != TrainingJob(other).dataFingerprint)
    }
}
