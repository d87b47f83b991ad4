import Foundation

/// What the parts of samples are called where those were read. Kept with the job: what is scored and predicted later is
/// matched by these names.
package struct SampleNames: Sendable, Equatable, Codable {
    /// The columns of a table that has a header, labels among them, in the order of the file.
    package var columns: [String]?
    /// Which columns of a table hold labels, in the order in which targets have them; empty for what is no table.
    package var labels: [Int] = []
    /// The classes in their order.
    package var classes: [String]?

    package init(columns: [String]? = nil, labels: [Int] = [], classes: [String]? = nil) {
        (self.columns, self.labels, self.classes) = (columns, labels, classes)
    }

    /// The names of the columns that hold features, in the order in which samples have them; nil without a header.
    var features: [String]? {
        guard let columns else { return nil }
        let labels = Set(labels)
        return columns.indices.filter { !labels.contains($0) }.map { columns[$0] }
    }

    /// The names of the columns that hold labels.
    var labelNames: [String] {
        guard let columns else { return [] }
        return labels.filter(columns.indices.contains).map { columns[$0] }
    }

    /// For the database; the same text for the same names.
    package var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// - Returns: nil for what ``json`` has not made.
    package init?(json: String) {
        guard let names = try? JSONDecoder().decode(SampleNames.self, from: Data(json.utf8)) else {
            return nil
        }
        self = names
    }
}
