package import ArgumentParser

/// The job that a verb is about.
package struct JobArgument: ParsableArguments {
    @Argument(help: "The job's id or its name.", completion: .custom(JobNames.complete))
    package var job: String

    package init() {}

    package func validate() throws {
        try Self.check(job)
    }

    static func check(_ job: String) throws {
        guard !job.isEmpty else {
            throw ValidationError("A job is named by its id or its name; this name is empty.")
        }
    }
}
