/// The samples that a model takes, which a file's are held against before any of them is read.
struct SampleInput: Sendable {
    /// Of one sample.
    let shape: [Int]

    /// Checks that samples lie in a file as the model takes them: with the same axes, but for those of size 1, or flat on
    /// either side. Others of as many numbers would be taken in another order than they are meant in.
    ///
    /// - Parameters:
    ///   - found: The shape of a sample.
    ///   - file: Where it was found.
    /// - Throws: `DataError` with both shapes.
    func check(_ found: [Int], file: String) throws(DataError) {
        let (count, size) = (found.reduce(1, *), shape.reduce(1, *))
        guard count == size else {
            throw DataError(
                .wrongShape, file: file,
                "a sample has \(count) values (\(found)), but `model.input` \(shape) takes \(size)")
        }
        let (axes, wanted) = (found.filter { $0 != 1 }, shape.filter { $0 != 1 })
        guard axes == wanted || axes.count < 2 || wanted.count < 2 else {
            throw DataError(
                .wrongShape, file: file,
                "a sample is \(found), but `model.input` is \(shape), and nothing says which axis is which; "
                    + "move the axes to where the model has them")
        }
    }
}
