package import Control
package import Spec
package import Store

/// A start request made sense of: the spec read, its paths absolute, the request's wishes put over it.
package struct StartOrder: Sendable {
    package let spec: JobSpec
    package let name: String
    package let ifNameTaken: Store.NameConflict
    package let workers: WorkerCount
    package let priority: Int

    /// - Throws: `SpecError` for a bad spec; `Problem` of code `bad-request` for the rest of the request.
    package init(_ request: StartRequest) throws {
        if let name = request.name, let problem = JobSpec.problem(withName: name) {
            throw Problem(.badRequest, "name: \(problem).")
        }
        let written = try JobSpec(
            yaml: request.spec.text, file: request.file, overrides: request.set ?? [])
        spec = try Self.resolved(written, request.baseDirectory)
        // Whoever asks for a name wants that one; a name out of a file is numbered when it is taken.
        name = request.name ?? written.name
        ifNameTaken = request.name == nil ? .number : .refuse
        workers = request.workers ?? written.training.workers
        try WorkerPolicy.check(workers)
        priority = request.priority ?? 0
        guard StartRequest.priorities.contains(priority) else {
            let (least, most) = (StartRequest.priorities.lowerBound, StartRequest.priorities.upperBound)
            throw Problem(
                .badRequest, "priority: expected a number from \(least) to \(most), found \(priority).")
        }
    }

    /// The daemon's own working directory means nothing to a client, so relative paths need a
    /// directory of the client's.
    private static func resolved(_ spec: JobSpec, _ directory: String?) throws(Problem) -> JobSpec {
        if let directory {
            guard directory.hasPrefix("/") else {
                throw Problem(.badRequest, "base_directory: expected an absolute path, found `\(directory)`.")
            }
            return spec.resolvingPaths(relativeTo: directory)
        }
        guard spec.resolvingPaths(relativeTo: "/") == spec else {
            throw Problem(
                .badRequest,
                "The spec has relative paths and the request no base_directory; "
                    + "give the absolute directory that they start from.")
        }
        return spec
    }
}
