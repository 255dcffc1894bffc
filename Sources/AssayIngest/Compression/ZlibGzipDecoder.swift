internal import CZlib

/// gzip through zlib.
@safe
struct ZlibGzipDecoder: ~Copyable, Decoder {
  /// May not move: zlib's state points back to it.
  private let stream: UnsafeMutablePointer<z_stream>
  /// Bytes of the length field (RFC 1952 §2.3.1, ISIZE) still to pass over after a wrong checksum, where zlib stops
  /// before it.
  private var lengthBytesLeft = 0

  init() {
    // Safe because a zeroed z_stream asks for zlib's own memory functions. 15 is the largest window, 16 asks for gzip.
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let result = unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(result == Z_OK, "zlib of the version that we were compiled with has 40 KB of memory")
  }

  deinit {
    // Safe because nobody else has the stream.
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  mutating func reset() {
    // Safe because the stream was initialised in init.
    _ = unsafe inflateReset(stream)
    lengthBytesLeft = 0
  }

  mutating func decode(
    _ input: Span<UInt8>, from inputStart: Int, into output: inout MutableSpan<UInt8>, from outputStart: Int
  ) -> DecodingStep {
    if lengthBytesLeft > 0 { return passOverLength(available: input.count - inputStart, consumed: 0, produced: 0) }
    // Safe because zlib stays inside the counts that it is given, and its pointers are set anew on every call.
    return unsafe input.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        let inputCount = source.count - inputStart
        let outputCount = target.count - outputStart
        // The input is not written to: the missing const is the header's.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress?.advanced(by: inputStart))
        unsafe stream.pointee.avail_in = UInt32(inputCount)
        unsafe stream.pointee.next_out = target.baseAddress?.advanced(by: outputStart)
        unsafe stream.pointee.avail_out = UInt32(outputCount)
        let result = unsafe inflate(stream, Z_NO_FLUSH)
        let consumed = unsafe inputCount - Int(stream.pointee.avail_in)
        let produced = unsafe outputCount - Int(stream.pointee.avail_out)
        if result == Z_DATA_ERROR {
          let message = unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "the data is not valid"
          if message == "incorrect data check" {
            lengthBytesLeft = 4
            return passOverLength(available: inputCount - consumed, consumed: consumed, produced: produced)
          }
          let wrongLength = message == "incorrect length check"
          return DecodingStep(
            consumed: consumed, produced: produced, outcome: wrongLength ? .wrongChecksum : .corrupt(message))
        }
        // Z_BUF_ERROR only says that there was nothing to do.
        let outcome: DecodingStep.Outcome =
          switch result {
          case Z_STREAM_END: .memberEnded
          case Z_OK, Z_BUF_ERROR: .unfinished
          default: .corrupt("zlib error \(result)")
          }
        return DecodingStep(consumed: consumed, produced: produced, outcome: outcome)
      }
    }
  }

  private mutating func passOverLength(available: Int, consumed: Int, produced: Int) -> DecodingStep {
    let count = min(lengthBytesLeft, available)
    lengthBytesLeft -= count
    return DecodingStep(
      consumed: consumed + count, produced: produced, outcome: lengthBytesLeft == 0 ? .wrongChecksum : .unfinished)
  }
}
