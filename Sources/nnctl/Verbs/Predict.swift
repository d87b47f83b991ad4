public import ArgumentParser
public import Control

/// `nnctl predict JOB --input FILE [--limit N] [--checkpoint ID] [--format csv|json|ndjson|npy]
/// [--output FILE [--force]]`
package struct Predict: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Let a job's weights predict samples.",
        discussion: """
            The input is a CSV file with the columns of training (labels may be there or not), an NPY or IDX file, a PNG or \
            JPEG picture, or a folder of pictures. The daemon opens it with your rights.
            Example: nnctl predict fashion-mlp --input t10k-images-idx3-ubyte.gz --limit 5
            """)

    @OptionGroup package var target: JobArgument

    @Option(name: .shortAndLong, help: "The file or folder with the samples.", completion: .file())
    package var input: String

    @Option(parsing: .unconditional, help: "Predict no more than so many samples.")
    package var limit: Int?

    @Option(
        parsing: .unconditional,
        help: "The id of the checkpoint whose weights predict. Default: the last one.")
    package var checkpoint: Int?

    @Option(
        help: "csv, json, ndjson or npy. Default: what the output's name ends in, else a table for people.")
    package var format: PredictionFormat?

    @Option(
        name: .shortAndLong, help: "The file to write, - for standard output.", completion: .file())
    package var output: String?

    @Flag(help: "Replace the output file if it is there already.")
    package var force = false

    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func validate() throws {
        guard limit.map({ $0 >= 1 }) ?? true else { throw ValidationError("--limit is a number from 1.") }
        guard input != "-", input != "/dev/stdin" else {
            throw ValidationError(
                "--input: the daemon opens the file itself; write standard input into a file, and name that.")
        }
        guard !global.json || format == nil || format == .json else {
            throw ValidationError("--json and --format exclude each other.")
        }
        guard !global.json || endingFormat == nil || endingFormat == .json else {
            throw ValidationError(
                "--json writes JSON: end the name \(output ?? "") in .json, or leave --json out.")
        }
        guard output == nil || output == "-" || chosenFormat != nil else {
            throw ValidationError(
                "What is to be written to \(output ?? "")? End its name in .csv, .json, .ndjson or .npy, or say --format."
            )
        }
    }

    /// Nil for the table.
    package var chosenFormat: PredictionFormat? {
        if global.json { return .json }
        return format ?? endingFormat
    }

    /// What the output's name ends in.
    private var endingFormat: PredictionFormat? {
        let ending = output?.split(separator: "/").last?.split(separator: ".").dropFirst().last
        return ending.flatMap { PredictionFormat(rawValue: $0.lowercased()) }
    }

    package func run(in session: Session) async throws -> ExitStatus {
        guard !input.isEmpty else { throw Failure(.usage, "--input names a file; this name is empty.") }
        let request = PredictRequest(
            input: try input.madeAbsolute(), limit: limit, checkpoint: checkpoint, format: chosenFormat)
        try await session.withClient { client in
            guard request.format != nil else { return try await show(request, client, session) }
            try await write(request, client, session)
        }
        return .success
    }

    private func show(_ request: PredictRequest, _ client: Client, _ session: Session) async throws {
        var table = PredictionTable()
        try await client.predictions(target.job, request) { prediction in
            try session.output.write(table.lines(for: prediction, width: session.output.width))
        }
    }

    private func write(_ request: PredictRequest, _ client: Client, _ session: Session) async throws {
        guard let output, output != "-" else {
            guard request.format != .npy || !session.output.isTerminal else {
                throw Failure(.usage, "An NPY file is not for a terminal; name a file with --output.")
            }
            return try await client.predict(target.job, request) { try session.output.write($0) }
        }
        let file = try NewFile(path: output, replacing: force)
        try await client.predict(target.job, request) { try file.write($0) }
        try file.keep()
        session.say("\(output) is written (\(Number.bytes(file.size)))")
    }
}

extension PredictionFormat: ExpressibleByArgument {}
