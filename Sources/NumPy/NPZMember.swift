import CZip
import Glibc

/// An array's file in an NPZ archive, read from front to back with libzip, which unpacks it on the way and compares its
/// checksum at the end.
@safe
package final class NPZMember {
    /// How many bytes come out.
    package let size: Int
    private let archive: OpaquePointer
    private let file: OpaquePointer

    /// - Parameters:
    ///   - descriptor: Of the archive; closed with this, or when this cannot be made.
    ///   - array: The array's name, without `.npy`.
    /// - Throws: `NumPyError`.
    package init(of descriptor: Int32, array: String) throws(NumPyError) {
        let archive = try unsafe Self.open(descriptor)
        let place = unsafe zip_name_locate(archive, array + ".npy", 0)
        guard place >= 0 else {
            let names = unsafe Self.list(of: archive)
            unsafe zip_discard(archive)
            throw NumPyError("has no array `\(array)`; it has \(names)")
        }
        var status = unsafe zip_stat_t()
        unsafe zip_stat_init(&status)
        guard unsafe zip_stat_index(archive, UInt64(place), 0, &status) == 0,
            let size = unsafe Int(exactly: status.size),
            let file = unsafe zip_fopen_index(archive, UInt64(place), 0)
        else {
            let problem = unsafe String(cString: zip_strerror(archive))
            unsafe zip_discard(archive)
            throw NumPyError("has an array `\(array)` that cannot be read: \(problem)")
        }
        self.size = size
        unsafe self.archive = archive
        unsafe self.file = file
    }

    deinit {
        unsafe zip_fclose(file)
        unsafe zip_discard(archive)
    }

    /// Appends the next bytes, at most so many; fewer come only at the end, where the checksum is compared.
    ///
    /// - Throws: `NumPyError` when the archive is damaged or cannot be read.
    package func read(_ count: Int, appendingTo bytes: inout [UInt8]) throws(NumPyError) {
        // Nothing, appended to an empty array, would still be written to the memory that all empty arrays share.
        guard count > 0 else { return }
        var failure: NumPyError?
        bytes.append(addingCapacity: count) { output in
            unsafe output.withUnsafeMutableBufferPointer { buffer, initialized in
                while initialized < count {
                    let target = unsafe buffer.baseAddress.map { unsafe $0 + initialized }
                    let received = unsafe zip_fread(file, target, UInt64(count - initialized))
                    guard received > 0 else {
                        guard received < 0 else { return }
                        let problem = unsafe String(cString: zip_file_strerror(file))
                        failure = NumPyError("is damaged or cannot be read: \(problem)")
                        return
                    }
                    initialized += Int(received)
                }
            }
        }
        if let failure { throw failure }
    }

    /// The names of an archive's arrays, without `.npy`, in its order.
    ///
    /// - Parameter descriptor: Of the archive; closed by this.
    /// - Returns: The names.
    /// - Throws: `NumPyError` if it is none.
    package static func arrays(of descriptor: Int32) throws(NumPyError) -> [String] {
        let archive = try unsafe open(descriptor)
        defer { unsafe zip_discard(archive) }
        return unsafe arrays(in: archive, atMost: .max)
    }

    private static func open(_ descriptor: Int32) throws(NumPyError) -> OpaquePointer {
        var code: Int32 = 0
        if let archive = unsafe zip_fdopen(descriptor, Int32(ZIP_RDONLY), &code) { return unsafe archive }
        close(descriptor)
        throw NumPyError("is not an NPZ archive: \(text(of: code))")
    }

    private static func text(of code: Int32) -> String {
        var error = unsafe zip_error_t()
        unsafe zip_error_init_with_code(&error, code)
        defer { unsafe zip_error_fini(&error) }
        return unsafe String(cString: zip_error_strerror(&error))
    }

    /// The names of the arrays that there are, for a sentence.
    private static func list(of archive: OpaquePointer) -> String {
        let arrays = unsafe arrays(in: archive, atMost: 21)
        let names = arrays.prefix(20).joined(separator: ", ")
        return arrays.isEmpty ? "none" : names + (arrays.count > 20 ? ", …" : "")
    }

    private static func arrays(in archive: OpaquePointer, atMost most: Int64) -> [String] {
        let count = unsafe max(0, zip_get_num_entries(archive, 0))
        let names = (0..<min(count, most)).compactMap { index in
            unsafe zip_get_name(archive, UInt64(index), 0).map { unsafe String(cString: $0) }
        }
        return names.filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) }
    }
}
