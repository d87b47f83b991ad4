import CKernels

/// Images as the direct kernels read them: the channels of one sample with the padding written out, and where
/// the cells of windows lie in them.
struct ConvolutionSource {
    /// Windows that lie alike over the source: all of a convolution's; of a transposed one those of the
    /// result's rows and columns that are a stride apart.
    struct Windows {
        /// The kernel's cells, counted row by row.
        var cells: [Int] = []
        /// Where they lie, counted from the window's first row and column.
        var offsets: [Int] = []
        /// How many cells in a row are neighbours in the source.
        var run = 1
        /// The windows' results: the first row and column among the whole result's, and how many there are.
        var firstRow = 0
        var firstColumn = 0
        let rows: Int
        let columns: Int
    }

    let frame: nnd_frame
    /// The floats from one row of windows to the next.
    let step: Int
    let windows: [Windows]

    /// The source of w * x: x.
    init(of sizes: Convolution) {
        let (vertical, horizontal) = (sizes.vertical, sizes.horizontal)
        let stride = horizontal.stride
        let line = (horizontal.input + 2 * horizontal.padding + stride - 1) / stride * stride
        frame = nnd_frame(
            channels: sizes.channelsInGroup, height: vertical.input, width: horizontal.input,
            top: vertical.padding, left: horizontal.padding, rows: vertical.input + 2 * vertical.padding,
            line: line, phases: stride)
        step = vertical.stride * line
        var windows = Windows(rows: vertical.output, columns: horizontal.output)
        for row in 0..<vertical.kernel {
            for column in 0..<horizontal.kernel {
                let across = column * horizontal.dilation
                windows.cells.append(row * horizontal.kernel + column)
                windows.offsets.append(
                    row * vertical.dilation * line + across % stride * (line / stride) + across / stride)
            }
        }
        if stride == 1 && horizontal.dilation == 1 { windows.run = horizontal.kernel }
        self.windows = [windows]
    }

    /// The source of the transpose: y, whose windows reach each pixel of x through the cells that lie on it.
    init(ofTransposed sizes: Convolution) {
        let (rows, columns) = (sizes.vertical.transposedWindows, sizes.horizontal.transposedWindows)
        let (above, below) = sizes.vertical.margins(of: rows)
        let (left, right) = sizes.horizontal.margins(of: columns)
        let line = left + sizes.horizontal.output + right
        frame = nnd_frame(
            channels: sizes.filtersInGroup, height: sizes.vertical.output, width: sizes.horizontal.output,
            top: above, left: left, rows: above + sizes.vertical.output + below, line: line, phases: 1)
        step = line
        var all: [Windows] = []
        for down in rows {
            for across in columns {
                var windows = Windows(
                    firstRow: down.first, firstColumn: across.first, rows: down.count, columns: across.count)
                for row in down.cells {
                    for column in across.cells {
                        windows.cells.append(row.cell * sizes.horizontal.kernel + column.cell)
                        windows.offsets.append((row.offset + above) * line + column.offset + left)
                    }
                }
                all.append(windows)
            }
        }
        windows = all
    }

    /// Whether an image is its own source.
    private var isPlain: Bool {
        frame.rows == frame.height && frame.line == frame.width && frame.phases == 1
    }

    /// Memory for one source, with zeros where padding is.
    func memory(like operand: Tensor) -> Storage {
        let memory = Tensor.memory(
            for: isPlain ? [0] : [frame.channels, frame.rows, frame.line], like: operand)
        memory.base.update(repeating: 0, count: isPlain ? 0 : frame.channels * frame.rows * frame.line)
        return memory
    }

    /// The source that `image` is, in `memory` where it has to be copied.
    func place(_ image: UnsafePointer<Float>, in memory: Storage) -> UnsafePointer<Float> {
        if isPlain { return image }
        withUnsafePointer(to: frame) { nnd_place_image(memory.base, image, $0) }
        return UnsafePointer(memory.base)
    }
}

extension Geometry {
    /// Positions of the axis that are a stride apart, and the cells of windows that lie on them.
    struct TransposedWindows {
        let first: Int
        let count: Int
        /// Cell `cell` of window i + `offset` lies on position i of these.
        let cells: [(cell: Int, offset: Int)]
    }

    /// All positions of the axis, sorted by what their distance from a window's first cell leaves when
    /// divided by the stride.
    fileprivate var transposedWindows: [TransposedWindows] {
        (0..<min(stride, input)).map { first in
            let cells = (0..<kernel).compactMap { cell in
                let distance = first + padding - cell * dilation
                return distance.isMultiple(of: stride) ? (cell: cell, offset: distance / stride) : nil
            }
            return TransposedWindows(first: first, count: (input - first + stride - 1) / stride, cells: cells)
        }
    }

    /// How far the windows named there lie in front of the first one and behind the last one.
    fileprivate func margins(of all: [TransposedWindows]) -> (Int, Int) {
        var (front, behind) = (0, 0)
        for windows in all {
            for cell in windows.cells {
                front = max(front, -cell.offset)
                behind = max(behind, cell.offset + windows.count - output)
            }
        }
        return (front, behind)
    }
}
