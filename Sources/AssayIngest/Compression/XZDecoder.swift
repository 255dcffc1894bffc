internal import CLzma

/// xz through liblzma.
@safe
struct XZDecoder: ~Copyable, Decoder {
  /// Most memory of one file: four times what the strongest preset (`xz -9`: 65 MiB, xz(1)) needs to be undone, so
  /// that a header cannot ask for gigabytes.
  private static let memoryLimit: UInt64 = 256 << 20

  private let stream: UnsafeMutablePointer<lzma_stream>

  init() {
    // Safe because a zeroed lzma_stream is what LZMA_STREAM_INIT is, a macro that Swift does not see.
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: lzma_stream())
    begin()
  }

  deinit {
    // Safe because nobody else has the stream.
    unsafe lzma_end(stream)
    unsafe stream.deallocate()
  }

  mutating func reset() { begin() }

  private func begin() {
    // Safe because liblzma takes a stream that was used before, and uses its memory again.
    let result = unsafe lzma_stream_decoder(stream, XZDecoder.memoryLimit, 0)
    precondition(result == LZMA_OK, "a few KB of memory for xz")
  }

  mutating func decode(
    _ input: Span<UInt8>, from inputStart: Int, into output: inout MutableSpan<UInt8>, from outputStart: Int
  ) -> DecodingStep {
    // Safe because liblzma stays inside the counts that it is given, and its pointers are set anew on every call.
    unsafe input.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        let inputCount = source.count - inputStart
        let outputCount = target.count - outputStart
        unsafe stream.pointee.next_in = source.baseAddress?.advanced(by: inputStart)
        unsafe stream.pointee.avail_in = inputCount
        unsafe stream.pointee.next_out = target.baseAddress?.advanced(by: outputStart)
        unsafe stream.pointee.avail_out = outputCount
        let result = unsafe lzma_code(stream, LZMA_RUN)
        // LZMA_BUF_ERROR only says that there was nothing to do.
        let outcome: DecodingStep.Outcome =
          switch result {
          case LZMA_OK, LZMA_BUF_ERROR: .unfinished
          case LZMA_STREAM_END: .memberEnded
          case LZMA_FORMAT_ERROR: .corrupt("the header is not valid")
          case LZMA_DATA_ERROR: .corrupt("the data is not valid or its checksum is wrong")
          case LZMA_OPTIONS_ERROR: .corrupt("it uses something that this version of liblzma does not know")
          case LZMA_MEMLIMIT_ERROR: .corrupt("it asks for more than \(XZDecoder.memoryLimit >> 20) MiB of memory")
          default: .corrupt("liblzma error \(result.rawValue)")
          }
        return unsafe DecodingStep(
          consumed: inputCount - stream.pointee.avail_in, produced: outputCount - stream.pointee.avail_out,
          outcome: outcome)
      }
    }
  }
}
