package import ArgumentParser
package import Control
import Spec

/// `nnctl spec check|schema`: job files without a daemon.
package struct SpecVerb: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "spec", abstract: "Check a job file, or describe what one may hold.",
        discussion: "Example: nnctl spec check job.yaml", subcommands: [Check.self, Schema.self])

    package init() {}

    /// `nnctl spec check FILE [--set key=value]…`
    package struct Check: Verb {
        package static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Read a job file and say what is wrong in it.",
            discussion: "The data that it names is not read. Example: nnctl spec check job.yaml")

        @Argument(help: "The job file, YAML or JSON.", completion: .file())
        package var file: String

        @Option(help: "Set a key first, for example optimizer.adam.learning_rate=1e-4.")
        package var set: [String] = []

        @OptionGroup package var global: GlobalOptions

        package init() {}

        package func run(in session: Session) async throws -> ExitStatus {
            let file = try SpecFile(path: file)
            let spec = try file.parse(overrides: set)
            let parameters = try spec.model.shapes().parameterCount
            if session.isJSON {
                try session.output.writeLine(spec.canonicalJSON)
            } else {
                try session.output.writeLine(
                    "\(file.path): fine; job \(spec.name), \(String.counted(parameters, "parameter"))")
            }
            return .success
        }
    }

    /// `nnctl spec schema`
    package struct Schema: Verb {
        package static let configuration = CommandConfiguration(
            commandName: "schema", abstract: "Print the JSON Schema of job files.",
            discussion: "Example: nnctl spec schema > job.schema.json")

        @OptionGroup package var global: GlobalOptions

        package init() {}

        package func run(in session: Session) async throws -> ExitStatus {
            try session.output.writeLine(JobSpec.jsonSchema)
            return .success
        }
    }
}
