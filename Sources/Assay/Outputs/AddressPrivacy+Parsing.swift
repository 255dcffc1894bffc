internal import AssayIngest
public import AssayModel
public import AssayReports

extension AddressPrivacy {
  /// Reads `full`, `truncated` or `hashed:KEY`; the key is a text that two parties share, so that the same address has
  /// the same pseudonym for both and nobody else can try all addresses.
  ///
  /// - Throws: `usage` for anything else, or a key under 16 bytes, which can be guessed.
  public init(parsing text: String) throws(AssayError) {
    switch text {
    case "full": self = .full
    case "truncated": self = .truncated
    case _ where text.hasPrefix("hashed:"):
      let key = Array(text.utf8.dropFirst("hashed:".utf8.count))
      guard key.count >= 16 else {
        throw AssayError(.usage, "The key of --addresses hashed:KEY must have at least 16 bytes; it has \(key.count).")
      }
      self = .hashed { address in hmacSHA256(address, key: key) }
    default:
      throw AssayError(.usage, "--addresses is “\(text)”; it must be full, truncated or hashed:KEY.")
    }
  }
}

/// The first 64 bits of HMAC-SHA-256 (RFC 2104) over the 16 bytes of an address in network order.
private func hmacSHA256(_ address: Address, key: [UInt8]) -> UInt64 {
  var block = key.count > 64 ? digest(key) : key
  block += repeatElement(0, count: 64 - block.count)
  let message = [address.high, address.low].flatMap { word in
    (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
  }
  let inner = digest(block.map { $0 ^ 0x36 } + message)
  return digest(block.map { $0 ^ 0x5c } + inner).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
}

/// The 32 bytes of a SHA-256.
private func digest(_ bytes: [UInt8]) -> [UInt8] {
  let digits = Array(sha256(of: bytes.span).utf8).compactMap(hexDigit)
  return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
