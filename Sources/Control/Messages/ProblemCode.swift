/// Everything that can be wrong with a request, with its HTTP status and the exit code that `nnctl` makes of
/// it.
public enum ProblemCode: String, Sendable, CaseIterable {
    case badRequest = "bad-request"
    case badSpec = "bad-spec"
    case badData = "bad-data"
    case unauthorized
    case forbidden
    case misdirected
    case noSuchJob = "no-such-job"
    case noSuchCheckpoint = "no-such-checkpoint"
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case pathTooLong = "path-too-long"
    case headersTooLarge = "headers-too-large"
    case bodyTooLarge = "body-too-large"
    case unsupportedMediaType = "unsupported-media-type"
    case keyReused = "key-reused"
    case notRunning = "not-running"
    case conflict
    case nameTaken = "name-taken"
    case storage
    case busy
    case shuttingDown = "shutting-down"
    case internalError = "internal"

    /// The status of the HTTP answer.
    public var httpStatus: Int { row.status }
    /// What `nnctl` exits with.
    public var exitStatus: ExitStatus { row.exit }
    /// The same for every problem of this code; the sentence that tells one from another is the problem's
    /// detail.
    public var title: String { row.title }

    private var row: (status: Int, exit: ExitStatus, title: String) {
        switch self {
        case .badRequest: (400, .usage, "The request is malformed")
        case .badSpec: (422, .badInput, "The job's spec is wrong")
        case .badData: (422, .badInput, "The job's data cannot be read")
        case .unauthorized: (401, .noPermission, "The request lacks the daemon's token")
        case .forbidden: (403, .noPermission, "This user may not do that")
        case .misdirected: (421, .usage, "The request is for another host")
        case .noSuchJob: (404, .noSuchJob, "There is no such job")
        case .noSuchCheckpoint: (404, .noSuchJob, "There is no such checkpoint")
        case .notFound: (404, .usage, "There is no such resource")
        case .methodNotAllowed: (405, .usage, "The resource does not take this method")
        case .pathTooLong: (414, .usage, "The request's path is too long")
        case .headersTooLarge: (431, .usage, "The request's header fields are too large")
        case .bodyTooLarge: (413, .usage, "The request's body is too large")
        case .unsupportedMediaType: (415, .usage, "The request's body is of another kind than JSON")
        case .keyReused: (422, .usage, "The key of the request belongs to another request")
        case .notRunning: (409, .notRunning, "The job is not running")
        case .conflict: (409, .usage, "The job's state does not allow this")
        case .nameTaken: (409, .cannotCreate, "The name is taken")
        case .storage: (507, .inputOutput, "The state cannot be stored")
        case .busy: (503, .temporary, "The daemon is busy")
        case .shuttingDown: (503, .temporary, "The daemon is shutting down")
        case .internalError: (500, .internalError, "Internal error")
        }
    }

    /// The nearest code for a status alone, for answers of a daemon that is newer than this program.
    init(httpStatus: Int) {
        switch httpStatus {
        case 401: self = .unauthorized
        case 403: self = .forbidden
        case 404: self = .notFound
        case 405: self = .methodNotAllowed
        case 409: self = .conflict
        case 503: self = .shuttingDown
        case 507: self = .storage
        case 400..<500: self = .badRequest
        default: self = .internalError
        }
    }
}
