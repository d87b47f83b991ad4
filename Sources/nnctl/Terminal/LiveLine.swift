/// The last line of a terminal, redrawn in place, below lines that stay.
struct LiveLine {
    private static let erase = "\r\u{1B}[K"

    private let stream: StandardStream
    private var shown = ""

    init(on stream: StandardStream) {
        self.stream = stream
    }

    mutating func show(_ line: String) throws(StandardStream.WriteError) {
        guard line != shown else { return }
        shown = line
        try stream.write(Self.erase + line)
    }

    /// Writes a line that stays above the live one.
    func keep(_ line: String) throws(StandardStream.WriteError) {
        try stream.write(Self.erase + line + "\n" + shown)
    }

    mutating func clear() throws(StandardStream.WriteError) {
        guard !shown.isEmpty else { return }
        shown = ""
        try stream.write(Self.erase)
    }
}
