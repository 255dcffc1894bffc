internal import CCrypto

/// SHA-256 (FIPS 180-4) of bytes that come in pieces, with the processor's own instructions (libcrypto).
@safe
public struct SHA256Hash: ~Copyable {
  private let context: OpaquePointer

  /// The hash of nothing so far.
  public init() {
    // Safe because the context belongs to this value alone and is freed once, in deinit.
    guard let context = unsafe EVP_MD_CTX_new(), unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("libcrypto has SHA-256 wherever it is installed, and it needs a hundred bytes of memory")
    }
    unsafe self.context = unsafe context
  }

  deinit {
    // Safe because nobody else has the context.
    unsafe EVP_MD_CTX_free(context)
  }

  /// Adds bytes.
  public mutating func update(_ bytes: Span<UInt8>) {
    // Safe because libcrypto reads as many bytes as the span holds.
    unsafe bytes.withUnsafeBytes { buffer in
      _ = unsafe EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
    }
  }

  /// The hash of all bytes: 64 lower-case hexadecimal digits.
  public consuming func hexadecimal() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    // Safe because SHA-256 writes 32 bytes.
    _ = unsafe EVP_DigestFinal_ex(context, &digest, nil)
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// The SHA-256 of some bytes: 64 lower-case hexadecimal digits.
public func sha256(of bytes: Span<UInt8>) -> String {
  var hash = SHA256Hash()
  hash.update(bytes)
  return hash.hexadecimal()
}
