/// What went wrong in the store: a code to act on and one sentence to show.
package struct StoreError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What a caller can tell apart.
    package enum Code: String, Sendable, CaseIterable {
        case noSuchJob
        case noSuchCheckpoint
        /// Another job has the name that was asked for.
        case nameTaken
        case invalidName
        /// The key of a request belongs to another request.
        case keyReused
        /// The job's state does not allow what was asked.
        case illegalTransition
        /// The snapshot contradicts itself, for example in its lengths.
        case invalidSnapshot
        /// Another checkpoint of the branch says otherwise.
        case conflict
        /// What was stored is not what is read back.
        case damaged
        case notADatabase
        /// A later version of the program wrote the file.
        case newerVersion
        /// The file cannot be opened or created.
        case cannotOpen
        case permissionDenied
        /// No space is left, or no more of it is allowed.
        case diskFull
        /// The file system does not take writes any more.
        case readOnly
        case inputOutput
        /// Somebody else held the database for longer than the store waits.
        case busy
        case cancelled
        case unexpected
    }

    package let code: Code
    /// What happened, where, and what would be right.
    package let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

extension StoreError {
    static func noSuchJob(_ id: some CustomStringConvertible) -> StoreError {
        StoreError(.noSuchJob, "there is no job \(id)")
    }

    static func noSuchCheckpoint(_ id: Int) -> StoreError {
        StoreError(.noSuchCheckpoint, "there is no checkpoint \(id); it may have been let go by `keep_last`")
    }
}
