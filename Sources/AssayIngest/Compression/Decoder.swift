/// Undoes one compression, a member at a time. It reads no file and decides nothing: bytes in, bytes out, and how far
/// it came. (Member is gzip's word; zstd says frame, bzip2 and xz say stream.)
protocol Decoder: ~Copyable {
  /// Decodes `input[inputStart...]` into `output[outputStart...]` until one of them is used up, the member ends or
  /// the bytes make no sense. A decoder that has taken more than the member may give it back: `consumed` counts from
  /// `inputStart` and can be negative by the last eight bytes that it took before.
  mutating func decode(
    _ input: Span<UInt8>, from inputStart: Int, into output: inout MutableSpan<UInt8>, from outputStart: Int
  ) -> DecodingStep

  /// Makes ready for the next member.
  mutating func reset()
}

/// How far a decoder came.
struct DecodingStep: Equatable {
  enum Outcome: Equatable {
    /// Needs more input or more room.
    case unfinished
    /// The member is complete and its checksum is right.
    case memberEnded
    /// The member is complete, but its checksum or length does not fit what came out.
    case wrongChecksum
    /// The bytes make no sense; the text says in what way.
    case corrupt(String)
  }

  var consumed: Int
  var produced: Int
  var outcome: Outcome
}

/// Which library decodes gzip.
enum GzipEngine: CaseIterable {
  /// ISA-L: two to three times as fast (reference: our measurements with Debian's 2.30).
  case isal
  /// zlib: the reference that ISA-L is tested against, and what remains where ISA-L is not to be had.
  case zlib
}

extension Compression {
  /// A decoder for this compression; nil for plain bytes.
  func makeDecoder(gzip engine: GzipEngine) -> (any Decoder & ~Copyable)? {
    switch self {
    case .plain: nil
    case .gzip: engine == .isal ? IsalGzipDecoder() : ZlibGzipDecoder()
    case .zstd: ZstdDecoder()
    case .bzip2: Bzip2Decoder()
    case .xz: XZDecoder()
    }
  }
}
