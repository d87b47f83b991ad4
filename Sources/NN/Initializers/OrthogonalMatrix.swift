/// A matrix whose rows or columns, whichever are fewer, have length 1 and are at right angles: the Q of the QR
/// decomposition of a matrix of normal numbers, which makes every such matrix equally likely (Mezzadri 2007,
/// arXiv:math-ph/0609050). Householder's reflections in Double, column by column (Golub & Van Loan, "Matrix
/// Computations", algorithm 5.2.1).
///
/// - Parameters:
///   - rows: At least 0.
///   - columns: At least 0.
///   - normal: The normal number at each place of the matrix, counted in row-major order.
/// - Returns: rows * columns numbers in row-major order.
func orthogonalMatrix(rows: Int, columns: Int, _ normal: (Int) -> Double) -> [Double] {
    // The columns of the tall one of the matrix and its transpose.
    let (height, width) = (max(rows, columns), min(rows, columns))
    func place(_ row: Int, _ column: Int) -> Int {
        rows >= columns ? row * columns + column : column * columns + row
    }
    var a = (0..<width).map { column in (0..<height).map { row in normal(place(row, column)) } }
    var signs = [Double](repeating: 1, count: width)
    for k in 0..<width {
        // The reflection that leaves of column k nothing below row k takes the place of what it removes.
        let length = norm(a[k], from: k)
        let pivot = a[k][k]
        signs[k] = pivot > 0 ? -1 : 1
        a[k][k] = pivot - signs[k] * length
        scale(&a[k], from: k)
        for j in (k + 1)..<max(k + 1, width) { reflect(&a[j], at: a[k], from: k) }
    }
    var result = [Double](repeating: 0, count: rows * columns)
    for column in 0..<width {
        var q = [Double](repeating: 0, count: height)
        q[column] = signs[column]
        for k in stride(from: width - 1, through: 0, by: -1) { reflect(&q, at: a[k], from: k) }
        for row in 0..<height { result[place(row, column)] = q[row] }
    }
    return result
}

private func norm(_ x: [Double], from start: Int) -> Double {
    var sum = 0.0
    for i in start..<x.count { sum += x[i] * x[i] }
    return sum.squareRoot()
}

/// Gives the part of `x` from `start` the length 1; leaves zeros as they are.
private func scale(_ x: inout [Double], from start: Int) {
    let length = norm(x, from: start)
    guard length > 0 else { return }
    for i in start..<x.count { x[i] /= length }
}

/// x -= 2 v (v . x), over the part from `start`.
private func reflect(_ x: inout [Double], at v: [Double], from start: Int) {
    var product = 0.0
    for i in start..<x.count { product += v[i] * x[i] }
    for i in start..<x.count { x[i] -= 2 * product * v[i] }
}
