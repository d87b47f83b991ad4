public import Foundation

/// The daemon about itself: the answer to `GET /v1/daemon`.
public struct DaemonInfo: Codable, Sendable, Equatable {
    public var version: String
    public var pid: Int
    public var stateDirectory: String
    public var socket: String
    public var startedAt: Date
    /// What the arithmetic kernels use, for example `avx512`; equal bits are promised for an equal value
    /// only.
    public var instructionSet: String
    public var cores: Int
    /// Jobs that are running.
    public var running: Int
    /// Jobs that wait for their turn.
    public var queued: Int
    /// Address and port of the TCP listener; nil if there is none.
    @ExplicitNull public var listen: String?

    public init(
        version: String, pid: Int, stateDirectory: String, socket: String, startedAt: Date,
        instructionSet: String,
        cores: Int, running: Int, queued: Int, listen: String? = nil
    ) {
        self.version = version
        self.pid = pid
        self.stateDirectory = stateDirectory
        self.socket = socket
        self.startedAt = startedAt
        self.instructionSet = instructionSet
        self.cores = cores
        self.running = running
        self.queued = queued
        self.listen = listen
    }
}
