/// What is wrong with a NumPy file, as a clause to put behind its name.
package struct NumPyError: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ clause: String) {
        description = clause
    }
}
