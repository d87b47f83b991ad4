/// Whether operations are recorded, for the scope of `withoutGradient`. Bound for the length of a call and
/// never assigned, so it cannot be left in the wrong state.
enum Recording {
    @TaskLocal static var isPaused = false
}

/// Runs `body` with nothing recorded: what it makes of tracked tensors is constant, as under PyTorch's
/// `no_grad`.
///
/// The scope is the call: it ends when `body` returns or throws, scopes nest, and another thread that
/// computes meanwhile is not touched. A tensor that `body` passes on unchanged stays what it was, and
/// `tracked` still makes leaves. Where only a few operands are constant, `detached` on those says so without
/// a scope.
///
/// - Parameter body: What is computed.
/// - Returns: what `body` returns.
/// - Throws: what `body` throws.
public func withoutGradient<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
    // The binding of a task local rethrows untyped, so the error leaves it as a value.
    let outcome: Swift.Result<Result, Failure> = Recording.$isPaused.withValue(true) {
        do throws(Failure) { return .success(try body()) } catch { return .failure(error) }
    }
    return try outcome.get()
}
