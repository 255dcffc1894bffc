internal import AssayModel

/// What depends on nothing but the path of a request.
struct PathFacts: BitwiseCopyable, Sendable {
  /// Low 32 bits of the `StableHash` of the path, not zero; 0 where there is no path.
  var page: UInt32 = 0
  /// Whether it holds no `%`, `+`, `[` or `{`.
  var isPlain = true
  /// Bit n: condition n of the profile asks for no path or for one like this.
  var conditions: UInt64 = 0

  /// Works them out.
  @inline(never)
  init(_ bytes: Span<UInt8>, _ path: Piece, _ table: ConditionTable) {
    conditions = table.pathConditions(bytes, path)
    guard path.count > 0 else { return }
    let hash = UInt32(truncatingIfNeeded: stableHash(bytes, from: path.lower, to: path.upper))
    page = hash == 0 ? 1 : hash
    isPlain = AssayParsing.isPlain(bytes, from: path.lower, to: path.upper)
  }
}

/// The facts of the paths seen last: an ad server has a handful of beacons, and their paths come again and again. One
/// place for each hash; whoever comes later takes it over, so that its size is fixed and paths that never come again cost
/// a comparison and a copy each.
struct PathCache: Sendable {
  private static let places = 64
  /// Of a longer path the first bytes lie in `texts`; one that is longer than that is not kept.
  private static let longest = 128

  /// A path by its first and its last eight bytes, which are all of it up to sixteen.
  private struct Entry: BitwiseCopyable {
    var head: UInt64 = 0
    var tail: UInt64 = 0
    /// 0 for a free place.
    var count = 0
    var facts: PathFacts
  }

  private var entries: [Entry]
  private var texts = [UInt8](repeating: 0, count: longest * places)

  /// No paths; `facts` are any.
  init(filler: PathFacts) { entries = Array(repeating: Entry(facts: filler), count: PathCache.places) }

  /// The facts of a path, by the conditions of its profile.
  @inline(__always)
  mutating func facts(of path: Piece, _ bytes: Span<UInt8>, _ table: ConditionTable) -> PathFacts {
    let count = path.count
    let head = lowBytes(word(bytes, at: path.lower), count)
    let tail = count > 8 ? word(bytes, at: path.upper &- 8) : head
    // Paths differ at their end.
    let mixed = (tail ^ UInt64(truncatingIfNeeded: count)) &* StableHash.first
    let place = Int(truncatingIfNeeded: mixed &>> 58)
    let entry = entries[place]
    if entry.count == count, entry.head == head, entry.tail == tail, count > 0,
      count <= 16
        || sameBytes(bytes, at: path.lower, texts.span, at: place &* PathCache.longest, count: count)
    {
      return entry.facts
    }
    return add(bytes, path, table, place, head, tail)
  }

  @inline(never)
  private mutating func add(
    _ bytes: Span<UInt8>, _ path: Piece, _ table: ConditionTable, _ place: Int, _ head: UInt64, _ tail: UInt64
  ) -> PathFacts {
    let facts = PathFacts(bytes, path, table)
    if path.count <= PathCache.longest {
      for index in 0..<path.count { texts[place * PathCache.longest + index] = bytes[path.lower + index] }
      entries[place] = Entry(head: head, tail: tail, count: path.count, facts: facts)
    }
    return facts
  }
}
