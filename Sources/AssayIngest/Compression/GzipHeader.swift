/// Reads the header of a gzip member (RFC 1952 §2.3), which may come in any number of pieces. Nothing of it is kept,
/// and its own checksum (FHCRC) is passed over: what matters is where the compressed data begins.
struct GzipHeader {
  /// What the next byte is.
  private enum Part {
    /// The ten bytes that every header has, by their index.
    case fixed(Int)
    case extraLengthLow, extraLengthHigh(Int)
    case extra(Int)
    case name, comment
    case checksum(Int)
    case complete
  }

  /// The bits of FLG.
  private enum Flag {
    static let checksum: UInt8 = 2
    static let extra: UInt8 = 4
    static let name: UInt8 = 8
    static let comment: UInt8 = 16
    static let reserved: UInt8 = 0xe0
  }

  private var part = Part.fixed(0)
  private var flags: UInt8 = 0

  /// Whether the compressed data begins with the next byte.
  var isComplete: Bool {
    if case .complete = part { return true }
    return false
  }

  /// Takes one byte. Returns why it cannot be part of a header, or nil.
  mutating func take(_ byte: UInt8) -> String? {
    switch part {
    case .fixed(let index):
      switch index {
      case 0 where byte != 0x1f, 1 where byte != 0x8b: return "the header is not valid"
      case 2 where byte != 8: return "the method is not deflate"
      case 3 where byte & Flag.reserved != 0: return "the header has flags that are not known"
      case 3: flags = byte
      default: break
      }
      part = .fixed(index + 1)
      if index == 9 { advance(to: .extraLengthLow) }
    case .extraLengthLow: part = .extraLengthHigh(Int(byte))
    case .extraLengthHigh(let low): advance(to: .extra(Int(byte) << 8 | low))
    case .extra(let left): advance(to: .extra(left - 1))
    case .name: if byte == 0 { advance(to: .comment) }
    case .comment: if byte == 0 { advance(to: .checksum(2)) }
    case .checksum(let left): advance(to: .checksum(left - 1))
    case .complete: break
    }
    return nil
  }

  /// Goes to a part, or past those that this header does not have.
  private mutating func advance(to next: Part) {
    part = next
    if case .extraLengthLow = part, flags & Flag.extra == 0 { part = .extra(0) }
    if case .extra(0) = part { part = .name }
    if case .name = part, flags & Flag.name == 0 { part = .comment }
    if case .comment = part, flags & Flag.comment == 0 { part = .checksum(2) }
    if case .checksum(let left) = part, left == 0 || flags & Flag.checksum == 0 { part = .complete }
  }
}
