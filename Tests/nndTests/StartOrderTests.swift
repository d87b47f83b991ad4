import Control
import Spec
import Store
import Testing
import nnd

@Suite("A start request")
struct StartOrderTests {
    static let spec = """
        name: wine
        data: {train: {csv: {path: wine.csv, label: quality}}}
        model: {input: [11], layers: [{dense: {units: 1}}]}
        loss: mean_squared_error
        optimizer: sgd
        training: {epochs: 1, workers: 2}
        """

    @Test("paths start from the client's directory, and the name from the file may be numbered")
    func fromFile() throws {
        let order = try StartOrder(StartRequest(spec: SpecText(Self.spec), baseDirectory: "/data"))
        guard case .csv(let source) = order.spec.data.train else {
            Issue.record("not a CSV source")
            return
        }
        #expect(source.path == "/data/wine.csv")
        #expect(order.name == "wine")
        #expect(order.workers == .count(2))
        guard case .number = order.ifNameTaken else {
            Issue.record("a name out of a file must not be refused")
            return
        }
    }

    @Test("what the request asks for goes before the spec")
    func overrides() throws {
        let order = try StartOrder(
            StartRequest(
                spec: SpecText(Self.spec), baseDirectory: "/", name: "mine", workers: .auto,
                set: ["training.epochs=7"]))
        #expect(order.name == "mine")
        #expect(order.workers == .auto)
        #expect(order.spec.training.length == .epochs(7))
        guard case .refuse = order.ifNameTaken else {
            Issue.record("a name that was asked for must be had or refused")
            return
        }
    }

    @Test("a relative path without a directory, a relative directory and too many workers are refused")
    func refusals() throws {
        #expect(throws: Problem.self) { try StartOrder(StartRequest(spec: SpecText(Self.spec))) }
        #expect(throws: Problem(.badRequest, "base_directory: expected an absolute path, found `data`.")) {
            try StartOrder(StartRequest(spec: SpecText(Self.spec), baseDirectory: "data"))
        }
        #expect(
            throws: Problem(.badRequest, "workers: expected auto or a number from 1 to 1024, found 1025.")
        ) {
            try StartOrder(
                StartRequest(spec: SpecText(Self.spec), baseDirectory: "/", workers: .count(1025)))
        }
    }

    @Test(
        "a name that a job file could not have is refused",
        arguments: ["", "-a", ".a", "42", "a b", "a/b", "a\n", "é", String(repeating: "a", count: 65)])
    func badName(name: String) throws {
        let problem = try #require(throws: Problem.self) {
            try StartOrder(StartRequest(spec: SpecText(Self.spec), baseDirectory: "/", name: name))
        }
        #expect(problem.code == .badRequest)
        #expect(problem.detail.hasPrefix("name: expected a name of 1 to 64 letters, digits"))
    }

    @Test("a mistake in the spec names file and line")
    func badSpec() throws {
        let text = Self.spec.replacing("epochs: 1", with: "epochs: 0")
        let error = try #require(throws: SpecError.self) {
            try StartOrder(StartRequest(spec: SpecText(text), file: "wine.yaml", baseDirectory: "/"))
        }
        #expect(error.description.hasPrefix("wine.yaml:6: training.epochs"))
    }
}
