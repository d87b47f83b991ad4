package import ArgumentParser

/// The checkpoint that a verb is about, and its job.
package struct CheckpointArguments: ParsableArguments {
    @Argument(help: "The job's id or its name.", completion: .custom(JobNames.complete))
    package var job: String

    @Argument(help: "The checkpoint's id.")
    package var id: Int

    package init() {}

    package func validate() throws {
        try JobArgument.check(job)
    }
}
