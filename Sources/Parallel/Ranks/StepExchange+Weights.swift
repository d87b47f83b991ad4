import Tensor

/// What the ranks have each of what they own: the gradient's size, the weights, the optimizer's state.
extension StepExchange {
    /// Completes what this rank's workers noted of the gradient's pieces with what the others' did.
    func compare(_ run: StepRun) {
        let counts = owned.map { 1 + $0.pieces.count }
        let squares = run.squaresByPiece
        let own: [UInt64] =
            [run.isFinite ? 1 : 0] + owned[rank].pieces.map { squares[$0].bitPattern }
        var rest = group.allgather(own, counts: counts)[...]
        for parts in owned {
            if rest.popFirst() != 1 { run.set(isFinite: false) }
            for piece in parts.pieces {
                run.note(squares: Double(bitPattern: rest.popFirst() ?? 0), ofPiece: piece)
            }
        }
    }

    /// Sends the weights that this rank has updated to all, and rank 0's word whether the step was the run's last.
    func spread(_ run: StepRun, isApplied: Bool) {
        let parts = isApplied ? owned : []
        // In front of rank 0's weights.
        gather(state.parameters, parts, heading: run.isLastStep ? 1 : 0) { heading in
            if heading != 0 { run.setLastStep() }
        }
    }

    /// Gives each rank what it owns of rank 0's buffer.
    func scatter(_ buffer: FlatBuffer) {
        let none = Array(repeating: 0, count: ranks)
        let counts = owned.enumerated().map { $0 == 0 ? 0 : $1.count }
        var received = none
        received[0] = counts[rank]
        let message = sent.room(for: rank == 0 ? counts : none)
        if rank == 0 {
            for (parts, place) in zip(owned, MessageBuffer.places(counts)).dropFirst() {
                parts.eachPlace(from: place) { message.take($0, of: buffer, at: $1) }
            }
        }
        let own = self.received.room(for: received)
        group.exchange(
            message, counts: rank == 0 ? counts : none, into: own, receivedCounts: received,
            atMost: buffer.count)
        if rank == 0 { return }
        owned[rank].eachPlace(from: 0) { buffer.take($1..<($1 + $0.count), of: own, at: $0.lowerBound) }
    }

    /// Brings the parts of a buffer together, in the buffers of all ranks or in that of rank 0.
    func gather(_ buffer: FlatBuffer, toAll: Bool) { gather(buffer, owned, toAll: toAll) }

    /// - Parameters:
    ///   - buffer: Where each rank's part is up to date with it.
    ///   - parts: By rank; none sends nothing.
    ///   - heading: A number that goes with rank 0's part; nil for none.
    ///   - toAll: Whether all are to have everything, or rank 0 alone.
    ///   - take: Gets rank 0's heading.
    private func gather(
        _ buffer: FlatBuffer, _ parts: [OwnedParts], heading: Float? = nil, toAll: Bool = true,
        take: (Float) -> Void = { _ in }
    ) {
        let before = heading == nil ? 0 : 1
        var counts = parts.isEmpty ? Array(repeating: 0, count: ranks) : parts.map(\.count)
        counts[0] += before
        let message = gathered.room(for: counts)
        var starts = MessageBuffer.places(counts)
        if let heading, rank == 0 { message.write([heading], at: 0) }
        starts[0] += before
        func eachPart(of rank: Int, _ body: (Range<Int>, Int) -> Void) {
            if parts.indices.contains(rank) { parts[rank].eachPlace(from: starts[rank], body) }
        }
        eachPart(of: rank) { message.take($0, of: buffer, at: $1) }
        if toAll {
            group.allgather(in: message, counts: counts)
        } else {
            group.gather(in: message, counts: counts)
        }
        guard toAll || rank == 0 else { return }
        for other in 0..<ranks where other != rank {
            eachPart(of: other) { buffer.take($1..<($1 + $0.count), of: message, at: $0.lowerBound) }
        }
        if heading != nil { take(message.values(in: 0..<1)[0]) }
    }
}
