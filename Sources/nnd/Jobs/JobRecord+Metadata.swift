import Logging
import Store

extension JobRecord {
    /// What a log line about the job says of it.
    func metadata(_ more: Logger.Metadata = [:]) -> Logger.Metadata {
        more.merging(["job": .stringConvertible(id), "name": "\(name)"]) { value, _ in value }
    }
}
