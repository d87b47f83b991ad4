import Foundation

/// JSON with sorted keys: the same text for equal values, so that it can be hashed.
///
/// - Parameters:
///   - value: What is written.
///   - what: What to call it in the error.
/// - Returns: JSON.
/// - Throws: `StoreError.invalidSnapshot`, for example when a number is not finite.
func canonicalJSON(_ value: some Encodable, what: String) throws(StoreError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
        throw StoreError(.invalidSnapshot, "\(what) cannot be written as JSON: \(error)")
    }
}
