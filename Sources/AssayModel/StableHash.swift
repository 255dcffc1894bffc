/// The one hash whose values may reach an order, a bucket or an output: the same on every machine, in every run.
///
/// A 64-bit multiply-and-fold hash in the manner of wyhash (Wang Yi; public domain): 16 bytes a step, a 128-bit
/// product folded to 64. It is fast and spreads well; it is *not* a defence against chosen input, so an in-memory
/// table keyed by it must mix in a seed of its run (design.md §3.1). Two of ten million different keys meet with a
/// probability of about 3 in a million (birthday bound, n²/2⁶⁵).
public enum StableHash {
  /// The first odd constant of the fold.
  public static let first: UInt64 = 0xa076_1d64_78bd_642f
  /// The second odd constant of the fold.
  public static let second: UInt64 = 0xe703_7ed1_a0b4_28db

  /// The product of two words folded to one: high half exclusive-or low half.
  @inlinable public static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  /// The hash of a few words, in order. Never zero, so that zero can mean "none".
  @_disfavoredOverload  // or two and three words would be ambiguous outside this module
  @inlinable public static func of(_ words: UInt64...) -> UInt64 {
    var state = first
    for word in words { state = fold(state ^ word, second) }
    return nonZero(fold(state ^ second, first))
  }

  /// The hash of two words: the same as `of(_:)` with two, without its array.
  @inlinable public static func of(_ one: UInt64, _ two: UInt64) -> UInt64 {
    nonZero(fold(fold(fold(first ^ one, second) ^ two, second) ^ second, first))
  }

  /// The hash of three words.
  @inlinable public static func of(_ one: UInt64, _ two: UInt64, _ three: UInt64) -> UInt64 {
    nonZero(fold(fold(fold(fold(first ^ one, second) ^ two, second) ^ three, second) ^ second, first))
  }

  /// Zero stands for "no value" in an `Event`, so the hash of a value avoids it.
  @inlinable public static func nonZero(_ hash: UInt64) -> UInt64 { hash == 0 ? 1 : hash }

  /// The hash of some bytes; the readable definition that the fast kernel (`AssayParsing/Kernels/ByteHash.swift`)
  /// must equal: words of eight bytes, little-endian, two a step; what is left over padded with zeros; the count
  /// folded in last.
  ///
  /// - Complexity: O(n) time.
  public static func of(bytes: Span<UInt8>, seed: UInt64 = 0) -> UInt64 {
    var state = seed ^ first
    var index = 0
    while bytes.count - index >= 16 {
      state = fold(word(bytes, index, 8) ^ second, word(bytes, index + 8, 8) ^ state)
      index += 16
    }
    let left = bytes.count - index
    let low = word(bytes, index, min(left, 8))
    let high = left > 8 ? word(bytes, index + 8, left - 8) : 0
    state = fold(low ^ second, high ^ state)
    return nonZero(fold(state ^ second, UInt64(truncatingIfNeeded: bytes.count) ^ first))
  }

  /// The hash of a text's UTF-8 bytes.
  public static func of(text: String, seed: UInt64 = 0) -> UInt64 {
    let bytes = Array(text.utf8)
    return of(bytes: bytes.span, seed: seed)
  }

  private static func word(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<count { word |= UInt64(bytes[start + index]) << (8 * UInt64(index)) }
    return word
  }
}
