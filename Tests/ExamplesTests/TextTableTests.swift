import Testing
import experiments

@Suite("Tables of an experiment")
struct TextTableTests {
    @Test("a table has its words to the left and its numbers to the right")
    func table() {
        var table = TextTable(words: ["net"], numbers: ["loss", "accuracy"])
        table.append(["small", "0.5", "97.1 %"])
        table.append(["large net", "12.25", "9.0 %"])
        #expect(
            table.text == """
                net         loss  accuracy
                ---------  -----  --------
                small        0.5    97.1 %
                large net  12.25     9.0 %
                """)
    }
}
