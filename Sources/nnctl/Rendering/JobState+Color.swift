import Control

extension JobState {
    var color: Style.Color? {
        switch self {
        case .queued, .stopped: .dim
        case .running: .cyan
        case .paused: .yellow
        case .succeeded: .green
        case .failed: .red
        }
    }
}
