public import ArgumentParser
public import Control
public import Spec

/// `nnctl export JOB [--format safetensors|npz|onnx] -o FILE [--layout native|pytorch] [--weights trained|averaged]
/// [--checkpoint ID] [--force]`
package struct Export: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a job's weights to a file for other programs.",
        discussion: """
            safetensors and npz hold the parameters and running averages by name; onnx (opset 17) the whole model, which \
            takes samples as they are in the data and scales them itself.
            Example: nnctl export fashion-mlp -o fashion.onnx
            """)

    @OptionGroup package var target: JobArgument

    @Option(help: "safetensors, npz or onnx. Default: what the file's name ends in.")
    package var format: ExportRequest.Format?

    @Option(name: .shortAndLong, help: "The file; - for standard output.", completion: .file())
    package var output: String

    @Option(
        help: """
            How tensors are called and lie: native, dense weights [inputs, outputs], or pytorch, as in a state_dict, dense \
            weights [outputs, inputs].
            """)
    package var layout = WeightsLayout.native

    @Option(
        help: """
            trained, or averaged for the moving average that a job with `training.ema` keeps. Default: trained; in an onnx \
            file those that `evaluate` scores.
            """)
    package var weights: ExportRequest.Source?

    @Option(parsing: .unconditional, help: "The id of the checkpoint. Default: the last one.")
    package var checkpoint: Int?

    @Flag(help: "Replace a file that is there.")
    package var force = false

    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func validate() throws {
        guard !output.isEmpty else {
            throw ValidationError("--output: name a file, or - for standard output.")
        }
        guard try chosenFormat() != .onnx || layout == .native else {
            throw ValidationError("--layout: an onnx file has no layout to choose; leave it out.")
        }
    }

    package func run(in session: Session) async throws -> ExitStatus {
        let request = ExportRequest(
            format: try chosenFormat(), layout: layout, weights: weights, checkpoint: checkpoint)
        if output == "-" {
            guard !session.output.isTerminal else {
                throw Failure(
                    .usage, "The file is not text for a terminal; redirect it, or name a file with -o.")
            }
            try await session.withClient { client in
                try await client.export(target.job, request) { try session.output.write($0) }
            }
            return .success
        }
        let file = try NewFile(path: output, replacing: force)
        try await session.withClient { client in
            try await client.export(target.job, request) { try file.write($0) }
        }
        try file.keep()
        try session.report(
            ExportedFile(path: output, format: request.format.rawValue, bytes: file.size),
            "\(output) is written (\(Number.bytes(file.size)))")
        return .success
    }

    private func chosenFormat() throws -> ExportRequest.Format {
        if let format { return format }
        let ending = output.split(separator: ".").last.map(String.init) ?? ""
        guard let format = ExportRequest.Format(rawValue: ending.lowercased()) else {
            throw ValidationError(
                "--format: the name \(output) does not tell which; give safetensors, npz or onnx.")
        }
        return format
    }
}

/// What `nnctl export --json` prints.
private struct ExportedFile: Encodable {
    let path: String
    let format: String
    let bytes: Int
}

extension ExportRequest.Format: ExpressibleByArgument {}
extension ExportRequest.Source: ExpressibleByArgument {}
extension WeightsLayout: ExpressibleByArgument {}
