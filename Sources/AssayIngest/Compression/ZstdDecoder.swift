internal import CZstd

/// zstd (RFC 8878) through libzstd; skippable frames give no bytes.
///
/// The window stays at libzstd's default limit of 128 MiB: a frame that asks for more (`--long=28` and up) is refused,
/// so that no file decides how much memory is used.
@safe
struct ZstdDecoder: ~Copyable, Decoder {
  private let context: OpaquePointer

  init() {
    // Safe because the context belongs to this value alone and is freed once, in deinit.
    guard let context = unsafe ZSTD_createDCtx() else { preconditionFailure("100 KB of memory for zstd") }
    unsafe self.context = unsafe context
  }

  deinit {
    // Safe because nobody else has the context.
    _ = unsafe ZSTD_freeDCtx(context)
  }

  mutating func reset() {
    // Safe because the context was made in init.
    _ = unsafe ZSTD_DCtx_reset(context, ZSTD_reset_session_only)
  }

  mutating func decode(
    _ input: Span<UInt8>, from inputStart: Int, into output: inout MutableSpan<UInt8>, from outputStart: Int
  ) -> DecodingStep {
    // Safe because libzstd stays inside the sizes that it is given and keeps no pointer to them.
    unsafe input.withUnsafeBytes { source in
      unsafe output.withUnsafeMutableBytes { target in
        var from = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: inputStart)
        var into = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: outputStart)
        let result = unsafe ZSTD_decompressStream(context, &into, &from)
        let outcome: DecodingStep.Outcome =
          if ZSTD_isError(result) != 0 {
            unsafe .corrupt(String(cString: ZSTD_getErrorName(result)))
          } else {
            result == 0 ? .memberEnded : .unfinished
          }
        return unsafe DecodingStep(
          consumed: from.pos - inputStart, produced: into.pos - outputStart, outcome: outcome)
      }
    }
  }
}
