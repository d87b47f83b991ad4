import Testing
import nnctl

@Suite("Tables")
struct TableTests {
    private func table() -> Table {
        var table = Table([
            .init(title: "ID", alignment: .right), .init(title: "NAME", minimum: 4),
            .init(title: "A", rank: 1),
            .init(title: "B", alignment: .right, rank: 2),
        ])
        table.append([.init("1"), .init("short"), .init("aaa"), .init("b")])
        table.append([.init("22"), .init("rather long"), .init("a"), .init("bbbb", .red)])
        return table
    }

    @Test("without a width every column is as wide as it has to be")
    func natural() {
        #expect(
            table().rendered(width: nil, style: .plain) == """
                ID  NAME         A       B
                 1  short        aaa     b
                22  rather long  a    bbbb

                """)
    }

    @Test("the column that may be cut gives way first")
    func cut() {
        #expect(
            table().rendered(width: 20, style: .plain) == """
                ID  NAME   A       B
                 1  short  aaa     b
                22  rath…  a    bbbb

                """)
    }

    @Test("then the least important columns go, and the cut one takes what they leave")
    func dropped() {
        #expect(
            table().rendered(width: 18, style: .plain) == """
                ID  NAME       A
                 1  short      aaa
                22  rather l…  a

                """)
        #expect(
            table().rendered(width: 10, style: .plain) == """
                ID  NAME
                 1  short
                22  rathe…

                """)
    }

    @Test("no line is wider than the terminal, as long as the columns that stay can be that narrow")
    func everyWidth() {
        for width in 8...40 {
            for line in table().rendered(width: width, style: .plain).split(separator: "\n") {
                #expect(line.count <= width)
                #expect(line.last != " ")
            }
        }
    }

    @Test("colours change nothing but the colours")
    func colours() {
        let colored = table().rendered(width: 20, style: .colored)
        #expect(colored.contains("\u{1B}[31mbbbb\u{1B}[0m"))
        #expect(colored.replacing(/\u{1B}\[\d+m/, with: "") == table().rendered(width: 20, style: .plain))
    }
}
