import Glibc

/// A file that its owner alone can read, such as one that holds a token.
package enum PrivateFile {
    /// Refuses an open file that is no regular one, that belongs to another user, or that others have any right on.
    ///
    /// - Parameters:
    ///   - descriptor: The file; what is checked is what is read, whatever happens to its name.
    ///   - name: For the error's sentence.
    ///   - userID: Whose it must be.
    /// - Throws: A sentence that says which of these it is.
    package static func check(_ descriptor: Int32, name: String, userID: UInt32) throws(PlaceError) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw PlaceError("\(name) is not a regular file.")
        }
        guard status.st_uid == userID, status.st_mode & (S_IRWXG | S_IRWXO) == 0 else {
            throw PlaceError(
                "\(name) must belong to the daemon's user and be closed to others; "
                    + "`chown` and `chmod 600` mend that.", .noPermission)
        }
    }
}
