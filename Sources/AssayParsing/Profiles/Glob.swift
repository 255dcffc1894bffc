/// A pattern over bytes in which `*` stands for any run of them, the empty one included; every other byte is itself.
/// Without a `*` it is the whole text; `x*` is a beginning, `*x` an end, `*x*` a part.
public struct Glob: Equatable, Hashable, Sendable {
  /// The pattern as written.
  public var text: String

  /// A pattern from its text.
  public init(_ text: String) { self.text = text }
}

/// A `Glob` made ready: most are one comparison at a known place.
struct CompiledGlob: Sendable {
  private enum Shape { case exact, prefix, suffix, contains, general }
  private let shape: Shape
  private let literal: [UInt8]
  /// The parts between the stars of a general pattern, the first and last anchored.
  private let parts: [[UInt8]]
  /// Up to eight bytes of the literal at the anchored end, and how many: most texts fail already there.
  private let probe: UInt64
  private let probeCount: Int

  init(_ glob: Glob) {
    let all = glob.text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map { Array($0) }
    let solid = all.filter { !$0.isEmpty }
    let (opens, closes) = (all.first?.isEmpty == true, all.last?.isEmpty == true)
    literal = solid.count == 1 ? solid[0] : []
    switch (solid.count, all.count > 1) {
    case (_, false): shape = .exact
    case (0, true): shape = .contains
    case (1, true): shape = opens && closes ? .contains : opens ? .suffix : .prefix
    default: shape = .general
    }
    // The empty parts at the ends keep the first and last solid part from being anchored.
    parts = shape == .general ? all : []
    probeCount = min(literal.count, 8)
    probe = word((shape == .prefix ? Array(literal.prefix(8)) : Array(literal.suffix(8))).span, at: 0)
  }

  /// Whether a piece of some bytes has the shape of the pattern.
  ///
  /// - Complexity: O(length × parts).
  @inline(__always)
  func matches(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    let count = end &- start
    switch shape {
    case .exact, .suffix:
      guard count >= probeCount, lowBytes(word(bytes, at: end &- probeCount) ^ probe, probeCount) == 0 else {
        return false
      }
      return (shape == .suffix ? count >= literal.count : count == literal.count)
        && holds(literal, bytes, at: end &- literal.count)
    case .prefix:
      guard count >= probeCount, lowBytes(word(bytes, at: start) ^ probe, probeCount) == 0 else { return false }
      return count >= literal.count && holds(literal, bytes, at: start)
    case .contains: return find(literal, bytes, from: start, to: end) != nil
    case .general: return matchesParts(bytes, from: start, to: end)
    }
  }

  @inline(__always)
  private func holds(_ part: [UInt8], _ bytes: Span<UInt8>, at start: Int) -> Bool {
    sameBytes(bytes, at: start, part.span, at: 0, count: part.count)
  }

  private func find(_ part: [UInt8], _ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
    guard let first = part.first else { return start }
    var place = start
    while end - place >= part.count {
      place = firstIndex(of: first, in: bytes, from: place, to: end)
      guard place >= 0, end - place >= part.count else { return nil }
      if holds(part, bytes, at: place) { return place }
      place += 1
    }
    return nil
  }

  private func matchesParts(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    guard let first = parts.first, let last = parts.last, end - start >= first.count + last.count,
      holds(first, bytes, at: start), holds(last, bytes, at: end - last.count)
    else { return false }
    // The leftmost place of each part in turn leaves the most room for the others.
    var place = start + first.count
    for part in parts.dropFirst().dropLast() {
      guard let found = find(part, bytes, from: place, to: end - last.count) else { return false }
      place = found + part.count
    }
    return true
  }
}
