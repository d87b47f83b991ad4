/// How often a job was run again by itself since its last checkpoint, or since somebody started or resumed it, and how
/// often it may be.
package struct Restarts: Sendable, Hashable {
    package var used: Int
    package var most: Int

    package init(used: Int = 0, most: Int = 0) {
        (self.used, self.most) = (used, most)
    }

    var areLeft: Bool { used < most }
}
