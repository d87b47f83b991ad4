extension Tensor.Shape {
    /// The axis that `axis` names, counted from 0. As in NumPy a negative number counts from the end: -1 is
    /// the last axis.
    /// - Precondition: it is in -rank ..< rank.
    func resolved(_ axis: Int, _ operation: StaticString) -> Int {
        require(
            axis >= -rank && axis < rank, "\(operation): a tensor of \(self) has no axis \(axis)")
        return axis < 0 ? axis + rank : axis
    }

    /// The same for a set; nil stands for all axes.
    /// - Precondition: no axis is named twice.
    func resolved(_ axes: Set<Int>?, _ operation: StaticString) -> Set<Int> {
        guard let axes else { return Set(0..<rank) }
        let resolved = Set(axes.map { self.resolved($0, operation) })
        require(
            resolved.count == axes.count,
            "\(operation): the axes \(axes.sorted()) of a tensor of \(self) name one axis twice")
        return resolved
    }
}
