/// A message that is written and read without `Codable`, to the same bytes and from the same bytes: a list of 1,000 jobs has
/// 30,000 values, and `nnctl status` is to be there at once.
protocol PlainJSON {
    func write(to text: inout JSONText)

    init(_ scanner: inout JSONScanner) throws(JSONScanner.Unfamiliar)
}
