package import ArgumentParser
package import Control
import Spec

/// `nnctl init [DATA…] [-o FILE] [--force] [--label COLUMN] [--task TASK] [--model KIND] [--name NAME] [--no-spawn]`
package struct Init: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a job file for a data set, having looked at it.",
        discussion: """
            DATA is a CSV, NPY or NPZ file, a pair of IDX or NPY files, or a folder with those or with folders of pictures; \
            plain or gzip-compressed. Validation and test files are found by their usual names. nnd does the looking, and is started \
            if it does not run.
            Example: nnctl init iris.csv && nnctl start job.yaml --follow
            """)

    /// What is to be predicted.
    package enum Task: String, ExpressibleByArgument, CaseIterable {
        case classification
        case regression
    }

    /// What the model is made of.
    package enum Model: String, ExpressibleByArgument, CaseIterable {
        case mlp
        case conv
    }

    @Argument(help: "Files or a folder. Default: this folder.", completion: .file())
    package var data: [String] = []

    @Option(name: .shortAndLong, help: "The job file to write, - for standard output.", completion: .file())
    package var output = "job.yaml"

    @Flag(help: "Write over a file that is there.")
    package var force = false

    @Option(
        parsing: .unconditional, help: "The table's column with the label: its name, or its index from 0.")
    package var label: String?

    @Option(help: "classification or regression. Default: what the labels look like.")
    package var task: Task?

    @Option(help: "mlp, or conv for images. Default: what suits the samples.")
    package var model: Model?

    @Option(help: "What to call the job. Default: as its data is called.")
    package var name: String?

    @Flag(name: .customLong("no-spawn"), help: "Fail if nnd does not run, instead of starting it.")
    package var noSpawn = false

    @OptionGroup package var state: StateOptions
    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func validate() throws {
        guard !isPrinted || !global.json else {
            throw ValidationError("--json and -o - exclude each other: both print on standard output.")
        }
    }

    /// Whether the file goes to standard output.
    private var isPrinted: Bool { output == "-" }

    package func run(in session: Session) async throws -> ExitStatus {
        if !isPrinted { try OutputFile.check(output, replacing: force) }
        if let name, let problem = JobSpec.problem(withName: name) {
            throw Failure(.usage, "--name: \(problem).")
        }
        let files = try DataFiles(data.isEmpty ? ["."] : data)
        return try await session.withClient { client in
            var parts: [(part: DataFiles.Part, description: DataDescription)] = []
            for part in files.parts {
                let request = DescribeRequest(path: try part.path.madeAbsolute())
                parts.append((part, try await ask(client, session) { try await client.describe(request) }))
            }
            let found = try FoundData(
                parts, label: label, isClassification: task.map { $0 == .classification })
            let draft = try JobDraft(
                found, name: name ?? usualName(files), convolutions: model.map { $0 == .conv })
            let (text, directory) = try written(draft)
            // It is for us to see that the file is right; the daemon reads the data as a start would.
            _ = try JobSpec(yaml: text, file: output)
            let needs = try await client.needs(
                StartRequest(spec: SpecText(text), file: output, baseDirectory: directory))
            guard !isPrinted else {
                try session.output.write(text)
                return .success
            }
            try OutputFile.write(Array(text.utf8), to: output, replacing: force)
            let report = InitReport(draft, file: output, needs)
            try session.print(report) { InitCard.rendered(draft, report, width: $0, style: session.style) }
            if !session.isJSON { session.say("next: nnctl start \(output) --follow") }
            return .success
        }
    }

    private func usualName(_ files: DataFiles) -> String {
        files.name.flatMap { JobSpec.problem(withName: $0) == nil ? $0 : nil } ?? "job"
    }

    /// The file, with paths from its folder on where the data lies below that, and the folder.
    private func written(_ draft: JobDraft) throws(Failure) -> (text: String, directory: String) {
        let whole = try output.madeAbsolute()
        let directory = whole.lastIndex(of: "/").map { String(whole[...$0]) } ?? "/"
        var absolute: [String: String] = [:]
        for samples in draft.data.samples.values {
            for key in samples.keys where key.isPath { absolute[key.value] = try key.value.madeAbsolute() }
        }
        let text = draft.yaml { path in
            let path = DataFiles.plain(absolute[path] ?? path)
            let folder = DataFiles.plain(directory)
            return path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : path
        }
        return (text, directory)
    }

    /// Asks the daemon, which is started if it is not there.
    private func ask<Answer>(
        _ client: Client, _ session: Session, _ question: () async throws -> Answer
    ) async throws -> Answer {
        do {
            return try await question()
        } catch ClientError.unreachable where !noSpawn {
            try await DaemonStarter(client: client, session: session, state: state.directory(session)).start()
            return try await question()
        }
    }
}
