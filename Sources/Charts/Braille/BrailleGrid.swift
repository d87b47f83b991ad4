/// Characters of 2 by 4 dots each, and letters in the place of some.
struct BrailleGrid {
    let columns: Int
    let rows: Int
    var dotColumns: Int { columns * 2 }
    var dotRows: Int { rows * 4 }

    private struct Cell {
        var dots: UInt32 = 0
        var letter: Character?
        var color = 0
    }

    private var cells: [Cell]

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        cells = Array(repeating: Cell(), count: columns * rows)
    }

    /// The bit of each dot in a braille pattern, by row and column: the standard numbers 1 to 6 down the columns, then 7 and 8
    /// below (Unicode 15, chapter 21.1).
    private static let bits: [[UInt32]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

    /// Draws a straight line, both ends included (Bresenham 1965). All places lie on the grid, from the top left.
    mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int), color: Int) {
        let (dx, dy) = (abs(end.x - start.x), -abs(end.y - start.y))
        let (sx, sy) = (start.x < end.x ? 1 : -1, start.y < end.y ? 1 : -1)
        var (x, y, error) = (start.x, start.y, dx + dy)
        while true {
            set(x, y, color)
            if x == end.x, y == end.y { return }
            let twice = 2 * error
            if twice >= dy {
                error += dy
                x += sx
            }
            if twice <= dx {
                error += dx
                y += sy
            }
        }
    }

    /// Puts a letter over the character that holds a dot.
    mutating func mark(_ x: Int, _ y: Int, _ letter: Character, color: Int) {
        let index = y / 4 * columns + x / 2
        cells[index].letter = letter
        cells[index].color = color
    }

    private mutating func set(_ x: Int, _ y: Int, _ color: Int) {
        let index = y / 4 * columns + x / 2
        cells[index].dots |= Self.bits[y % 4][x % 2]
        cells[index].color = color
    }

    /// The rows of text, without blanks at their ends; neighbours of one colour are painted together.
    func lines(_ paint: (String, Int) -> String) -> [String] {
        (0..<rows).map { row in
            let cells = cells[row * columns..<(row + 1) * columns]
            let end = cells.lastIndex { $0.dots != 0 || $0.letter != nil }.map { $0 + 1 } ?? cells.startIndex
            var (line, run, color) = ("", "", 0)
            func flush() { if !run.isEmpty { line += paint(run, color) } }
            for cell in cells[..<end] {
                let isBlank = cell.dots == 0 && cell.letter == nil
                if isBlank || cell.color != color || run.isEmpty {
                    flush()
                    (run, color) = ("", cell.color)
                }
                if isBlank { line += " " } else { run.append(cell.letter ?? Self.pattern(cell.dots)) }
            }
            flush()
            return line
        }
    }

    private static func pattern(_ dots: UInt32) -> Character {
        UnicodeScalar(0x2800 + dots).map { Character($0) } ?? " "
    }
}
