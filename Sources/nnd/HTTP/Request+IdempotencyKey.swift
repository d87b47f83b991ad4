import Control
import Foundation
import HTTPTypes
import Hummingbird
import Store

extension Request {
    /// What the request is known by if it comes again: its header field `Idempotency-Key` and what its body says, however that
    /// is written. nil without the field. Two users' keys are never the same.
    func idempotencyKey(of message: some Encodable, from owner: UInt32?) throws -> RequestKey? {
        guard let name = HTTPField.Name("Idempotency-Key"), let key = headers[name] else { return nil }
        guard headers[values: name].count == 1 else {
            throw Problem(.badRequest, "Idempotency-Key: expected once, found more than once.")
        }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw Problem(.badRequest, "Idempotency-Key: expected 1 to 255 printable ASCII characters.")
        }
        return RequestKey(key, from: owner, request: try WireJSON.encode(message))
    }
}
