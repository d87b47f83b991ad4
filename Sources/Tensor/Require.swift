/// Stops the program with a sentence unless `condition` holds: for what only a mistake in the program can break, such
/// as operands whose shapes do not fit.
///
/// `precondition` does the same without the sentence in optimised builds, in which nobody would learn which shapes.
@inline(__always)
package func require(
    _ condition: Bool,
    _ sentence: @autoclosure () -> String = "a precondition of this function does not hold",
    file: StaticString = #fileID, line: UInt = #line
) {
    if !condition { stop(sentence(), file: file, line: line) }
}

@inline(never)
private func stop(_ sentence: String, file: StaticString, line: UInt) -> Never {
    fatalError(sentence, file: file, line: line)
}
