/// Factors of samples whose passes another process made, or needs.
///
/// Of a weight, a message holds the features in `inputs` of all rows of x, then all rows of d.
extension GradientFactors {
    /// Makes room for a weight's rows, zero at first, where no pass of this process has.
    ///
    /// - Parameters:
    ///   - weight: Its index.
    ///   - perSample: How many rows a sample has.
    /// - Returns: Whether there is such room; not where passes here have found another number of rows.
    package func makeRoom(weight: Int, rowsPerSample perSample: Int) -> Bool {
        rows(of: weight, perSample: perSample) != nil
    }

    /// How many numbers some samples' rows take in a message; 0 where there are no rows.
    package func messageCount(weight: Int, inputs: Range<Int>, samples: Range<Int>) -> Int {
        samples.count * rowsPerSample(ofWeight: weight) * (inputs.count + weights[weight].outputs)
    }

    /// Copies some samples' rows to `message`, from `offset` on.
    package func write(
        weight: Int, inputs: Range<Int>, samples: Range<Int>, to message: FlatBuffer, at offset: Int
    ) {
        guard let rows = madeRows(of: weight) else { return }
        var offset = offset
        let slopes = eachRow(rows, weight: weight, inputs: inputs, samples: samples) { features in
            message.take(features, of: rows.x, at: offset)
            offset += features.count
        }
        message.take(slopes, of: rows.slopes, at: offset)
    }

    /// Takes some samples' rows from `message`, where they begin at `offset`.
    package func read(
        weight: Int, inputs: Range<Int>, samples: Range<Int>, from message: FlatBuffer, at offset: Int
    ) {
        guard let rows = madeRows(of: weight) else { return }
        var offset = offset
        let slopes = eachRow(rows, weight: weight, inputs: inputs, samples: samples) { features in
            rows.x.take(offset..<(offset + features.count), of: message, at: features.lowerBound)
            offset += features.count
        }
        rows.slopes.take(offset..<(offset + slopes.count), of: message, at: slopes.lowerBound)
    }

    /// Calls `body` with the place of each row's features in x.
    /// - Returns: The place of all rows in d.
    private func eachRow(
        _ rows: Rows, weight: Int, inputs: Range<Int>, samples: Range<Int>, _ body: (Range<Int>) -> Void
    ) -> Range<Int> {
        let sizes = weights[weight]
        require(inputs.lowerBound >= 0 && inputs.upperBound <= sizes.inputs)
        let (first, end) = (samples.lowerBound * rows.perSample, samples.upperBound * rows.perSample)
        if inputs.count == sizes.inputs {
            // One behind the other.
            body((first * sizes.inputs)..<(end * sizes.inputs))
        } else {
            for row in first..<end {
                let start = row * sizes.inputs
                body((start + inputs.lowerBound)..<(start + inputs.upperBound))
            }
        }
        return (first * sizes.outputs)..<(end * sizes.outputs)
    }
}
