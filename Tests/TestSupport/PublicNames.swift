import Foundation

/// The public names of some of the package's source files, which are read as text.
package struct PublicNames {
    /// A function, an initializer or a case with values.
    package struct Function: Hashable {
        /// `Type.name`, `name`, or the type alone for an initializer; without the type in an extension of `Tensor`.
        package var name: String
        package var labels: [String]
        package var defaults: [String?]
        package var isStatic: Bool
        package var isCase: Bool

        /// `Type.name(label:_:)`
        package var symbol: String { name + "(" + labels.map { $0 + ":" }.joined() + ")" }
    }

    /// `Type` and `Type.Inner`.
    package private(set) var types: Set<String> = []
    /// `Type.name` of what has no parameters.
    package private(set) var values: Set<String> = []
    package private(set) var functions: [Function] = []

    /// - Parameter folders: Relative to the package, for example `Sources/NN/Layers`.
    /// - Throws: What Foundation says of a file that it cannot read.
    package init(in folders: [String]) throws {
        for folder in folders {
            let root = Fixture.url("../../" + folder).standardized.resolvingSymlinksInPath()
            let paths = (FileManager.default.enumerator(atPath: root.path)?.allObjects ?? [])
                .compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
            precondition(!paths.isEmpty, "there are no sources in \(root.path)")
            for path in paths { read(try String(contentsOf: root.appending(path: path), encoding: .utf8)) }
        }
    }

    /// Whether `text` is one of the names: `Type`, `Type.value`, `Type(label:)`, `Type.name(label:)`.
    package func contain(_ text: String) -> Bool {
        types.contains(text) || values.contains(text) || functions.contains { $0.symbol == text }
    }

    private mutating func read(_ text: String) {
        // The types around a line, with their indentations.
        var around: [(name: String, indentation: Int, isPublicEnum: Bool)] = []
        let lines = text.components(separatedBy: "\n")
        for (index, line) in lines.enumerated() {
            let words = line.trimmingCharacters(in: .whitespaces)
            if words.isEmpty || words.hasPrefix("//") { continue }
            let indentation = line.prefix { $0 == " " }.count
            while let last = around.last, last.indentation >= indentation, !["{", "}"].contains(words) {
                around.removeLast()
            }
            let scope = around.last?.name
            let isPublic = words.hasPrefix("public ")
            if let type = declaredType(words) {
                let name = (scope.map { $0 + "." } ?? "") + type.name
                if isPublic, type.kind != "extension" { types.insert(name) }
                if type.kind != "typealias", words.hasSuffix("{") || !words.contains("}") {
                    around.append((name, indentation, isPublic && type.kind == "enum"))
                }
                continue
            }
            let isCase = around.last.map { $0.isPublicEnum && $0.indentation + 4 == indentation } ?? false
            guard isPublic || isCase && words.hasPrefix("case "), !words.hasPrefix("public import") else {
                continue
            }
            let rest = lines[index...].prefix(20).joined(separator: " ")
            if let value = words.firstMatch(of: /(?:case|var|let) (\w+)(?!.*\()|(?:var|let) (\w+)/),
                !words.contains("func "), !words.contains("init("), !words.contains("subscript(")
            {
                values.insert(member(String(value.1 ?? value.2 ?? ""), of: scope))
            } else if let function = function(rest, scope: scope) {
                functions.append(function)
                if isCase { values.insert(function.name) }
            }
        }
    }

    private func member(_ name: String, of scope: String?) -> String {
        scope.map { $0 == "Tensor" ? name : $0 + "." + name } ?? name
    }

    private func function(_ text: String, scope: String?) -> Function? {
        let pattern = /(?:func|case|init|subscript)\??\s*`?([\w]+|[-+*\/.<>=!]+)?`?\s*(?:<[^(]*>)?\s*\(/
        guard let match = text.firstMatch(of: pattern) else { return nil }
        var depth = 1
        let list = text[match.range.upperBound...].prefix {
            if "([{".contains($0) { depth += 1 }
            if ")]}".contains($0) { depth -= 1 }
            return depth > 0
        }
        let parameters = listParts(list.replacing("->", with: "→"))
        let isCase = match.0.hasPrefix("case")
        let isSubscript = match.0.hasPrefix("subscript")
        let labels = parameters.map { parameter -> String in
            guard let colon = parameter.firstIndex(of: ":") else { return "_" }
            let names = parameter[..<colon].split(separator: " ").filter { !$0.hasPrefix("@") }
            if isSubscript, names.count == 1 { return "_" }
            return names.first.map(String.init) ?? "_"
        }
        let defaults = parameters.map { parameter in
            parameter.firstRange(of: " = ").map { String(parameter[$0.upperBound...]) }
        }
        let name: String? =
            match.0.hasPrefix("init")
            ? scope : member(isSubscript ? "subscript" : String(match.1 ?? ""), of: scope)
        return name.map {
            Function(
                name: $0, labels: labels, defaults: defaults,
                isStatic: text.contains(/^\s*public static (?!prefix)/), isCase: isCase)
        }
    }
}

/// The kind and the name of the type that a line begins.
private func declaredType(_ line: String) -> (kind: String, name: String)? {
    let modifiers = ["public", "package", "internal", "fileprivate", "private", "final", "indirect"]
    let words = line.split(separator: " ", maxSplits: 4).drop { modifiers.contains(String($0)) }
    guard let kind = words.first, let name = words.dropFirst().first,
        ["struct", "enum", "protocol", "extension", "actor", "class", "typealias"].contains(kind)
    else { return nil }
    return (String(kind), String(name.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }))
}
