public import AssayModel
internal import Glibc
internal import Synchronization

/// Where runs of values go that memory has no room for: a file without a name, gone when its owner or the process is.
///
/// Any number of threads may append and read at once: each append takes its own piece of the file.
public final class SpillFile: Sendable {
  private let descriptor: Descriptor
  private let directory: String
  private let end = Atomic<Int>(0)

  /// A new file in a folder.
  ///
  /// - Throws: `.noInput` where there is no such folder, `.permission`, `.inputOutput`.
  public init(directory: String) throws(AssayError) {
    self.directory = directory
    var template = Array("\(directory)/assay-spill-XXXXXX".utf8CString)
    // Safe because mkstemp changes the six letters at the end of the text and nothing else.
    let number = unsafe mkstemp(&template)
    if number < 0 { throw systemError(errno, "The temporary file cannot be created", path: directory) }
    descriptor = Descriptor(owning: number)
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    // Safe because the text is ours, alive during the call.
    _ = unsafe unlink(template)
  }

  /// Bytes appended so far.
  public var bytes: Int { end.load(ordering: .relaxed) }

  /// Appends values as they lie in memory.
  ///
  /// - Returns: Where they are.
  /// - Throws: `.inputOutput` where the disk is full or fails.
  /// - Complexity: O(values).
  public func append<T: BitwiseCopyable>(_ values: Span<T>) throws(AssayError) -> SpillExtent {
    let size = values.count * MemoryLayout<T>.stride
    let extent = SpillExtent(offset: end.wrappingAdd(size, ordering: .relaxed).oldValue, count: values.count)
    var written = 0
    while written < size {
      // Safe because the system reads no more bytes than the rest of the span holds.
      let count = unsafe values.withUnsafeBytes { buffer in
        unsafe pwrite(
          descriptor.number, buffer.baseAddress?.advanced(by: written), size - written, extent.offset + written)
      }
      if count < 0 && errno != EINTR {
        throw systemError(
          errno, "The temporary file cannot be written; another folder or more memory can be set", path: directory)
      }
      written += max(0, count)
    }
    return extent
  }

  /// Appends the values of an extent, which must have been written as the same type, to an array.
  ///
  /// - Throws: `.inputOutput` where they cannot be read; then the array is as it was.
  /// - Complexity: O(values).
  public func read<T: BitwiseCopyable>(_ extent: SpillExtent, appendingTo values: inout [T]) throws(AssayError) {
    let size = extent.count * MemoryLayout<T>.stride
    var failure: Int32?
    values.append(addingCapacity: extent.count) { (output: inout OutputSpan<T>) in
      // Safe because the capacity has just been added, the bytes came from values of this type, and only when all of
      // them are there are they counted as initialised.
      unsafe output.withUnsafeMutableBufferPointer { buffer, initialized in
        let target = UnsafeMutableRawBufferPointer(buffer)
        failure = unsafe readAll(extent.offset, into: target.baseAddress, size: size)
        if failure == nil { initialized = extent.count }
      }
    }
    if let failure { throw systemError(failure, "The temporary file cannot be read", path: directory) }
  }

  private func readAll(_ offset: Int, into target: UnsafeMutableRawPointer?, size: Int) -> Int32? {
    var done = 0
    while done < size {
      // Safe because the caller has room for size bytes.
      let count = unsafe pread(descriptor.number, target?.advanced(by: done), size - done, offset + done)
      if count == 0 { return EIO }
      if count < 0 && errno != EINTR { return errno }
      done += max(0, count)
    }
    return nil
  }
}

/// A run of values in a spill file.
public struct SpillExtent: Sendable, Equatable {
  /// Of the first byte.
  public var offset: Int
  /// Values.
  public var count: Int

  /// An extent from its parts.
  public init(offset: Int, count: Int) {
    self.offset = offset
    self.count = count
  }
}
