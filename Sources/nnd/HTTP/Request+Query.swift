import Control
import Hummingbird

extension Request {
    /// A number in the query; nil where there is none of the name.
    ///
    /// - Throws: `Problem` of code `bad-request` for what is no number of the range.
    func number(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
        guard let text = uri.queryParameters[name[...]] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Problem(
                .badRequest,
                "\(name): expected a number from \(range.lowerBound) to \(range.upperBound), found `\(text)`."
            )
        }
        return number
    }
}

/// The id of a checkpoint, as a path or a query has it under a name.
///
/// - Throws: `Problem` of code `bad-request` for what is none.
func checkpointID(_ text: some StringProtocol, named name: String) throws(Problem) -> Int {
    guard let id = Int(text), id >= 1 else {
        throw Problem(.badRequest, "\(name): expected the id of a checkpoint, found `\(text)`.")
    }
    return id
}
