/// How a file is compressed, told by its first bytes and never by its name.
public enum Compression: String, Sendable, CaseIterable {
  /// Not at all, or in a way that is not known here.
  case plain
  /// RFC 1952.
  case gzip
  /// RFC 8878.
  case zstd
  /// bzip2, also as `pbzip2` writes it.
  case bzip2
  /// The .xz file format 1.2.
  case xz
}

extension Compression {
  /// How many bytes from the start tell.
  static let bytesToTell = 10

  /// Tells by the first `bytesToTell` bytes of a file, or all if it is shorter.
  static func detect(_ start: Span<UInt8>) -> Compression {
    for compression in allCases where compression.begins(start, from: 0) == .yes { return compression }
    return .plain
  }

  /// Whether bytes begin a member (gzip), frame (zstd) or stream (bzip2, xz).
  enum Beginning {
    case yes, no
    /// So far yes, but the bytes end before it is certain.
    case cutShort
  }

  /// Whether a member begins at a place.
  func begins(_ bytes: Span<UInt8>, from start: Int) -> Beginning {
    var best = Beginning.no
    for magic in magics {
      let count = min(magic.count, bytes.count - start)
      guard (0..<count).allSatisfy({ magic[$0].contains(bytes[start + $0]) }) else { continue }
      if count == magic.count { return .yes }
      best = .cutShort
    }
    return best
  }

  /// What a member begins with: the values that each byte may have.
  private var magics: [[ClosedRange<UInt8>]] {
    func exactly(_ bytes: UInt8...) -> [ClosedRange<UInt8>] { bytes.map { $0...$0 } }
    return switch self {
    case .plain: []
    // ID1, ID2, CM = deflate, the only method that there is (RFC 1952 §2.3.1).
    case .gzip: [exactly(0x1f, 0x8b, 0x08)]
    // A frame (RFC 8878 §3.1.1) or a skippable one (§3.1.2).
    case .zstd: [exactly(0x28, 0xb5, 0x2f, 0xfd), [0x50...0x5f] + exactly(0x2a, 0x4d, 0x18)]
    // "BZh", the block size, and the magic of a block (π) or, in an empty stream, of the end (√π): "BZh" alone could
    // be a text.
    case .bzip2:
      [[0x31, 0x41, 0x59, 0x26, 0x53, 0x59], [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]].map { block in
        exactly(0x42, 0x5a, 0x68) + [0x31...0x39] + block.map { $0...$0 }
      }
    case .xz: [exactly(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00)]
    }
  }
}
