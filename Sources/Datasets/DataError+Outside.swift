extension DataError {
    /// Whether the disk or the system is at fault, and the same call may succeed later.
    package var isOutsideTheJob: Bool {
        switch code {
        case .missingFile, .unreadable, .noSpace, .unwritable: true
        default: false
        }
    }
}
