/// Matrix products that are computed one after another, and the matrices that they read and write.
package struct ProductPlan: Sendable, Equatable {
    /// Row-major c = op(a) op(b), with op(a) m x k and op(b) k x n.
    package struct Product: Sendable, Equatable {
        /// Which of the plan's matrices take part.
        package let a: Int, b: Int, c: Int
        /// Whether a is stored as [k, m], and b as [n, k].
        package let transposesA: Bool, transposesB: Bool
        package let m: Int, n: Int, k: Int
    }

    /// How many numbers each matrix holds.
    package private(set) var sizes: [Int] = []
    package private(set) var products: [Product] = []

    package init() {}

    /// Multiplications, each with an addition, of all products.
    package var multiplyAdds: Double {
        products.reduce(0) { $0 + Double($1.m) * Double($1.n) * Double($1.k) }
    }

    /// Adds a matrix.
    /// - Returns: Its number, for `multiply`.
    package mutating func matrix(_ rows: Int, _ columns: Int) -> Int {
        require(rows >= 0 && columns >= 0, "a matrix of \(rows) x \(columns)")
        sizes.append(rows * columns)
        return sizes.count - 1
    }

    /// Adds c = op(a) op(b).
    package mutating func multiply(
        _ a: Int, _ b: Int, into c: Int, m: Int, n: Int, k: Int, transposesA: Bool = false,
        transposesB: Bool = false
    ) {
        require(
            sizes[a] == m * k && sizes[b] == k * n && sizes[c] == m * n,
            "a product of \(m) x \(k) and \(k) x \(n) on \(sizes[a]), \(sizes[b]) and \(sizes[c]) numbers")
        products.append(
            Product(a: a, b: b, c: c, transposesA: transposesA, transposesB: transposesB, m: m, n: n, k: k))
    }
}
