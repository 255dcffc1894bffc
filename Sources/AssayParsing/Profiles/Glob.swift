/// A pattern over bytes in which `*` stands for any run of them, the empty one included; every other byte is itself.
/// Without a `*` it is the whole text; `x*` is a beginning, `*x` an end, `*x*` a part.
public struct Glob: Equatable, Hashable, Sendable {
  /// The pattern as written.
  public var text: String

  /// A pattern from its text.
  public init(_ text: String) { self.text = text }
}

/// A `Glob` made ready: most are one comparison at a known place. Its bytes lie in the array that the caller keeps for
/// all patterns, so that a pattern is copied without counting references.
struct CompiledGlob: BitwiseCopyable, Sendable {
  private enum Shape { case exact, prefix, suffix, general }
  private let shape: Shape
  /// The whole pattern without the star of a prefix or suffix.
  private let start: Int
  private let count: Int
  /// Up to eight bytes of it at the end (of a prefix: at the beginning), and how many: most texts fail already there.
  private let probe: UInt64
  private let probeCount: Int

  private static let star = UInt8(ascii: "*")

  /// Makes a pattern ready, its bytes appended to `storage`.
  init(_ glob: Glob, _ storage: inout [UInt8]) {
    var bytes = Array(glob.text.utf8)
    switch bytes.firstIndex(of: CompiledGlob.star) {
    case nil: shape = .exact
    case 0 where bytes.lastIndex(of: CompiledGlob.star) == 0:
      shape = .suffix
      bytes.removeFirst()
    case bytes.count - 1:
      shape = .prefix
      bytes.removeLast()
    default: shape = .general
    }
    (start, count) = (storage.count, bytes.count)
    storage += bytes
    probeCount = min(bytes.count, 8)
    probe = word(Array(shape == .prefix ? bytes.prefix(8) : bytes.suffix(8)).span, at: 0)
  }

  /// The last eight bytes of everything that it matches, nil where those may differ or be fewer.
  var tail: UInt64? { (shape == .exact || shape == .suffix) && probeCount == 8 ? probe : nil }

  /// Whether a piece of some bytes has the shape of the pattern.
  ///
  /// - Complexity: O(length), O(length × pattern) with stars inside.
  @inline(__always)
  func matches(_ bytes: Span<UInt8>, from first: Int, to end: Int, _ storage: [UInt8]) -> Bool {
    let length = end &- first
    if shape == .general { return matchesGenerally(bytes, from: first, to: end, storage) }
    if shape == .exact ? length != count : length < count { return false }
    let probed = shape == .prefix ? first : end &- probeCount
    if lowBytes(word(bytes, at: probed) ^ probe, probeCount) != 0 { return false }
    let place = shape == .prefix ? first : end &- count
    return sameBytes(bytes, at: place, storage.span, at: start, count: count)
  }

  /// Greedy matching with one step back: at a mismatch the last star takes one byte more.
  @inline(never)
  private func matchesGenerally(_ bytes: Span<UInt8>, from first: Int, to end: Int, _ storage: [UInt8]) -> Bool {
    var (place, index) = (first, start)
    var afterStar: (index: Int, place: Int)?
    while place < end || index < start + count {
      if index < start + count, storage[index] == CompiledGlob.star {
        afterStar = (index + 1, place)
        index += 1
      } else if index < start + count, place < end, storage[index] == bytes[place] {
        (place, index) = (place + 1, index + 1)
      } else if let last = afterStar, last.place < end {
        afterStar = (last.index, last.place + 1)
        (place, index) = (last.place + 1, last.index)
      } else {
        return false
      }
    }
    return true
  }
}
