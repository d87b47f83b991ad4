import Crypto
import Foundation
package import Spec

extension JobRecord {
    /// The spec as the job's next run has it: with the shards that its first run had, should it name none.
    ///
    /// - Parameter overrides: `KEY=VALUE` each, applied in order.
    /// - Returns: The spec, checked.
    /// - Throws: `StoreError.damaged` when the stored text is not the one that was hashed; `SpecError` when an
    ///   override is wrong or another version of the program wrote a spec that this one cannot read.
    package func spec(overrides: [String] = []) throws -> JobSpec {
        try StoredSpec(job: name, json: specJSON, hash: specHash).spec(shards: shards, overrides: overrides)
    }
}

/// A spec's text and the hash that was stored beside it.
struct StoredSpec: Sendable {
    let job: String
    let json: String
    let hash: String

    func spec(shards: Int? = nil, overrides: [String] = []) throws -> JobSpec {
        guard StoredSpec.hash(json) == hash else {
            throw StoreError(
                .damaged,
                "the stored spec of job `\(job)` is damaged: it does not match its SHA-256 \(hash.prefix(12))…; "
                    + "restore the database from a copy, or start the job anew")
        }
        var spec = try JobSpec(yaml: json, file: job, overrides: overrides)
        // The default may be another one in the version that runs now, and another number gives other bits.
        if spec.training.shards == nil {
            spec.training.shards = shards.map { min($0, spec.training.batchSize) }
        }
        return spec
    }

    /// SHA-256, 64 hexadecimal digits.
    static func hash(_ json: String) -> String {
        SHA256.hash(data: Data(json.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }
}
