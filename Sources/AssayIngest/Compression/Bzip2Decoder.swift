internal import CBzip2

/// bzip2 through libbz2.
@safe
struct Bzip2Decoder: ~Copyable, Decoder {
  /// May not move: libbz2's state points back to it.
  private let stream: UnsafeMutablePointer<bz_stream>

  init() {
    // Safe because a zeroed bz_stream asks for libbz2's own memory functions.
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: bz_stream())
    begin()
  }

  deinit {
    // Safe because nobody else has the stream.
    unsafe BZ2_bzDecompressEnd(stream)
    unsafe stream.deallocate()
  }

  mutating func reset() {
    // Safe because the stream was begun before, and is begun again at once.
    unsafe BZ2_bzDecompressEnd(stream)
    begin()
  }

  private func begin() {
    // Safe because the stream is allocated and not in use.
    let result = unsafe BZ2_bzDecompressInit(stream, 0, 0)
    precondition(result == BZ_OK, "64 KB of memory for bzip2")
  }

  mutating func decode(
    _ input: Span<UInt8>, from inputStart: Int, into output: inout MutableSpan<UInt8>, from outputStart: Int
  ) -> DecodingStep {
    // Safe because libbz2 stays inside the counts that it is given, and its pointers are set anew on every call.
    unsafe input.withUnsafeBytes { source in
      unsafe output.withUnsafeMutableBytes { target in
        let inputCount = source.count - inputStart
        let outputCount = target.count - outputStart
        // The input is not written to: the missing const is the header's.
        let from = unsafe UnsafeMutableRawPointer(mutating: source.baseAddress?.advanced(by: inputStart))
        unsafe stream.pointee.next_in = from?.assumingMemoryBound(to: CChar.self)
        unsafe stream.pointee.avail_in = UInt32(inputCount)
        let into = unsafe target.baseAddress?.advanced(by: outputStart)
        unsafe stream.pointee.next_out = into?.assumingMemoryBound(to: CChar.self)
        unsafe stream.pointee.avail_out = UInt32(outputCount)
        let result = unsafe BZ2_bzDecompress(stream)
        let outcome: DecodingStep.Outcome =
          switch result {
          case BZ_OK: .unfinished
          case BZ_STREAM_END: .memberEnded
          case BZ_DATA_ERROR: .corrupt("a block is not valid or its checksum is wrong")
          case BZ_DATA_ERROR_MAGIC: .corrupt("the header is not valid")
          case BZ_MEM_ERROR: .corrupt("not enough memory for its block size")
          default: .corrupt("libbz2 error \(result)")
          }
        return unsafe DecodingStep(
          consumed: inputCount - Int(stream.pointee.avail_in),
          produced: outputCount - Int(stream.pointee.avail_out), outcome: outcome)
      }
    }
  }
}
