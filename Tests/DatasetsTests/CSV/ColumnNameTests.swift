import Datasets
import Files
import Foundation
import Spec
import TestSupport
import Testing

@Suite("Columns that have names")
struct ColumnNameTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func read(
        _ text: String, label: String = "kind", header: Bool = true, like names: SampleNames? = nil,
        limit: Int = .max
    ) throws(DataError) -> Dataset {
        let path = "\(directory.path)/table.csv"
        try? Data(text.utf8).write(to: URL(filePath: path))
        return try Dataset.load(
            .csv(CSVSourceSpec(path: path, label: label, header: header)), task: .classification,
            storage: SampleStorage(memoryLimit: limit, directory: directory.path), files: .own, like: names)
    }

    private let trained = SampleNames(columns: ["a", "kind", "b", "c"], labels: [1])

    @Test("are found in any order, in memory and in files")
    func order() throws {
        let rows = try read("a,kind,b,c\n1,0,2,3\n4,1,5,6\n")
        #expect(rows.names == trained && rows.gathered() == [1, 2, 3, 4, 5, 6])
        for limit in [Int.max, 0] {
            let others = try read("c,\"a\",b,kind\n3,1,2,0\n6,4,5,1\n", like: rows.names, limit: limit)
            #expect(others.gathered() == rows.gathered() && others.labels == rows.labels)
            #expect(try others.fingerprint() == rows.fingerprint())
        }
        // Labels are those that the source names.
        let renamed = try read("sort,b,a,c\n1,2,1,3\n", label: "sort", like: trained)
        #expect(renamed.gathered() == [1, 2, 3] && renamed.labels == [1])
        // Without a header there is nothing to go by but the order.
        let plain = try read("1,0,2,3\n", label: "1", header: false, like: trained)
        #expect(plain.gathered() == [1, 2, 3])
        let view = try rows.subset(rows: [1]).scaled(by: .divide(by: 2))
        #expect(view.names == trained)
    }

    @Test("that differ are refused by the first of them")
    func strangers() throws {
        func refuse(_ text: String, like names: SampleNames, _ sentence: String) {
            expect(.columnNames, sentence, path: "\(directory.path)/table.csv") { () throws(DataError) in
                try read(text, like: names)
            }
        }
        refuse(
            "a,q,kind,c\n1,2,0,3\n", like: trained,
            "FILE:1: column \"q\": the training data has no such column; its features are \"a\", \"b\", \"c\" with the label \"kind\""
        )
        refuse(
            "a,c,kind\n1,2,0\n", like: trained,
            "FILE:1: column \"b\": the column is missing; the training data has it")
        refuse(
            "a,a,kind,c\n1,2,0,3\n", like: trained,
            "FILE:1: column \"a\": there are two columns of this name, and the training data has one")
        let double = SampleNames(columns: ["a", "a", "b", "kind"], labels: [3])
        refuse(
            "b,a,a,kind\n1,2,3,0\n", like: double,
            "FILE:1: column \"a\": the training data has several columns of this name, so all must stand in its order: \"a\", \"a\", \"b\""
        )
        #expect(throws: Never.self) { try read("a,a,kind,b\n1,2,0,3\n", like: double) }
    }

    @Test("are kept as JSON")
    func json() throws {
        for names in [trained, SampleNames(), SampleNames(classes: ["cat", "\"dog\""])] {
            #expect(SampleNames(json: names.json) == names)
        }
        #expect(SampleNames(json: "[]") == nil)
        let object = try JSON(Data(trained.json.utf8))
        #expect(object["columns"] == .array(["a", "kind", "b", "c"].map { .string($0) }))
    }
}
