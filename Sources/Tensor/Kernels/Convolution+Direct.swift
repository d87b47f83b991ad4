import CKernels

// The three products without a matrix of columns: filters side by side in a vector, over one image after
// another.
extension Convolution {
    /// Weights as the kernels read them.
    private struct Packed {
        let memory: Storage
        let channels: Int
        let filters: Int
        let cells: [Int]
        /// The floats from one filter's weights to the next, and from one channel's.
        let strides: (filter: Int, channel: Int)

        init(
            filters: Int, channels: Int, cells: [Int], strides: (filter: Int, channel: Int),
            like operand: Tensor
        ) {
            (self.channels, self.filters, self.cells, self.strides) = (channels, filters, cells, strides)
            let lanes = nnd_convolution_lanes(filters)
            let count = (filters + lanes - 1) / lanes * lanes * channels * cells.count
            memory = Tensor.memory(for: [count], like: operand)
            memory.base.update(repeating: 0, count: count)
        }

        func withLayout(_ body: (UnsafePointer<nnd_filters>) -> Void) {
            cells.withUnsafeBufferPointer { numbers in
                var layout = nnd_filters(
                    filters: filters, channels: channels, taps: cells.count, filter_stride: strides.filter,
                    channel_stride: strides.channel, numbers: numbers.baseAddress)
                body(&layout)
            }
        }

        /// Copies the weights of one group, which begin at `weight`.
        func pack(_ weight: UnsafePointer<Float>) {
            withLayout { nnd_pack_filters(memory.base, weight, $0) }
        }
    }

    /// Some windows of one group as the kernels take them.
    private func withWindow(
        _ windows: ConvolutionSource.Windows, of source: ConvolutionSource, filters: Int,
        _ body: (UnsafePointer<nnd_window>) -> Void
    ) {
        windows.offsets.withUnsafeBufferPointer { offsets in
            var window = nnd_window(
                channels: source.frame.channels, taps: offsets.count, offsets: offsets.baseAddress,
                run: windows.run, plane: source.frame.rows * source.frame.line, line: source.step,
                filters: filters, rows: windows.rows, columns: windows.columns,
                places: windows.rows * windows.columns)
            body(&window)
        }
    }

    private func packed(for windows: ConvolutionSource.Windows, like operand: Tensor) -> Packed {
        Packed(
            filters: filtersInGroup, channels: channelsInGroup, cells: windows.cells, strides: (taps, cells),
            like: operand)
    }

    /// Calls `body` for each sample and group with its source, the packed weights and the group's first
    /// filter.
    func forwardDirectly(
        _ x: Tensor, _ weight: Tensor,
        _ body: (
            UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<nnd_window>, _ sample: Int,
            _ filter: Int
        ) -> Void
    ) {
        let source = ConvolutionSource(of: self)
        let (windows, memory) = (source.windows[0], source.memory(like: x))
        let packed = packed(for: windows, like: x)
        withWindow(windows, of: source, filters: filtersInGroup) { window in
            for group in 0..<groups {
                packed.pack(weight.pointer + group * filtersInGroup * taps)
                for sample in 0..<batch {
                    let image = x.pointer + (sample * channels + group * channelsInGroup) * pixels
                    body(
                        source.place(image, in: memory), packed.memory.base, window, sample,
                        group * filtersInGroup)
                }
            }
        }
    }

    /// w (+)= the sum over samples of y times the windows of x.
    func correlateDirectly(
        _ x: Tensor, _ y: ConvolutionSlope, into weight: UnsafeMutablePointer<Float>, accumulate: Bool,
        sums: inout [Double]?
    ) {
        let source = ConvolutionSource(of: self)
        let (windows, memory) = (source.windows[0], source.memory(like: x))
        let lanes = nnd_convolution_lanes(filtersInGroup)
        let rows = Tensor.memory(
            for: [places, (filtersInGroup + lanes - 1) / lanes * lanes], like: x)
        var totals = [Double](repeating: 0, count: filters)
        let groupSums = (0..<groups).map { _ in packed(for: windows, like: x) }
        withWindow(windows, of: source, filters: filtersInGroup) { window in
            for sample in 0..<batch {
                let slope = y.sample(sample)
                for group in 0..<groups {
                    let first = group * filtersInGroup
                    totals.withUnsafeMutableBufferPointer { totals in
                        nnd_pack_pixels(
                            rows.base, slope + first * places, totals.baseAddress.map { $0 + first },
                            filtersInGroup, places)
                    }
                    let image = x.pointer + (sample * channels + group * channelsInGroup) * pixels
                    nnd_correlate(
                        groupSums[group].memory.base, source.place(image, in: memory), rows.base, window)
                }
            }
        }
        for (group, packed) in groupSums.enumerated() {
            packed.withLayout {
                nnd_unpack_filters(
                    weight + group * filtersInGroup * taps, packed.memory.base, accumulate ? 1 : 0, $0)
            }
        }
        if sums != nil { for filter in 0..<filters { sums?[filter] += totals[filter] } }
    }

    /// x = what y weighs each pixel with.
    func transposeDirectly(
        _ y: ConvolutionSlope, _ weight: Tensor, into x: UnsafeMutablePointer<Float>
    ) {
        let source = ConvolutionSource(ofTransposed: self)
        let memory = source.memory(like: y.upstream)
        // One part for each group and each remainder of the stride.
        let parts = (0..<groups).map { group in
            source.windows.map { windows in
                let packed = Packed(
                    filters: channelsInGroup, channels: filtersInGroup, cells: windows.cells,
                    strides: (cells, taps), like: weight)
                packed.pack(weight.pointer + group * filtersInGroup * taps)
                return packed
            }
        }
        let isWhole = source.windows.count == 1
        let result = Tensor.memory(for: isWhole ? [0] : [channelsInGroup, pixels], like: y.upstream)
        for sample in 0..<batch {
            let slope = y.sample(sample)
            for group in 0..<groups {
                let image = source.place(slope + group * filtersInGroup * places, in: memory)
                let target = x + (sample * channels + group * channelsInGroup) * pixels
                for (windows, packed) in zip(source.windows, parts[group]) {
                    withWindow(windows, of: source, filters: channelsInGroup) { window in
                        nnd_convolve(
                            isWhole ? target : result.base, image, packed.memory.base, nil, 0, window)
                    }
                    if !isWhole { interleave(result.base, windows, into: target) }
                }
            }
        }
    }

    /// Puts the results of some windows, [channelsInGroup, rows, columns], where they lie in the images.
    private func interleave(
        _ part: UnsafePointer<Float>, _ windows: ConvolutionSource.Windows,
        into images: UnsafeMutablePointer<Float>
    ) {
        var from = part
        for channel in 0..<channelsInGroup {
            for row in 0..<windows.rows {
                let y = windows.firstRow + row * vertical.stride
                let to = images + channel * pixels + y * horizontal.input + windows.firstColumn
                for column in 0..<windows.columns { to[column * horizontal.stride] = from[column] }
                from += windows.columns
            }
        }
    }
}
