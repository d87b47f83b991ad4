import CKernels

// The windows of an image as the columns of a matrix: row (channel, ky, kx), column (y, x).
extension Convolution {
    /// Writes out the windows; what lies outside of the image is zero.
    func writeColumns(
        of image: UnsafePointer<Float>, channels: Int, into columns: UnsafeMutablePointer<Float>
    ) {
        let width = horizontal.output
        forEachTap(channels) { row, channel, rows, ky, runs, kx in
            let (plane, out) = (image + channel * pixels, columns + row * places)
            for y in 0..<vertical.output {
                let target = out + y * width
                guard rows.contains(y) && !runs.isEmpty else {
                    target.update(repeating: 0, count: width)
                    continue
                }
                target.update(repeating: 0, count: runs.lowerBound)
                (target + runs.upperBound).update(repeating: 0, count: width - runs.upperBound)
                let line = plane + vertical.cell(y, tap: ky) * horizontal.input
                let source = line + horizontal.cell(runs.lowerBound, tap: kx)
                let run = target + runs.lowerBound
                if horizontal.stride == 1 {
                    run.update(from: source, count: runs.count)
                } else {
                    for i in 0..<runs.count { run[i] = source[i * horizontal.stride] }
                }
            }
        }
    }

    /// Adds each window's numbers to the pixels they came from, row by row of the matrix.
    func addColumns(_ columns: UnsafePointer<Float>, to image: UnsafeMutablePointer<Float>, channels: Int) {
        forEachTap(channels) { row, channel, rows, ky, runs, kx in
            if runs.isEmpty { return }
            let (plane, from) = (image + channel * pixels, columns + row * places)
            for y in rows {
                let line = plane + vertical.cell(y, tap: ky) * horizontal.input
                let target = line + horizontal.cell(runs.lowerBound, tap: kx)
                let source = from + y * horizontal.output + runs.lowerBound
                if horizontal.stride == 1 {
                    nnd_add(target, source, runs.count)
                } else {
                    for i in 0..<runs.count { target[i * horizontal.stride] += source[i] }
                }
            }
        }
    }

    /// Visits the rows of the matrix with the result rows and columns at which the tap lies in the image.
    @inline(__always)
    private func forEachTap(
        _ channels: Int, _ body: (Int, Int, Range<Int>, _ ky: Int, Range<Int>, _ kx: Int) -> Void
    ) {
        var row = 0
        for channel in 0..<channels {
            for ky in 0..<vertical.kernel {
                let rows = vertical.places(reaching: ky)
                for kx in 0..<horizontal.kernel {
                    body(row, channel, rows, ky, horizontal.places(reaching: kx), kx)
                    row += 1
                }
            }
        }
    }
}

/// y[n, c, :] += bias[c]
func addToPlanes(
    _ bias: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, samples: Int, channels: Int, size: Int
) {
    var plane = y
    for _ in 0..<samples {
        for channel in 0..<channels {
            let value = bias[channel]
            for i in 0..<size { plane[i] += value }
            plane += size
        }
    }
}

/// The sum over n and the plane of y[n, channel, :], in Double, sample by sample.
func sumOfPlanes(
    _ y: UnsafePointer<Float>, samples: Int, channels: Int, size: Int, channel: Int
) -> Double {
    var total = 0.0
    for sample in 0..<samples {
        total += sumOfNeighbours(y + (sample * channels + channel) * size, count: size)
    }
    return total
}

/// out[c] (+)= the sum over n and the plane of y[n, c, :].
func sumPlanes(
    _ y: UnsafePointer<Float>, samples: Int, channels: Int, size: Int,
    into out: UnsafeMutablePointer<Float>, accumulate: Bool
) {
    for channel in 0..<channels {
        let total = Float(sumOfPlanes(y, samples: samples, channels: channels, size: size, channel: channel))
        out[channel] = accumulate ? out[channel] + total : total
    }
}
