import Datasets
import Spec
import Testing

@Suite("Bad tables get a sentence")
struct CSVErrorTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func expectError(
        _ code: DataError.Code, _ sentence: String, in text: String, label: String = "y", header: Bool = true,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let path = try directory.file("t.csv", text)
        expect(code, sentence, path: path, sourceLocation: sourceLocation) { () throws(DataError) in
            try readTable(path, label: label, header: header)
        }
    }

    @Test(
        "what is not a number is quoted, with its line and column",
        arguments: [
            "abc", "1.2.3", "1e", "0x10", "--1", "1 2", "\"1", "1\"", "e5", ".", "12abc", "1_000", "١", "NA",
            "Nancy", "info",
        ])
    func notANumber(field: String) throws {
        let shown = field.debugDescription
        try expectError(
            .notANumber, "FILE:4: column \"b\": \(shown) is not a number", in: "a,b,y\n1,2,0\n\n1,\(field)")
    }

    @Test("control characters of a file do not reach the terminal, and long fields are cut")
    func harmless() throws {
        try expectError(
            .notANumber, "FILE:2: column \"a\": \"\\u{1B}[31m\" is not a number", in: "a,y\n\u{1B}[31m,0\n")
        let long = String(repeating: "x", count: 41)
        try expectError(
            .notANumber, "FILE:2: column \"a\": \"\(long.dropLast())…\" is not a number",
            in: "a,y\n\(long),0\n")
    }

    @Test("an empty field")
    func emptyField() throws {
        try expectError(
            .notANumber, "FILE:2: column \"b\": the field is empty, where a number is needed",
            in: "a,b,y\n1, ,0\n")
        try expectError(
            .notANumber, "FILE:2: column \"y\": the field is empty, where a number is needed",
            in: "a,b,y\n1,2,\n")
    }

    @Test("a header that was not announced")
    func header() throws {
        try expectError(
            .notANumber,
            "FILE:1: column 0: \"a\" is not a number; "
                + "if the first line names the columns, say `header: true`",
            in: "a,y\n1,0\n", label: "1", header: false)
        try expectError(
            .notANumber, "FILE:2: column 0: \"a\" is not a number", in: "1,0\na,1\n", label: "1",
            header: false)
    }

    @Test(
        "numbers that are not finite",
        arguments: ["nan", "-inf", "Infinity", "1e39", "-3.5e38", "1e999999999"])
    func nonFinite(field: String) throws {
        try expectError(
            .nonFinite, "FILE:2: column \"a\": \"\(field)\" is not a finite 32-bit number",
            in: "a,y\n\(field),0\n")
    }

    @Test("lines with too few or too many columns")
    func columnCount() throws {
        try expectError(
            .wrongColumnCount, "FILE:3: the line has 2 columns, but line 1 has 3", in: "a,b,y\n1,2,0\n1,2\n")
        try expectError(
            .wrongColumnCount, "FILE:2: the line has 4 columns, but line 1 has 3", in: "a,b,y\n1,2,0,\n")
        try expectError(
            .wrongColumnCount, "FILE:4: the line has 1 column, but line 2 has 2", in: "\n1,2\n\n1\n",
            label: "1",
            header: false)
    }

    @Test("label columns that are one and the same, or that leave no feature")
    func labelColumns() throws {
        let path = try directory.file("t.csv", "a,b,c\n1,2,3\n")
        func read(_ labels: [String]) throws(DataError) -> Dataset {
            try Dataset.load(.csv(CSVSourceSpec(path: path, labels: labels)), task: .regression)
        }
        DatasetsTests.expect(
            .labelColumn, "FILE:1: column \"1\" is named twice as a label", path: path
        ) { () throws(DataError) in try read(["b", "1"]) }
        DatasetsTests.expect(
            .labelColumn, "FILE:1: all 3 columns are labels, but at least one feature is needed", path: path
        ) { () throws(DataError) in try read(["c", "a", "b"]) }
    }

    @Test("a label column that is not there")
    func labelColumn() throws {
        try expectError(
            .labelColumn,
            "FILE:1: there is no column \"qualty\" for the label; the nearest name is \"quality\"",
            in: "acid,quality,sugar\n1,2,3\n", label: "qualty")
        try expectError(
            .labelColumn, "FILE:1: there is no column 3 for the label; the 3 columns count from 0 to 2",
            in: "1,2,3\n", label: "3", header: false)
        try expectError(
            .labelColumn, "FILE:1: there is no column -1 for the label; the 3 columns count from 0 to 2",
            in: "1,2,3\n", label: "-1", header: false)
        try expectError(
            .labelColumn,
            "FILE:1: without a header the label column is given by its index, 0 to 2, but it is \"quality\"",
            in: "1,2,3\n", label: "quality", header: false)
        try expectError(
            .labelColumn, "FILE:1: 2 columns are named \"y\"; give the label's index from 0",
            in: "y,x,y\n1,2,3\n")
    }

    @Test("a table with one column, and why it may seem so")
    func oneColumn() throws {
        let sentence = "FILE:1: the line has one column, but a label and at least one feature are needed; "
        try expectError(.wrongFormat, sentence + "columns are separated by commas", in: "y\n1\n")
        try expectError(
            .wrongFormat, sentence + "columns are separated by commas, not by semicolons", in: "a;y\n1;0\n")
        try expectError(
            .wrongFormat, sentence + "columns are separated by commas, not by tabs", in: "a\ty\n1\t0\n")
    }

    @Test(
        "labels that are no class indices",
        arguments: [
            ("-1", "-1.0"), ("1.5", "1.5"), ("16777216", "16777216.0"), ("1e30", "1e+30"),
        ])
    func badLabel(field: String, shown: String) throws {
        try expectError(
            .badLabel,
            "FILE:2: column \"y\": the label \(shown) is not a class index, "
                + "a whole number from 0 to 16777215",
            in: "a,y\n1,\(field)\n")
    }

    @Test("files without rows")
    func empty() throws {
        try expectError(.empty, "FILE: the file holds no lines", in: "")
        try expectError(.empty, "FILE: the file holds no lines", in: "\n \n\r\n")
        try expectError(.empty, "FILE: the file has a header but no rows", in: "a,y\n\n")
    }

    @Test("a line without an end is not read to its end")
    func longLine() throws {
        let path = try directory.file("t.csv", "1,2,0\n" + String(repeating: "1", count: 2_000_000))
        let source = SourceSpec.csv(CSVSourceSpec(path: path, label: "2", header: false))
        expect(.tooLarge, "FILE:2: the line is longer than 300000 bytes", path: path) {
            () throws(DataError) in
            var storage = SampleStorage.standard()
            storage.longestLine = 300_000
            return try Dataset.load(source, task: .classification, storage: storage)
        }
    }
}
