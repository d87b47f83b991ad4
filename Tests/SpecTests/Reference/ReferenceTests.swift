import Foundation
import Spec
import TestSupport
import Testing

@Suite("docs/reference.md: keys, defaults and shapes")
struct ReferenceTests {
    private let page: ReferencePage
    private let schema: SchemaKinds

    init() throws {
        page = try ReferencePage()
        schema = try SchemaKinds()
    }

    @Test("every word of the format has one line, and there is no other", arguments: ReferenceFamily.allCases)
    func words(_ family: ReferenceFamily) {
        let words = page.lines(of: family.heading).map { Snippet($0.only("YAML")).keyword }
        let known = schema.kinds(of: family).map(\.keyword)
        #expect(words.count > 6 && words.sorted() == known.sorted())
    }

    @Test("a line's YAML is a job's, and holds every default", arguments: ReferenceFamily.allCases)
    func defaults(_ family: ReferenceFamily) throws {
        for line in page.lines(of: family.heading) {
            let snippet = Snippet(line.only("YAML"))
            let kind = try #require(schema.kinds(of: family).first { $0.keyword == snippet.keyword })
            for job in family.jobs(line) {
                let whole = try JobSpec(yaml: job(snippet.text), file: snippet.text)
                let bare = try JobSpec(yaml: job(snippet.without(kind.optional).text), file: snippet.text)
                #expect(whole.canonicalJSON == bare.canonicalJSON, "\(snippet.text)")
            }
            // What has no default stands beside the YAML; `name` and its like are said once for all layers.
            let missing = kind.optional.subtracting(snippet.entries.map(\.key)).subtracting(schema.commonKeys)
            #expect(missing.isSubset(of: line.code), "\(snippet.keyword): \(missing)")
        }
    }

    @Test("layers give the shapes, parameters and running averages that it says")
    func shapes() throws {
        for line in page.lines(of: "Layers") {
            let shape = line.only("shapes").components(separatedBy: " → ").map(sizes)
            try #require(shape.count == 2)
            let job = try JobSpec(yaml: ReferenceFamily.layers.jobs(line)[0](line.only("YAML")))
            let found = try job.model.shapes()
            #expect(found.layers.first?.input == shape[0] && found.layers.first?.output == shape[1])
            let parts = line.only("parameters").components(separatedBy: "; ")
            let parameters = found.parameters.filter { $0.name.hasPrefix("0.") }
            #expect(line["parameters"] == "–" ? parameters.isEmpty : described(parameters) == parts[0])
            #expect(described(found.averages) == (parts.count == 2 ? parts[1] : ""))
        }
    }

    @Test("losses and metrics take the targets that it says")
    func targets() {
        for line in page.lines(of: "Losses") {
            let words = line["targets"] ?? ""
            let takes = { (label: String) in
                problem(
                    text(\.data, "data: {train: {csv: {path: a.csv, label: \(label)}}}")
                        .replacing(
                            "loss: softmax_cross_entropy", with: "loss: \(Snippet(line.only("YAML")).node)"))
                    == nil
            }
            #expect(words.contains("a number an output") == takes("[a, b, c]"), "\(words)")
            if words.contains("class index") || words.contains("probabilities") {
                #expect(words.contains("class index") == takes("y"), "\(words)")
            }
        }
        for line in page.lines(of: "Metrics") {
            let words = line["targets"] ?? ""
            for (targets, loss, units) in [
                ("classes", "softmax_cross_entropy", 7), ("two classes", "binary_cross_entropy", 1),
                ("numbers", "huber", 1),
            ] {
                var job = Text()
                job.model = "model: {input: [4], layers: [{dense: {units: \(units)}}]}"
                job.loss = "loss: \(loss)\nmetrics: [\(Snippet(line.only("YAML")).node)]"
                // Of two classes there are no three largest.
                let fits = words == targets || words == "classes" && units == 1 && targets != "numbers"
                if targets == "two classes", line.only("YAML").hasPrefix("top_") { continue }
                #expect((problem(job.text) == nil) == fits, "\(line.only("YAML")), \(targets)")
            }
        }
    }

    @Test("every key of training has one line, with what holds without it")
    func training() throws {
        let lines = page.lines(of: "Training")
        let properties = schema.properties(of: "training")
        #expect(lines.map { Snippet($0.only("YAML")).keyword }.sorted() == properties.keys.sorted())
        for line in lines {
            let snippet = Snippet(line.only("YAML"))
            let length = ["steps", "epochs"].contains(snippet.keyword) ? "" : "steps: 5, "
            func job(_ keys: String) throws -> String {
                var job = Text()
                job.data = "data: {train: {csv: {path: a.csv, label: y}}, validation: {fraction: 0.1}}"
                job.training = "training: {\(length)\(keys)}"
                return try JobSpec(yaml: job.text, file: keys).canonicalJSON
            }
            let optional = SchemaKinds.optionalKeys(properties[snippet.keyword])
            #expect(try job(snippet.text) == job(snippet.without(optional, keepsMapping: true).text))
            #expect(optional.isSubset(of: snippet.entries.map(\.key)))
            guard !length.isEmpty else { continue }
            let isDefault = snippet.text.hasSuffix(": " + (line["without it"] ?? ""))
            #expect(try (job(snippet.text) == job("")) == isDefault, "\(snippet.text)")
        }
    }

    private func sizes(_ text: String) -> [Int] {
        text.split { !$0.isNumber }.compactMap { Int($0) }
    }

    private func described(_ parameters: [ModelShapes.Parameter]) -> String {
        parameters.map { "\($0.name.dropFirst(2)) \($0.shape)" }.joined(separator: ", ")
    }
}
