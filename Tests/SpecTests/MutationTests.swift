import Spec
import TestSupport
import Testing

@Suite("Mutated documents")
struct MutationTests {
    private static let fragments = [
        "- ", ": ", "{", "}", "[", "]", "\n", "  ", "\"", "'", "#", "&a ", "*a", "!!int ", "? ", "|", ">",
        "---\n", "%",
        "0", "-1", "1e999", ".nan", "null", "true", "\u{0}", "\u{FEFF}", "é", "\t", "9223372036854775808",
        "dense", ",",
    ]

    @Test(
        "2,000 of them are read or refused with a sentence, and what is read reads back",
        .timeLimit(.minutes(15)))
    func mutated() throws {
        var generator = SplitMix(seed: 1)
        let sources = [exampleText, Text().text, example.canonicalJSON].map { Array($0.unicodeScalars) }
        var accepted = 0
        for round in 0..<2_000 {
            var scalars = sources[round % sources.count]
            for _ in 0...Int.random(in: 0..<4, using: &generator) {
                let place = Int.random(in: 0..<scalars.count, using: &generator)
                let end = min(scalars.count, place + Int.random(in: 0..<6, using: &generator))
                let fragment = Self.fragments.randomElement(using: &generator) ?? ""
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: scalars.removeSubrange(place..<end)
                case 1: scalars.insert(contentsOf: fragment.unicodeScalars, at: place)
                case 2: scalars.replaceSubrange(place..<end, with: fragment.unicodeScalars)
                default: scalars.insert(contentsOf: Array(scalars[place..<end]), at: end)
                }
                if scalars.isEmpty { scalars = ["x"] }
            }
            let text = String(String.UnicodeScalarView(scalars))
            do throws(SpecError) {
                let job = try JobSpec(yaml: text)
                accepted += 1
                #expect(try JobSpec(yaml: job.canonicalJSON) == job)
            } catch {
                #expect(!error.problem.isEmpty)
                #expect(
                    !error.description.unicodeScalars.contains { $0.properties.generalCategory == .control })
            }
        }
        // A generator that only ever makes garbage would test the YAML parser alone.
        #expect((100..<1_900).contains(accepted))
    }
}
