import Foundation
import NN
import Spec
import TestSupport
import Testing

@Suite("docs/reference.md: names of Swift and state of optimizers")
struct ReferenceTests {
    private let page: ReferencePage

    init() throws {
        page = try ReferencePage()
    }

    @Test("every public type and function of layers, losses, metrics and what trains them is named")
    func complete() throws {
        let folders = ["Layers", "Losses", "Metrics", "Optimizers", "Schedules", "Initializers"]
        let sources = try PublicNames(in: folders.map { "Sources/NN/\($0)" })
        let code = page.prose + page.lines.flatMap(\.code)
        let heads = Set(code.map { String($0.prefix { $0 != "(" }) })
        let parents = Set(heads.map { $0.split(separator: ".").dropLast().joined(separator: ".") })
        #expect(sources.types.count > 50)
        for type in sources.types.subtracting(heads).subtracting(parents) {
            Issue.record("`\(type)` is not in docs/reference.md")
        }
        let free = sources.functions.filter { $0.name.first?.isLowercase ?? false && !$0.name.contains(".") }
        #expect(free.count >= 6)
        for function in free where !code.contains(function.symbol) {
            Issue.record("`\(function.symbol)` is not in docs/reference.md")
        }
    }

    @Test("there is everything that it names")
    func exists() throws {
        let sources = try PublicNames(in: ["Spec", "Tensor", "NN", "Parallel"].map { "Sources/\($0)" })
        let tables = page.lines.filter { $0.section != "Tensor operations" && $0.section != "Autograd" }
        let names = tables.flatMap { $0.code("Swift") }
        #expect(names.count > 100)
        // In sentences the names are those with labels, or of a type's member.
        let inSentences = (page.prose + tables.flatMap(\.code)).filter {
            $0.contains(/^[A-Za-z0-9.]+\((\w+:)+\)$/) || $0.contains(/^[A-Z][a-z]\w*\.\w+$/)
        }
        for name in Set(names + inSentences) {
            let isThere = sources.contain(name)
            #expect(isThere, "`\(name)`")
        }
    }

    @Test("optimizers keep the state that it names")
    func states() throws {
        let lines = page.lines(of: "Optimizers")
        #expect(lines.count == 10)
        for line in lines {
            let text = line.only("YAML")
            let always = (line["state"] ?? "").split(separator: ";").first.map(String.init) ?? ""
            let names = line.code("state")
            #expect(try states(text) == names.filter { always.contains("`\($0)`") })
            #expect(try states(text.replacing("momentum: 0,", with: "momentum: 0.5,")) == names)
        }
    }

    @Test("optimizers made in Swift have the defaults of a job file")
    func defaults() throws {
        let sources = try PublicNames(in: ["Sources/NN/Optimizers"])
        for line in page.lines(of: "Optimizers") {
            let symbol = line.only("Swift")
            let function = try #require(sources.functions.first { $0.symbol == symbol })
            let text = line.only("YAML")
            let list = text.drop { $0 != "{" }.dropFirst().dropLast()
            let values = listParts(list).map { $0.components(separatedBy: ": ").last ?? "" }
            #expect(
                values.count >= 3 && values.map(number) == function.defaults.map { number($0 ?? "") },
                "\(text)")
        }
    }

    /// false and true as 0 and 1; nil for what is no number.
    private func number(_ text: String) -> Double? {
        text == "false" ? 0 : text == "true" ? 1 : Double(text)
    }

    private func states(_ optimizer: String) throws -> [String] {
        let job = try JobSpec(
            yaml: """
                data: {train: {csv: {path: a.csv, label: y}}}
                model: {input: [4], layers: [{dense: {units: 3}}]}
                loss: softmax_cross_entropy
                training: {steps: 5}
                optimizer: {\(optimizer)}
                """)
        return job.optimizer.makeOptimizer().stateNames
    }
}
