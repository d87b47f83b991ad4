extension String {
    /// Cut to so many columns; sequences that set colours (SGR of ECMA-48) take none, and are undone at the cut.
    func clipped(to width: Int) -> String {
        var (result, columns, isColored) = ("", 0, false)
        var rest = self[...]
        while let character = rest.first {
            if character == "\u{1B}", let end = rest.firstIndex(of: "m") {
                let sequence = rest[...end]
                isColored = sequence != "\u{1B}[0m"
                result += sequence
                rest = rest[index(after: end)...]
                continue
            }
            guard columns < width else { return isColored ? result + "\u{1B}[0m" : result }
            result.append(character)
            columns += 1
            rest = rest.dropFirst()
        }
        return result
    }
}
