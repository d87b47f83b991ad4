import Foundation
import TestSupport
import Testing

@Suite("docs/reference.md: operations and autograd")
struct ReferenceTests {
    private let page: ReferencePage

    init() throws {
        page = try ReferencePage()
    }

    @Test("every public operation has its place, with its labels and defaults, and there is no other")
    func operations() throws {
        let sources = try PublicNames(in: ["Sources/Tensor/Ops"]).functions.filter { !$0.isCase }
        let spans = page.lines(of: "Tensor operations", with: "Swift").flatMap { $0.code("Swift") }
        #expect(spans.count > 80 && Set(spans).count == spans.count)
        var named: Set<String> = []
        for span in spans {
            let call = try #require(Call(span), "\(span)")
            let matches = sources.filter(call.calls)
            #expect(!matches.isEmpty, "\(span) is no operation, or its labels or defaults are others")
            named.formUnion(matches.map(key))
        }
        for function in sources where !named.contains(key(function)) {
            Issue.record("\(key(function)) is not in docs/reference.md")
        }
    }

    @Test("every public function and type of autograd is named")
    func autograd() throws {
        let sources = try PublicNames(in: ["Sources/Tensor/Autograd"])
        let lines = page.lines(of: "Autograd", with: "Swift")
        let named = lines.flatMap { $0.code("Swift") }.map { $0.replacing("Tensor.", with: "") }
        #expect(Set(named) == Set(sources.functions.map(\.symbol)).subtracting(["AutogradError(_:_:)"]))
        let code = Set(page.prose + lines.flatMap(\.code))
        for type in sources.types where !type.contains(".") { #expect(code.contains(type), "\(type)") }
    }

    private func key(_ function: PublicNames.Function) -> String {
        (function.isStatic ? "static " : "") + function.symbol
    }
}

/// A call of an operation as the page has it: an argument with a default is written with it.
private struct Call {
    var name: String
    var arguments: [(label: String, value: String)] = []
    var isStatic = false

    init?(_ text: String) {
        if text == "-a" {
            name = "-"
            arguments = [("a", "")]
        } else if let match = text.wholeMatch(of: /a (\S+) b/) {
            name = String(match.1)
            arguments = [("a", ""), ("b", "")]
            isStatic = true
        } else if let match = text.wholeMatch(of: /(Tensor|x|activation)\.(\w+)\((.*)\)/) {
            name = match.1 == "activation" ? "Activation.\(match.2)" : String(match.2)
            isStatic = match.1 == "Tensor"
            arguments = listParts(match.3).map { argument in
                guard let parts = argument.wholeMatch(of: /(\w+): (.*)/) else { return ("_", argument) }
                return (String(parts.1), String(parts.2))
            }
        } else {
            return nil
        }
    }

    func calls(_ function: PublicNames.Function) -> Bool {
        guard name == function.name, isStatic == function.isStatic, arguments.map(\.label) == function.labels
        else { return false }
        return zip(arguments, function.defaults).allSatisfy { $1 == nil || $0.value == $1 }
    }
}
