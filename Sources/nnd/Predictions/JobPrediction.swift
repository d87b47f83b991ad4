import Control
import Datasets
import Files
import Hummingbird
import NIOCore
import NN
import Parallel
import ServiceLifecycle
import Spec

/// The predictions of one request: its samples read, its model made, nothing computed yet.
struct JobPrediction: Sendable {
    private let predictor: Predictor
    private let text: any PredictionWriter
    /// Samples that are told of.
    private let count: Int

    /// What a sample takes in memory does not count for the job's share; the rest is in files.
    static let memory = 256.0 * 1024 * 1024

    /// Reads files and computes, so call it on a thread that may wait.
    ///
    /// - Parameters:
    ///   - spec: Of the job.
    ///   - snapshot: Whose weights predict.
    ///   - scaling: That the weights were trained with.
    ///   - names: What the samples were called that they were trained on; nil where nobody knows.
    ///   - request: What is asked for.
    ///   - files: With the rights of who asks.
    ///   - workers: Threads.
    /// - Throws: `DataError`, `TrainingError`, each one sentence that names the file.
    init(
        _ spec: JobSpec, _ snapshot: TrainingSnapshot, _ scaling: FeatureScaling, _ names: SampleNames?,
        _ request: PredictRequest, files: FileOpener, workers: Int
    ) throws {
        let chunk = Predictor.chunkSize
        // Whole chunks, so that predictions have the bits of those of the whole input.
        let most =
            request.limit.map { $0 > Int.max - chunk ? .max : ($0 - 1) / chunk * chunk + chunk } ?? .max
        let samples = try UnlabelledSamples(
            path: request.input,
            SampleFormat(trainedOn: spec.data.train, input: spec.model.input, names: names),
            most: most,
            storage: .standard(available: Self.memory), files: files)
        let model = try Model(spec.model)
        predictor = try Predictor(
            model, spec, snapshot, samples: samples.dataset.scaled(by: scaling), workers: workers)
        count = min(request.limit ?? .max, samples.dataset.count)
        let classes = names.map(\.classes) ?? spec.data.train.classNames(files)
        let shape = PredictionShape(
            kind: predictor.kind, shape: predictor.shape,
            classes: predictor.kind.classCount(output: model.outputShape), files: samples.names,
            classNames: classes?.count == predictor.shape.last ? classes : nil)
        text =
            switch request.format ?? .json {
            case .json: PredictionJSON(shape, isDocument: true)
            case .ndjson: PredictionJSON(shape, isDocument: false)
            case .csv: PredictionCSV(shape)
            case .npy: PredictionNPY(shape, count: count)
            }
    }

    /// Computes as fast as the client takes what comes out.
    ///
    /// - Parameters:
    ///   - writer: Of the answer's body.
    ///   - gate: Behind which it computes; a client that takes its time holds no place there.
    /// - Throws: `DataError` when a file has changed meanwhile; `CancellationError` when the daemon is to end.
    @concurrent func write(to writer: inout any ResponseBodyWriter, behind gate: WorkGate) async throws {
        try await writer.write(ByteBuffer(bytes: text.head))
        var (chunk, first) = (0, 0)
        while first < count {
            if Task.isShuttingDownGracefully { throw CancellationError() }
            let (parts, next) = try await portion(from: chunk, sample: first, behind: gate)
            for part in parts { try await writer.write(part) }
            chunk += max(1, parts.count)
            first = next
        }
        try await writer.write(ByteBuffer(bytes: text.end))
    }

    /// - Returns: Some chunks as they are written, and the first sample behind them.
    private func portion(
        from chunk: Int, sample first: Int, behind gate: WorkGate
    ) async throws -> ([ByteBuffer], next: Int) {
        let place = try await gate.enter(isUnderWay: true)
        defer { place.leave() }
        let predicted = try await predictor.portion(from: chunk)
        let (text, count) = (text, count)
        return try await BlockingWork.run {
            var (parts, first) = ([ByteBuffer](), first)
            for chunk in predicted where first < count {
                let size = min(Predictor.chunkSize, count - first)
                parts.append(ByteBuffer(bytes: text.body(of: chunk, first..<first + size)))
                first += size
            }
            return (parts, first)
        }
    }
}
