import Files
import NumPy

extension FileDescription {
    /// The arrays of a NumPy file: one without a name, or those of an archive, of which some may be of no use.
    static func arrays(
        _ path: String, _ format: Format, _ files: FileOpener
    ) throws(DataError) -> [Values] {
        guard format == .npz else { return [try values("", NPYArray(path: path, files))] }
        var arrays: [Values] = []
        for name in try ArchiveBytes.arrays(path: path, files) {
            do {
                arrays.append(try values(name, NPYArray(archive: path, array: name, files)))
            } catch {
                arrays.append(
                    Values(name: name, shape: [], summary: ValueSummary(), problem: error.problem))
            }
        }
        return arrays
    }

    private static func values(_ name: String, _ array: NPYArray) throws(DataError) -> Values {
        var (summary, areFinite, numbers) = (ValueSummary(), true, [Float]())
        try array.readStoredPieces { piece throws(DataError) in
            guard array.header.type != .uint8 else { return summary.add(piece) }
            numbers.removeAll(keepingCapacity: true)
            array.header.type.append(piece, to: &numbers)
            for number in numbers {
                areFinite = areFinite && number.isFinite
                summary.add(Double(number))
            }
        }
        return Values(
            name: name, shape: array.header.shape, summary: summary,
            problem: areFinite ? nil : "it has values that are not finite 32-bit numbers")
    }
}
