extension WireSocket {
    /// Lets a trainer in that knows the secret; blocks.
    ///
    /// - Parameters:
    ///   - secret: That the daemon gave it.
    ///   - seconds: How long it may take to say so.
    /// - Throws: `WireError` for a stranger.
    package func takeHello(secret: String, within seconds: Int) throws {
        limitReads(toSeconds: seconds)
        let frame = try WireFrame(read(count: WireFrame.size), longestSnapshot: nil)
        guard frame.count <= 4096 else {
            throw WireError(.stranger, "somebody else came to the trainer's socket")
        }
        let report = try WireCoding.value(TrainerReport.self, of: try read(count: frame.count))
        guard case .hello(let version, let theirs) = report, TrainerEnvironment.isSame(secret, theirs) else {
            throw WireError(.stranger, "somebody else came to the trainer's socket")
        }
        guard version == TrainerReport.version else {
            throw WireError(
                .stranger,
                "the trainer speaks version \(version) of the protocol and this daemon \(TrainerReport.version); "
                    + "install both from one package")
        }
        limitReads(toSeconds: 0)
    }
}
