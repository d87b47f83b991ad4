extension DocumentNode {
    /// Replaces one value, as `--set training.workers=2` does.
    ///
    /// Mappings on the way are made when they are missing, and a kind written as a bare word (`optimizer:
    /// adam`) becomes one with parameters; whether the result means anything is the grammar's business.
    ///
    /// - Parameter argument: `KEY=VALUE`, where VALUE is YAML in flow style.
    /// - Returns: The tree with the new value, which remembers the argument.
    /// - Throws: When the argument has another form, or a list on the way has no such element.
    func applying(override argument: String) throws(SpecError) -> DocumentNode {
        let origin = Origin.override(argument)
        let sides = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard sides.count == 2, let key = sides.first, let path = DocumentPath(key) else {
            throw SpecError(
                origin: origin, key: "", "expected KEY=VALUE, for example training.workers=2")
        }
        let parsed: DocumentNode?
        do throws(SpecError) {
            parsed = try DocumentNode(yaml: String(sides[1]))
        } catch {
            throw SpecError(origin: origin, key: path.description, error.problem)
        }
        guard let parsed else {
            throw SpecError(origin: origin, key: path.description, "the value after `=` is missing")
        }
        return try setting(path.steps[...], to: parsed.moved(to: origin), done: .root, origin: origin)
    }

    private func setting(
        _ steps: ArraySlice<DocumentPath.Step>, to new: DocumentNode, done: DocumentPath, origin: Origin
    ) throws(SpecError) -> DocumentNode {
        guard let step = steps.first else { return new }
        var result = self
        switch (value, step) {
        case (.list(var elements), _):
            let index = try Self.index(step, count: elements.count, of: done, origin: origin)
            elements[index] = try elements[index].setting(
                steps.dropFirst(), to: new, done: done.appending(index), origin: origin)
            result.value = .list(elements)
        case (_, .index):
            throw SpecError(origin: origin, key: done.description, "expected a list, found \(found)")
        case (.mapping(var entries), .key(let key)):
            let child = done.appending(key)
            if let place = entries.firstIndex(where: { $0.key == key }) {
                entries[place].value = try entries[place].value.setting(
                    steps.dropFirst(), to: new, done: child, origin: origin)
            } else {
                let value = try DocumentNode(.plain(""), origin: origin).setting(
                    steps.dropFirst(), to: new, done: child, origin: origin)
                entries.append(Entry(key: key, origin: origin, value: value))
            }
            result.value = .mapping(entries)
        case (.plain, .key), (.quoted, .key):
            let kind = string.map { [Entry(key: $0, origin: self.origin, value: DocumentNode(.mapping([])))] }
            return try DocumentNode(.mapping(kind ?? []), origin: origin).setting(
                steps, to: new, done: done, origin: origin)
        }
        return result
    }

    private static func index(
        _ step: DocumentPath.Step, count: Int, of path: DocumentPath, origin: Origin
    ) throws(SpecError) -> Int {
        let index: Int? =
            switch step {
            case .index(let index): index
            case .key(let key): Int(key)
            }
        guard let index, (0..<count).contains(index) else {
            throw SpecError(
                origin: origin, key: path.description,
                "the list has \(count) \(count == 1 ? "element" : "elements"), so expected an index "
                    + "below \(count)"
            )
        }
        return index
    }

    /// The same tree with every place in it pointing to `origin`.
    private func moved(to origin: Origin) -> DocumentNode {
        switch value {
        case .plain, .quoted:
            return DocumentNode(value, origin: origin)
        case .list(let elements):
            return DocumentNode(.list(elements.map { $0.moved(to: origin) }), origin: origin)
        case .mapping(let entries):
            let moved = entries.map { Entry(key: $0.key, origin: origin, value: $0.value.moved(to: origin)) }
            return DocumentNode(.mapping(moved), origin: origin)
        }
    }
}
