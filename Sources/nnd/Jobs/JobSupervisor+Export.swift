import Control
import Datasets
import NN
import ONNX
import Parallel
import Spec
import Store

/// A job's weights for other programs.
extension JobSupervisor {
    /// Makes ready what is asked for.
    ///
    /// - Returns: The file, to be made piece by piece, and a name for it.
    /// - Throws: `StoreError`; `Problem` of code `no-such-checkpoint`, or `conflict` when the checkpoint does not have what is
    ///   asked for or the format cannot hold it; for ONNX what `scaling(of:checkpoint:to:)` throws.
    func export(
        _ reference: String, _ request: ExportRequest
    ) async throws -> (file: any PiecewiseFile, name: String) {
        let record = try await store.job(reference)
        let (checkpoint, read) = try await checkpointToExport(request.checkpoint, of: record)
        let weights = try await weightsToExport(request, record, checkpoint, read)
        let file = try await BlockingWork.run { try weights.file() }
        return (file, "\(record.name).\(request.format.rawValue)")
    }

    private func weightsToExport(
        _ request: ExportRequest, _ record: JobRecord, _ checkpoint: CheckpointRecord,
        _ read: TrainingSnapshot?
    ) async throws -> WeightsToExport {
        // The job may have had another spec then.
        let spec = try await store.spec(job: record.id, branch: checkpoint.branch)
        let source =
            request.weights ?? (request.format == .onnx && spec.training.ema != nil ? .averaged : .trained)
        let snapshot =
            if let read { read } else {
                try await store.snapshot(checkpoint: checkpoint.id, buffers: [source.buffer])
            }
        let origin = WeightsOrigin(
            job: record.name, checkpoint: checkpoint.id, step: checkpoint.step, source: source,
            layout: request.layout)
        return WeightsToExport(
            format: request.format, spec: spec, snapshot: snapshot,
            scaling: try await scalingToExport(request.format, record, spec, checkpoint.id), origin: origin)
    }

    /// Weights alone do without what the version has not kept that trained them.
    private func scalingToExport(
        _ format: ExportRequest.Format, _ record: JobRecord, _ spec: JobSpec, _ checkpoint: Int
    ) async throws -> FeatureScaling {
        if format == .onnx { return try await scaling(of: record, checkpoint: checkpoint, to: .export) }
        if let kept = try await store.scaling(checkpoint: checkpoint) { return kept.scaling }
        return try FeatureScaling(withoutSamples: spec.data.scale) ?? .none
    }

    /// The one that is asked for, or the newest whole one with what was read of it to know that.
    private func checkpointToExport(
        _ id: Int?, of record: JobRecord
    ) async throws -> (CheckpointRecord, read: TrainingSnapshot?) {
        if let id { return (try await store.checkpoint(id, job: record.id), nil) }
        let last = try await weights(of: record, checkpoint: nil)
        return (last.checkpoint, last.snapshot)
    }
}

/// What a file of weights is made of.
private struct WeightsToExport {
    let format: ExportRequest.Format
    let spec: JobSpec
    let snapshot: TrainingSnapshot
    let scaling: FeatureScaling
    let origin: WeightsOrigin

    /// Computes, so call it on a thread that may.
    func file() throws -> any PiecewiseFile {
        guard let values = snapshot.buffers.first(where: { $0.name == origin.source.buffer })?.values else {
            throw Problem(
                .conflict,
                "Job `\(origin.job)` keeps no average of its weights; export the trained ones, or train with "
                    + "`training.ema`.")
        }
        let model = try Model(spec.model)
        try check(model, snapshot, origin.job)
        let weights = Weights(model.layout, values: values)
        guard format == .onnx else { return try weightsFile(format, model, weights, scaling, origin) }
        return try ONNXModel.file(spec, model, weights, scaling, origin)
    }
}

private func check(_ model: Model, _ snapshot: TrainingSnapshot, _ job: String) throws(Problem) {
    guard model.layout.snapshotTensors == snapshot.layout else {
        throw Problem(
            .conflict, "The checkpoint is of another model than the spec of job `\(job)` describes.")
    }
}

private func weightsFile(
    _ format: ExportRequest.Format, _ model: Model, _ weights: Weights, _ scaling: FeatureScaling,
    _ origin: WeightsOrigin
) throws -> any PiecewiseFile {
    let tensors: [StoredTensor]
    do {
        tensors = try StoredTensors(model, origin.layout).tensors
    } catch {
        throw Problem(.conflict, "\(error); export job `\(origin.job)` with `--layout native`.")
    }
    guard format == .safetensors else {
        return NPZWriter(tensors, of: weights.values, notes: scaling.notes(shape: model.inputShape))
    }
    var metadata = origin.metadata(digest: weights.digest)
    metadata["scaling"] = scaling.metadataText
    return try SafetensorsWriter(tensors, of: weights.values, metadata: metadata)
}

extension ExportRequest.Source {
    /// In a snapshot.
    fileprivate var buffer: String {
        switch self {
        case .trained: "parameters"
        case .averaged: "ema"
        }
    }
}

/// Where a file's weights come from.
private struct WeightsOrigin {
    let job: String
    let checkpoint: Int
    let step: Int
    let source: ExportRequest.Source
    let layout: WeightsLayout

    /// What a file says of itself.
    func metadata(digest: String) -> [String: String] {
        [
            "producer": "nnd \(Version.current)", "job": job, "checkpoint": "\(checkpoint)",
            "step": "\(step)",
            "weights": source.rawValue, "layout": layout.rawValue, "weights_digest": digest,
        ]
    }
}

extension ONNXModel {
    fileprivate static func file(
        _ spec: JobSpec, _ model: Model, _ weights: Weights, _ scaling: FeatureScaling,
        _ origin: WeightsOrigin
    ) throws -> any PiecewiseFile {
        let output: Output =
            switch spec.loss {
            case .softmaxCrossEntropy: .logits
            case .binaryCrossEntropy: .binaryLogits
            case .negativeLogLikelihood, .klDivergence: .logProbabilities
            case .meanSquaredError, .meanAbsoluteError, .huber: .values
            }
        do {
            var metadata = origin.metadata(digest: weights.digest)
            // The graph has the layout that its operations want.
            metadata["layout"] = nil
            return WholeFile(
                try ONNXModel(
                    named: origin.job, model, weights, scaling: scaling, output: output,
                    producerVersion: Version.current, metadata: metadata
                ).file())
        } catch {
            throw Problem(.conflict, error.description)
        }
    }
}
