internal import AssayModel

/// A run of the bytes at work, and how they are to be read.
struct Piece: BitwiseCopyable, Sendable {
  /// First byte in the upper 32 bits, number of bytes in 30, encoding in the last two: one register.
  private let bits: UInt64

  /// How bytes are written; the cheap `plain` is also used where an encoding leaves them as they are.
  enum Encoding: UInt8 {
    /// As they are.
    case plain = 0
    /// `%41` is one byte (RFC 3986 §2.1).
    case percent
    /// The same, and `+` is a space (WHATWG URL, application/x-www-form-urlencoded).
    case form
    /// Letters without case: host names.
    case caseless
  }

  /// No bytes.
  static let none = Piece(0, 0)

  /// A piece of a line, which is shorter than `longestLine`.
  @inline(__always)
  init(_ start: Int, _ end: Int, _ encoding: Encoding = .plain) {
    let length = UInt64(truncatingIfNeeded: end &- start) & 0x3fff_ffff
    bits = UInt64(truncatingIfNeeded: start) &<< 32 | length &<< 2 | UInt64(encoding.rawValue)
  }

  /// The longest line whose pieces can be told: 1 GiB less one. (Ingest cuts lines long before.)
  static let longestLine = 0x3fff_ffff

  /// First byte.
  @inline(__always) var lower: Int { Int(truncatingIfNeeded: bits &>> 32) }
  /// The byte behind the last.
  @inline(__always) var upper: Int { lower &+ count }
  /// Number of bytes as they stand.
  @inline(__always) var count: Int { Int(truncatingIfNeeded: bits &>> 2 & 0x3fff_ffff) }
  /// What has to be done to read them.
  @inline(__always) var encoding: Encoding { Encoding(rawValue: UInt8(truncatingIfNeeded: bits & 3)) ?? .plain }
  /// Length and encoding, without the place.
  @inline(__always) var shape: UInt64 { bits & 0xffff_ffff }
  /// Whether they are read as they stand.
  @inline(__always) var isPlain: Bool { bits & 3 == 0 }
  /// The same bytes, to be read differently.
  func encoded(_ encoding: Encoding) -> Piece { Piece(lower, upper, encoding) }

  /// Whether it says nothing: empty, or the `-` by which logs write “none”.
  @inline(__always)
  func isBlank(_ bytes: Span<UInt8>) -> Bool {
    count == 0 || count == 1 && bytes[lower] == UInt8(ascii: "-")
  }
}

/// Reads a piece: as it stands where nothing has to be decoded, else decoded into reused bytes.
@inline(__always)
func withText<Result>(
  _ piece: Piece, of bytes: Span<UInt8>, _ scratch: inout [UInt8],
  _ body: (_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Result
) -> Result {
  if piece.isPlain { return body(bytes, piece.lower, piece.upper) }
  scratch.removeAll(keepingCapacity: true)
  decode(piece, of: bytes, into: &scratch)
  return body(scratch.span, 0, scratch.count)
}

/// Appends a piece, decoded. A `%` that two hexadecimal digits do not follow stays as it is.
///
/// - Complexity: O(n).
func decode(_ piece: Piece, of bytes: Span<UInt8>, into output: inout [UInt8]) {
  var index = piece.lower
  let end = piece.upper
  switch piece.encoding {
  case .plain: output.append(bytes, from: index, to: end)
  case .caseless:
    while index < end {
      let byte = bytes[index]
      output.append(byte &- 65 < 26 ? byte | 0x20 : byte)
      index += 1
    }
  case .percent, .form:
    while index < end {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%"), index + 2 < end, let high = hexDigit(bytes[index + 1]),
        let low = hexDigit(bytes[index + 2])
      {
        output.append(high << 4 | low)
        index += 3
      } else {
        output.append(byte == UInt8(ascii: "+") && piece.encoding == .form ? UInt8(ascii: " ") : byte)
        index += 1
      }
    }
  }
}
